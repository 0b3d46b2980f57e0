"""The bar above the panels."""

from __future__ import annotations

import pytest

from convgui.panels.message_bar import MessageBar


@pytest.fixture
def bar(qtbot):
    made = MessageBar()
    qtbot.addWidget(made)
    return made


def test_it_is_not_there_until_there_is_something_to_say(bar):
    assert bar.isHidden()
    assert bar.topic == ""


def test_an_error_has_its_details_folded_away(bar):
    bar.show_error("It broke.", "line 1\nline 2")
    assert not bar.isHidden()
    assert bar.text.text() == "It broke."
    assert bar.accessibleName() == "It broke."
    assert bar.details.isHidden()
    bar.unfold.click()
    assert not bar.details.isHidden()
    assert bar.details.toPlainText() == "line 1\nline 2"

    bar.show_error("It broke again.")
    assert bar.unfold.isHidden()
    assert bar.details.isHidden()
    assert bar.property("role") == "message-error"


def test_only_the_topic_that_is_settled_goes(bar):
    bar.show_error("The disk is full.", topic="export")
    bar.clear("run")
    assert not bar.isHidden()
    bar.clear("export")
    assert bar.isHidden()


def test_a_question_is_answered_by_its_topic(bar):
    answers = []
    bar.accepted.connect(lambda topic: answers.append(("yes", topic)))
    bar.dismissed.connect(lambda topic: answers.append(("no", topic)))
    bar.ask("Open it all the same?", "Open it", "open")
    assert bar.accept.text() == "Open it"
    bar.accept.click()
    assert bar.isHidden()
    bar.ask("Open it all the same?", "Open it", "open")
    bar.close_button.click()
    assert bar.isHidden()
    assert answers == [("yes", "open"), ("no", "open")]


def test_news_after_a_question_offers_no_answer(bar):
    bar.ask("Open it all the same?", "Open it", "open")
    bar.show_info("Written.")
    assert bar.accept.isHidden()
    assert bar.property("role") == "message-info"


def test_text_is_never_taken_for_markup(bar):
    bar.show_error("<b>photo</b>.png is no image.")
    assert bar.text.text() == "<b>photo</b>.png is no image."
    assert bar.text.textFormat().name == "PlainText"
