"""The figure: right, readable, nothing over anything else, the same bytes for the same data."""

import re
import struct
import xml.etree.ElementTree as ElementTree
import zlib
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from convgui.export import figure_layout
from convgui.export.figure import FORMATS, FigureOptions, planned, render
from convgui.export.page import elided, lines_of, measure
from convgui.model import published
from convgui.model.compute import LABELS, run
from convgui.model.image import Image
from convgui.model.maps import Levels
from convgui.model.resolve import TECHNIQUES, resolve
from convgui.model.session import Session


def picture(height=60, width=80, name="scene.png", channels=3):
    y, x = np.mgrid[:height, :width]
    values = (128 + 90 * np.sin(x / 9) * np.cos(y / 7))[..., None] * np.linspace(1, 0.5, channels)
    return Image(values.astype(np.uint8).squeeze(), name, None)


CASES = {
    "default": (Session(), picture()),
    "as published": (published.experiment(Session(), "lsh"), picture()),
    "bank": (Session(filter_name="gabor", kernel_size=9, filter_count=8), picture()),
    "tall": (Session(), picture(200, 20, "a name of a file that is longer than a line " * 5)),
    "wide": (Session(), picture(20, 400)),
    "hand": (Session(filter_name="laplacian", padding=1), picture(5, 5, "$x_1$ ü", 1)),
    "float": (
        Session(filter_name="random", kernel_size=5, gray=True),
        Image(picture().pixels.astype(np.float32) / 1e4, "deep.tif", None),
    ),
}


@pytest.fixture(params=CASES.values(), ids=CASES, scope="module")
def comparison(request):
    session, image = request.param
    return run(resolve(session, image))


@pytest.fixture(scope="module")
def plain():
    return run(resolve(Session(), picture()))


def texts_of(svg):
    root = ElementTree.fromstring(svg)
    return ["".join(each.itertext()).strip() for each in root.iter("{http://www.w3.org/2000/svg}text")]


def composed(comparison, options):
    """Gives the figure, its renderer and its texts with the boxes that they fill, in pixels."""
    with style.context(["default", figure_layout.STYLE]):
        figure = Figure(dpi=144)
        canvas = FigureCanvasAgg(figure)
        figure_layout.compose(figure, planned(comparison, "png", options))
        canvas.draw()
        artists = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
        boxes = [
            (each.get_text(), each.get_window_extent(canvas.get_renderer())) for each in artists
        ]
    return figure, [(text, box) for text, box in boxes if text]


@pytest.mark.parametrize("width", [85.0, 178.0])
def test_no_text_is_clipped_or_lies_over_another(comparison, width):
    figure, boxes = composed(comparison, FigureOptions(width_mm=width))
    page_width, page_height = figure.get_size_inches() * 144
    for text, box in boxes:
        assert box.x0 > -1, text
        assert box.y0 > -1, text
        assert box.x1 < page_width + 1, text
        assert box.y1 < page_height + 1, text
    for (text, box), (other, beside) in combinations(boxes, 2):
        across = min(box.x1, beside.x1) - max(box.x0, beside.x0)
        along = min(box.y1, beside.y1) - max(box.y0, beside.y0)
        assert across < 1 or along < 3, f"{text!r} lies over {other!r}"


def test_pictures_do_not_overlap(comparison):
    figure, _ = composed(comparison, FigureOptions())
    boxes = [axes.get_window_extent() for axes in figure.axes]
    for box, beside in combinations(boxes, 2):
        assert not (
            min(box.x1, beside.x1) - max(box.x0, beside.x0) > 1
            and min(box.y1, beside.y1) - max(box.y0, beside.y0) > 1
        )


def test_svg_text_is_text_and_says_what_matters(plain):
    texts = texts_of(render(plain, "svg"))
    joined = " ".join(texts)
    for letter in "abcdefgh":
        assert letter in texts
    for words in ("Input", "Exact", "Differential", "LSH", "Error, LSH", "Filter", "Operations",
                  "PSNR", "SSIM", "accuracy", "report", "model", "executed", "stored values",
                  "output, grey levels", "error, grey levels", "scene.png",
                  "stride 1, padding 0, dilation 1",
                  "LSH 2 hashes, report by sign, scope channel"):  # fmt: skip
        assert words in joined
    from convgui.model.numbers import si

    for outcome in plain.outcomes:
        assert si(outcome.prediction.report.multiplications) in texts
        assert si(outcome.result.executed.additions) in texts


