"""The deck as a PowerPoint file: real titles, a chart with its text, the stamp on every slide."""

from io import BytesIO
from typing import Any

from django.utils.translation import get_language
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm, Pt

from konzeptplan.edition import Edition
from konzeptplan.exports.deck import Bar, Deck, Slide, deck
from konzeptplan.exports.stamp import Stamp

WIDTH, HEIGHT, EDGE = Cm(33.87), Cm(19.05), Cm(1.5)
STEEL, EARTH, SOFT = RGBColor(0x2C, 0x3B, 0x47), RGBColor(0x93, 0x37, 0x1B), RGBColor(0x47, 0x53, 0x5D)
TITLE_ONLY = 5  # layout of the standard template
PER_ROW = 4


def pptx(edition: Edition, stamp: Stamp) -> bytes:
    shown: Deck = deck(edition)
    file = Presentation()
    file.slide_width, file.slide_height = WIDTH, HEIGHT
    file.core_properties.title = shown.title
    file.core_properties.comments = stamp.text
    file.core_properties.language = get_language() or "de"
    _front(file, shown.title, stamp)
    for slide in shown.slides:
        _slide(file, slide, stamp)
    body = BytesIO()
    file.save(body)
    return body.getvalue()


def _front(file: Any, title: str, stamp: Stamp) -> None:
    page = file.slides.add_slide(file.slide_layouts[TITLE_ONLY])
    _title(page, title, Cm(6), 54)
    _text(page, list(stamp.lines), Cm(9.5), Cm(6), 24, SOFT)


def _slide(file: Any, slide: Slide, stamp: Stamp) -> None:
    page = file.slides.add_slide(file.slide_layouts[TITLE_ONLY])
    _title(page, slide.title, Cm(0.8), 36)
    has_both = bool(slide.bars and slide.lines)
    top = _numbers(page, slide)
    if slide.bars:
        _chart(page, slide, top, Cm(14) if has_both else WIDTH - 2 * EDGE)
    if slide.lines:
        left = EDGE + Cm(15) if has_both else EDGE
        lines = [*slide.lines, *([slide.more] if slide.more else [])]
        _text(page, lines, top, HEIGHT - top - Cm(1.8), 14 if has_both else 18, STEEL, left=left)
    _text(page, [stamp.text], HEIGHT - Cm(1.4), Cm(1), 11, SOFT)


def _title(page: Any, text: str, top: int, size: int) -> None:
    shape = page.shapes.title
    shape.left, shape.top, shape.width, shape.height = EDGE, top, WIDTH - 2 * EDGE, Cm(2)
    shape.text_frame.text = text
    run = shape.text_frame.paragraphs[0].runs[0].font
    run.size, run.bold, run.color.rgb = Pt(size), True, EARTH


def _numbers(page: Any, slide: Slide) -> int:
    """The large numbers in rows of four; where the next part begins."""
    width = int((WIDTH - 2 * EDGE) / PER_ROW)
    for index, number in enumerate(slide.numbers):
        row, column = divmod(index, PER_ROW)
        box = page.shapes.add_textbox(EDGE + column * width, Cm(3.1) + row * Cm(2.5), width, Cm(2.4))
        frame = box.text_frame
        frame.word_wrap = True
        frame.text = number.value
        frame.paragraphs[0].runs[0].font.size, frame.paragraphs[0].runs[0].font.bold = Pt(30), True
        label = frame.add_paragraph()
        label.text = number.label
        label.runs[0].font.size, label.runs[0].font.color.rgb = Pt(14), SOFT
    rows = -(-len(slide.numbers) // PER_ROW)
    return int(Cm(3.3) + rows * Cm(2.5))


def _chart(page: Any, slide: Slide, top: int, width: int) -> None:
    data = CategoryChartData()
    data.categories = [bar.label for bar in reversed(slide.bars)]
    data.add_series(slide.bars_title, [bar.value for bar in reversed(slide.bars)])
    height = HEIGHT - top - Cm(1.8)
    frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, EDGE, top, width, height, data)
    chart = frame.chart
    chart.has_legend, chart.has_title = False, True
    chart.chart_title.text_frame.text = slide.bars_title
    chart.font.size = Pt(13)
    plot = chart.plots[0]
    plot.has_data_labels, plot.gap_width = True, 50
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = STEEL
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    # python-pptx has no property for the alternative text.
    frame._element.nvGraphicFramePr.cNvPr.set("descr", _alternative(slide.bars_title, slide.bars))


def _alternative(title: str, bars: tuple[Bar, ...]) -> str:
    return f"{title}: " + ", ".join(f"{bar.label} {bar.value}" for bar in bars)


def _text(page: Any, lines: list[str], top: int, height: int, size: int, colour: RGBColor, left: int = EDGE) -> None:
    box = page.shapes.add_textbox(left, top, WIDTH - left - EDGE, height)
    box.text_frame.word_wrap = True
    for index, line in enumerate(lines):
        paragraph = box.text_frame.paragraphs[0] if index == 0 else box.text_frame.add_paragraph()
        paragraph.text = "".join(sign if sign.isprintable() else " " for sign in line)
        paragraph.space_after = Pt(4)
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(size), colour
