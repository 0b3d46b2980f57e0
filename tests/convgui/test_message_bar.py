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


def answers_of(bar):
    return [button.text() for button in bar.answers]


def test_what_is_offered_has_several_answers_and_waits_behind_other_news(bar):
    told = []
    bar.chosen.connect(lambda *each: told.append(each))
    bar.offer("Bring it back?", [("yes", "Restore"), ("no", "Discard")], "recover")
    assert answers_of(bar) == ["Restore", "Discard"]
    bar.show_error("The disk is full.", topic="export")
    assert answers_of(bar) == []
    bar.clear("export")
    assert bar.text.text() == "Bring it back?"
    bar.answers[0].click()
    assert bar.isHidden()
    assert told == [("recover", "yes")]

    bar.offer("Bring it back?", [("yes", "Restore")], "recover")
    bar.close_button.click()
    assert told[1:] == [("recover", "")]
    bar.show_info("News.")
    bar.clear()
    assert bar.isHidden()


def test_an_offer_that_is_settled_does_not_come_back(bar):
    bar.offer("Bring it back?", [("yes", "Restore")], "recover")
    bar.show_info("News.", topic="other")
    bar.clear("recover")
    assert bar.text.text() == "News."
    bar.clear("other")
    assert bar.isHidden()