def test_as_published_says_so_and_marks_what_is_infinite():
    session, image = CASES["as published"]
    texts = texts_of(render(run(resolve(session, image)), "svg"))
    assert "LSH, published" in texts
    assert any(text.endswith("infinite") for text in texts)
    assert "accuracy (report)" in texts


def test_pdf_text_can_be_read_and_is_embedded(plain):
    pdf = render(plain, "pdf")
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    # TrueType outlines and a table back to characters: text that can be searched and edited.
    assert b"/FontFile2" in pdf
    assert b"/ToUnicode" in pdf
    assert b"/Type3" not in pdf
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    inflated = b"".join(zlib.decompress(each) for each in streams if each[:1] == b"x")
    assert inflated.count(b"BT\n") > 60
    box = [float(each) for each in re.search(rb"/MediaBox \[ ?([^\]]+)\]", pdf)[1].split()]
    assert box[2] == pytest.approx(178 / 25.4 * 72, abs=0.1)


@pytest.mark.parametrize(("width", "dpi"), [(178.0, 300), (85.0, 150)])
def test_png_has_the_size_that_was_asked_for(plain, width, dpi):
    png = render(plain, "png", FigureOptions(width_mm=width, dpi=dpi))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    pixels, _ = struct.unpack(">II", png[16:24])
    assert pixels == pytest.approx(width / 25.4 * dpi, abs=1)
    at = png.index(b"pHYs")
    per_metre = struct.unpack(">I", png[at + 4 : at + 8])[0]
    assert per_metre == pytest.approx(dpi / 0.0254, rel=1e-3)


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_comparison_gives_the_same_bytes(plain, format):
    options = FigureOptions(dpi=100)
    assert render(plain, format, options) == render(plain, format, options)


def test_settings_of_the_user_do_not_reach_the_figure(plain):
    options = FigureOptions(dpi=100)
    before = render(plain, "svg", options)
    with style.context({"font.size": 30, "figure.facecolor": "black", "font.family": "serif"}):
        assert render(plain, "svg", options) == before


@pytest.mark.parametrize("name", TECHNIQUES)
def test_every_technique_can_be_shown_alone(name):
    comparison = run(resolve(Session(), picture(), (name,)))
    texts = texts_of(render(comparison, "svg", FigureOptions(dpi=72)))
    assert "Input" in texts
    others = set(LABELS.values()) - {comparison[name].label}
    assert not others & set(texts)
    _, boxes = composed(comparison, FigureOptions())
    assert boxes


def test_the_filter_and_the_error_can_be_chosen():
    session = Session(filter_name="random", filter_count=3)
    comparison = run(resolve(session, picture()))
    first, last = (
        render(comparison, "svg", FigureOptions(filter_index=index, dpi=72)) for index in (0, 2)
    )
    assert "random 3 × 3, 1 of 3" in texts_of(first)
    assert "random 3 × 3, 3 of 3" in texts_of(last)
    signed, absolute = (
        render(comparison, "svg", FigureOptions(error_mode=mode, dpi=72))
        for mode in ("signed", "absolute")
    )
    assert signed != absolute
    relative = FigureOptions(error_mode="relative", error_map="sea", error_levels=Levels(0, 40),
                             dpi=72)  # fmt: skip
    assert "|error|, % of exact" in texts_of(render(comparison, "svg", relative))
    with pytest.raises(ValueError, match="filter_index must be 0 to 2, got 3"):
        render(comparison, "svg", FigureOptions(filter_index=3))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"width_mm": 10}, "width_mm must be 60 to 500, got 10"),
        ({"dpi": 5000}, "dpi must be 50 to 1200, got 5000"),
        ({"font_size": float("nan")}, "font_size must be 4 to 24, got nan"),
        ({"error_mode": "odd"}, "must be one of signed, absolute, .* flip, got 'odd'"),
        ({"error_map": "sea"}, "error_map must be one of blue-yellow, .* got 'sea'"),
    ],
)
def test_options_out_of_range_are_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        replace(FigureOptions(), **changes)


def test_an_unknown_format_is_refused(plain):
    with pytest.raises(ValueError, match="format must be one of pdf, svg, png, got 'bmp'"):
        render(plain, "bmp")


def test_long_words_are_shortened_and_long_lines_broken():
    name = "photograph-of-a-very-long-name-0042.png"
    short = elided(name, 8, 80)
    assert measure(short, 8) <= 80
    assert short.startswith("phot")
    assert short.endswith("png")
    assert elided("short", 8, 80) == "short"
    lines = lines_of(("one two three", "four", name), 8, 60)
    assert all(measure(line, 8) <= 60 for line in lines)
    assert lines_of(("one", "two"), 8, 200) == ["one · two"]
