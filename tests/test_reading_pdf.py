"""PDF files: sentences and tables come back as a reader sees them, whatever order they were drawn in."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.reading.document import Document, DocumentError, Table
from ingest.reading.pdf import read_pdf
from ingest.reading.pdf.characters import printed
from ingest.reading.pdf.recognition import LANGUAGE
from tests.pdf_making import LATIN, SONG, Sheets

LEFT, RIGHT = 72.0, 522.0


def read(sheets: Sheets) -> Document:
    return read_pdf("made.pdf", sheets.content())


def paragraphs(document: Document) -> list[str]:
    """The lines of a document that stand in no table."""
    return [line for line in document.text.splitlines() if line and not line.startswith("\t")]


def words_of(document: Document, table: Table) -> list[list[str]]:
    return [[document.text[cell.start : cell.end] for cell in row] for row in table.rows]


# Characters ------------------------------------------------------------------------------------


def test_figures_in_another_font_stand_in_their_sentence() -> None:
    sheets = Sheets()
    sentence = "示例市财政局2024年度收入总计1234.56万元，比上年增长7.89%。"
    sheets.write_mixed(LEFT, 100, sentence)
    assert paragraphs(read(sheets)) == [sentence]


def test_lines_are_read_from_top_to_bottom_whatever_order_they_were_drawn_in() -> None:
    sheets = Sheets()
    for baseline, words in ((160, "三、支出情况"), (100, "一、总体情况"), (130, "二、收入情况")):
        sheets.write(LEFT, baseline, words)
    assert paragraphs(read(sheets)) == ["一、总体情况", "二、收入情况", "三、支出情况"]


def test_a_figure_a_little_off_the_baseline_stays_in_its_line() -> None:
    sheets = Sheets()
    end = sheets.write(LEFT, 100, "支出决算为")
    end = sheets.write(end, 102, "158.20", font=LATIN)
    sheets.write(end, 100, "万元。")
    assert paragraphs(read(sheets)) == ["支出决算为158.20万元。"]


def test_a_raised_character_stays_in_its_line() -> None:
    sheets = Sheets()
    end = sheets.write(LEFT, 100, "办公用房共1200m")
    end = sheets.write(end, 94, "2", size=7)
    sheets.write(end, 100, "，均已使用。")
    assert paragraphs(read(sheets)) == ["办公用房共1200m2，均已使用。"]


def test_characters_drawn_twice_for_bold_are_read_once() -> None:
    sheets = Sheets()
    for shift in (0.0, 0.4):
        sheets.write(LEFT + shift, 100, "第一部分 示例局概况11个")
    assert paragraphs(read(sheets)) == ["第一部分 示例局概况11个"]


def test_letters_set_apart_are_words_without_spaces() -> None:
    sheets = Sheets()
    for place, character in enumerate("因公出国（境）费用"):
        sheets.write(LEFT + 20 * place, 100, character)
    sheets.write(LEFT, 130, "公 务 接 待 费 用")
    assert paragraphs(read(sheets)) == ["因公出国（境）费用", "公务接待费用"]


def test_drawn_spaces_between_words_are_kept_and_none_is_put_into_numbers() -> None:
    sheets = Sheets()
    sheets.write(LEFT, 100, "第二部分 部门决算表")
    sheets.write(LEFT, 130, "采购 Microsoft Office 软件12,345.60元")
    assert paragraphs(read(sheets)) == [
        "第二部分 部门决算表",
        "采购 Microsoft Office 软件12,345.60元",
    ]


def test_radicals_are_read_as_the_characters_that_they_look_like() -> None:
    assert "".join(map(printed, "\u2f64\u8f66\u2ecb\u2ed3\uf900")) == "用车车长豈"


@pytest.mark.parametrize("mode", [3, 7])
def test_invisible_characters_are_not_read(mode: Literal[3, 7]) -> None:
    sheets = Sheets()
    sheets.write(LEFT, 100, "收入总计100.00万元。")
    hidden = sheets.canvas.beginText(LEFT, 600)
    hidden.setFont(SONG, 12)
    hidden.setTextRenderMode(mode)
    hidden.textOut("支出总计999.99万元。")
    sheets.canvas.drawText(hidden)
    assert paragraphs(read(sheets)) == ["收入总计100.00万元。"]


def test_characters_outside_the_visible_box_are_not_read() -> None:
    sheets = Sheets()
    sheets.canvas.setCropBox((0, 300, 595, 842))
    sheets.write(LEFT, 100, "收入总计100.00万元。")
    sheets.write(LEFT, 700, "内部附注，不予公开。")
    sheets.write(590, 200, "出界")
    document = read(sheets)
    assert paragraphs(document) == ["收入总计100.00万元。"]


# Turned pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_is_read_and_placed_as_it_is_seen(rotation: int) -> None:
    sheets = Sheets()
    sheets.canvas.setPageRotation(rotation)
    # The library turns the paper with the page.
    width, height = sheets.size if rotation == 180 else sheets.size[::-1]
    x, y = {90: (100, 72), 180: (width - 72, 100), 270: (width - 100, height - 72)}[rotation]
    sheets.canvas.translate(x, y)
    sheets.canvas.rotate(rotation)
    sheets.canvas.setFont(SONG, 12)
    sheets.canvas.drawString(0, 0, "收入总计100.00万元。")
    sheets.canvas.drawString(0, -40, "支出总计90.00万元。")
    document = read(sheets)
    assert paragraphs(document) == ["收入总计100.00万元。", "支出总计90.00万元。"]
    box = document.boxes(0, 4)[0]
    seen = pypdfium2.PdfDocument(sheets.file.getvalue())[0].get_size()
    assert box.top < box.bottom <= seen[1]
    assert box.left == pytest.approx(72, abs=2)
    assert box.right == pytest.approx(72 + 48, abs=2)


def test_text_drawn_sideways_is_read_and_placed_as_it_is_seen() -> None:
    sheets = Sheets()
    sheets.canvas.translate(100, 72)
    sheets.canvas.rotate(90)
    sheets.canvas.setFont(SONG, 12)
    sheets.canvas.drawString(0, 0, "收入总计100.00万元。")
    sheets.canvas.drawString(0, -40, "支出总计90.00万元。")
    document = read(sheets)
    assert paragraphs(document) == ["收入总计100.00万元。", "支出总计90.00万元。"]
    box = document.boxes(0, 4)[0]
    assert box.bottom == pytest.approx(842 - 72, abs=2)
    assert box.top == pytest.approx(722, abs=2)
    assert box.right - box.left == pytest.approx(12, abs=1)


# Paragraphs ---------------------------------------------------------------------------------------


def test_a_sentence_goes_on_over_line_and_page_breaks() -> None:
    sheets = Sheets()
    long = (
        "本年度一般公共预算财政拨款支出比上年有所增加，主要原因是人员经费和项目执行数为" + "实" * 60
    )
    lines = sheets.broken(long + "。", LEFT, RIGHT, 12, 2)
    assert len(lines) > 2
    sheets.paragraph("本单位按照规定使用各项资金，" * 8 + "无其他情况。", LEFT, RIGHT, 100)
    for line, start in lines[:1]:
        sheets.write(start, 700, line)
    sheets.next_page()
    for number, (line, start) in enumerate(lines[1:]):
        sheets.write(start, 100 + 18 * number, line)
    assert paragraphs(read(sheets))[-1] == long + "。"


def test_a_number_that_moved_to_the_next_line_stays_in_its_sentence() -> None:
    sheets = Sheets()
    full = "本年度支出用于基本建设和办公设备的购置以及其他各项工作支出，"
    sheets.write(LEFT + 24, 100, full)
    sheets.write(LEFT, 118, full + "决算为")
    sheets.write(LEFT, 136, "123456.78万元，" + full[:26])
    sheets.write(LEFT, 154, "比上年增加。")
    assert paragraphs(read(sheets)) == [
        full + full + "决算为123456.78万元，" + full[:26] + "比上年增加。"
    ]


def test_headings_and_numbered_items_are_paragraphs_of_their_own() -> None:
    sheets = Sheets()
    top = sheets.paragraph("本单位承担下列各项工作，" * 8 + "包括：", LEFT, RIGHT, 100)
    items = [
        "（一）" + "负责辖区内各项" * 4 + "工作。",
        "（二）承担其他任务。",
        "1．做好统计。",
        "2．做好公开。",
        "第二部分 决算表",
    ]
    for item in items:
        sheets.write(LEFT, top, item)
        top += 18
    assert paragraphs(read(sheets))[1:] == items


def test_a_heading_that_reaches_the_right_edge_ends_there() -> None:
    sheets = Sheets()
    top = sheets.paragraph("本单位承担下列各项工作，" * 12 + "情况如下。", LEFT, RIGHT, 100)
    heading = "二、示例市示例局二〇二四年度政府性基金预算财政拨款收入和支出决算情况"
    heading = (heading * 2)[:36] + "说"
    sheets.write(LEFT, top, heading)
    text = "本单位没有政府性基金预算财政拨款收入和支出。"
    sheets.paragraph(text, LEFT, RIGHT, top + 18)
    assert paragraphs(read(sheets))[1:] == [heading, text]


def test_paragraphs_without_indents_are_told_by_the_gaps_between_them() -> None:
    sheets = Sheets()
    sentence = "本单位各项支出均按照预算执行并接受监督检查且无违规情况。"
    full = "年度工作任务完成情况较好，" * 2 + "各项指标均已达到。"
    texts = [f"第{number}项，" + full + sentence + sentence[:12] + "。" for number in range(1, 9)]
    top = 100.0
    for text in texts:
        top = sheets.paragraph(text, LEFT, RIGHT, top, indent=0) + 10
    assert paragraphs(read(sheets)) == texts


def test_a_title_over_two_centered_lines_is_one() -> None:
    sheets = Sheets()
    title = "第三部分 示例市示例区财政局2024年度部门决算情况说明"
    for baseline, words in ((100, title[:-2]), (124, title[-2:])):
        sheets.canvas.setFont(SONG, 19)
        sheets.canvas.drawCentredString((LEFT + RIGHT) / 2, 842 - baseline, words)
    sheets.paragraph("本单位按照规定使用各项资金，" * 12 + "无其他情况。", LEFT, RIGHT, 180)
    assert paragraphs(read(sheets))[0] == title


def test_entries_of_a_table_of_contents_are_paragraphs_of_their_own() -> None:
    sheets = Sheets()
    entries = [
        f"{number}、示例情况说明" + "…" * 24 + str(page)
        for number, page in zip("一二三四五", (1, 3, 8, 12, 20), strict=True)
    ]
    for place, entry in enumerate(entries):
        sheets.write(LEFT, 100 + 18 * place, entry)
    assert paragraphs(read(sheets)) == entries


def furnished(watermark: bool = False) -> Sheets:
    sheets = Sheets()
    for page in range(1, 6):
        sheets.write(220, 40, "示例市示例局部门决算公开")
        sheets.write(290, 810, f"— {page} —", size=9)
        if watermark:
            sheets.write(120, 420, "仅供预览", size=60)
            sheets.canvas.saveState()
            sheets.canvas.rotate(30)
            sheets.write(300, 642, "内部资料", size=40)
            sheets.canvas.restoreState()
        sheets.paragraph(
            f"第{page}页的工作，" + "各项资金按照规定使用，" * 9 + f"共{page}项。", LEFT, RIGHT, 110
        )
        sheets.next_page()
    return sheets


def test_running_heads_and_page_numbers_are_left_out() -> None:
    found = paragraphs(read(furnished()))
    assert len(found) == 5
    assert all(text.startswith("第") and text.endswith("项。") for text in found)


def test_watermarks_are_left_out() -> None:
    assert read(furnished(watermark=True)).text == read(furnished()).text


def test_a_caption_on_every_page_of_tables_is_kept() -> None:
    sheets = Sheets()
    for page in range(1, 5):
        sheets.write(220, 90, f"第{page}号决算表")
        sheets.write(460, 112, "单位：万元")
        sheets.grid((72, 300, 522), (120, 140, 160))
        sheets.write(80, 134, "收入")
        sheets.next_page()
    assert paragraphs(read(sheets)).count("单位：万元") == 4


# Tables -------------------------------------------------------------------------------------------


def test_a_table_has_spans_joined_lines_and_blanks() -> None:
    sheets = Sheets()
    sheets.write(220, 80, "支出决算表")
    sheets.write(460, 95, "单位：万元")
    across, down = (72, 172, 272, 372, 472), (100, 130, 160, 200, 230)
    for y in down:
        sheets.rule(172 if y == 130 else 72, y, 472, y)
    for x in across:
        sheets.rule(x, 130 if x in (272, 372) else 100, x, 230)
    sheets.write(80, 134, "科目名称")
    sheets.write(280, 120, "本年支出")
    for x, words in ((180, "合计"), (280, "基本支出"), (380, "项目支出")):
        sheets.write(x, 150, words)
    sheets.write(80, 178, "机关事业单位")
    sheets.write(80, 193, "养老支出")
    sheets.write(180, 186, "1,234.50")
    sheets.write(80, 220, "合计")
    sheets.write(180, 220, "1,234.50")
    sheets.write(72, 250, "注：本表反映支出情况。")
    document = read(sheets)
    (table,) = document.tables
    assert words_of(document, table) == [
        ["科目名称", "本年支出"],
        ["合计", "基本支出", "项目支出"],
        ["机关事业单位养老支出", "1,234.50", "", ""],
        ["合计", "1,234.50", "", ""],
    ]
    first, second = table.rows[0]
    assert (first.column, first.columns, first.rows) == (0, 1, 2)
    assert (second.column, second.columns, second.rows) == (1, 3, 1)
    assert [cell.column for cell in table.rows[1]] == [1, 2, 3]
    assert paragraphs(document) == ["支出决算表", "单位：万元", "注：本表反映支出情况。"]
    assert document.text.index("单位：万元") < table.start < document.text.index("注：")


def test_rows_are_complete_where_every_cell_is_a_rectangle_of_its_own() -> None:
    sheets = Sheets()
    for row in range(3):
        for column in range(3):
            sheets.canvas.rect(72 + 100 * column, 700 - 20 * row, 99.5, 19.5)
    sheets.write(80, 136, "收入")
    sheets.write(290, 176, "5.00")
    document = read(sheets)
    assert words_of(document, document.tables[0]) == [["收入", "", ""], ["", "", "5.00"]]


def test_a_table_without_outer_borders_is_whole() -> None:
    sheets = Sheets()
    for y in (100, 120, 140, 160):
        sheets.rule(72, y, 472, y)
    sheets.rule(272, 100, 272, 160)
    for row, words in enumerate(("收入", "支出", "结余")):
        sheets.write(80, 116 + 20 * row, words)
        sheets.write(300, 116 + 20 * row, f"{row}.00")
    document = read(sheets)
    assert words_of(document, document.tables[0]) == [
        ["收入", "0.00"], ["支出", "1.00"], ["结余", "2.00"]
    ]  # fmt: skip


def test_words_that_run_over_a_border_stay_in_their_cell() -> None:
    sheets = Sheets()
    sheets.grid((72, 155, 230, 310), (100, 120, 140))
    sheets.write(77, 116, "机关事业单位基本养老保险")
    sheets.canvas.setFont(SONG, 12)
    sheets.canvas.drawRightString(306, 842 - 116, "5.00")
    sheets.write(77, 136, "合计")
    sheets.canvas.drawRightString(306, 842 - 136, "123,456,789,012.00")
    document = read(sheets)
    assert words_of(document, document.tables[0]) == [
        ["机关事业单位基本养老保险", "", "5.00"],
        ["合计", "", "123,456,789,012.00"],
    ]


def test_a_paragraph_in_a_frame_is_text() -> None:
    sheets = Sheets()
    sheets.canvas.rect(60, 600, 480, 200)
    text = "本单位按照规定使用各项资金，" * 8 + "无其他情况。"
    sheets.paragraph(text, LEFT, RIGHT, 100)
    document = read(sheets)
    assert document.tables == ()
    assert paragraphs(document) == [text]


def test_columns_of_figures_without_rules_are_a_table() -> None:
    sheets = Sheets()
    sheets.paragraph("本年度各项支出的情况见下，" * 6 + "单位为万元。", LEFT, RIGHT, 80)
    rows = [("科目名称", "预算数", "决算数"), ("工资福利支出", "120.00", "118.35"),
            ("商品和服务支出", "60.50", "58.00"), ("资本性支出", "", "3.20"), ("合计", "180.50", "179.55")]  # fmt: skip
    for place, (name, *figures) in enumerate(rows):
        sheets.write(LEFT, 200 + 20 * place, name)
        for right, figure in zip((320.0, 440.0), figures, strict=True):
            sheets.canvas.setFont(SONG, 12)
            sheets.canvas.drawRightString(right, 842 - 200 - 20 * place, figure)
    sheets.write(LEFT, 320, "以上数字均已核对。")
    document = read(sheets)
    assert words_of(document, document.tables[0]) == [list(row) for row in rows]
    assert len(paragraphs(document)) == 2


def test_rows_are_told_apart_where_only_columns_are_ruled() -> None:
    sheets = Sheets()
    sheets.grid((72, 272, 372, 472), (100, 120, 200))
    for x, words in ((80, "科目"), (280, "预算数"), (380, "决算数")):
        sheets.write(x, 116, words)
    for row, (name, first, second) in enumerate(
        (("行政运行", "10.00", "9.00"), ("机关服务", "20.00", "19.00"), ("合计", "30.00", "28.00"))
    ):
        for x, words in ((80, name), (280, first), (380, second)):
            sheets.write(x, 140 + 22 * row, words)
    document = read(sheets)
    assert words_of(document, document.tables[0])[1:] == [
        ["行政运行", "10.00", "9.00"], ["机关服务", "20.00", "19.00"], ["合计", "30.00", "28.00"]
    ]  # fmt: skip


def test_rules_that_a_form_draws_are_seen_where_it_is_placed() -> None:
    sheets = Sheets()
    sheets.canvas.beginForm("rules")
    for place in (0, 100, 200):
        sheets.canvas.line(place, 0, place, -40)
    for place in (0, -20, -40):
        sheets.canvas.line(0, place, 200, place)
    sheets.canvas.endForm()
    sheets.canvas.saveState()
    sheets.canvas.translate(100, 700)
    sheets.canvas.scale(1.5, 1)
    sheets.canvas.doForm("rules")
    sheets.canvas.restoreState()
    sheets.write(110, 156, "收入")
    sheets.write(260, 176, "5.00")
    document = read(sheets)
    assert words_of(document, document.tables[0]) == [["收入", ""], ["", "5.00"]]


def test_a_drawing_of_many_lines_is_no_table_and_costs_no_time() -> None:
    sheets = Sheets()
    for place in range(300):
        sheets.rule(72 + place, 100, 72 + place, 500)
        sheets.rule(72, 100 + place, 472, 100 + place)
    sheets.write(LEFT, 600, "图1：收入支出总体情况")
    assert paragraphs(read(sheets)) == ["图1：收入支出总体情况"]


# Files that cannot be read, or not wholly -----------------------------------------------------------


def scan(words: str = "") -> bytes:
    """A page as a picture in PNG form, large enough to be recognized."""
    sheets = Sheets()
    sheets.write(LEFT, 120, words or "附件", size=20)
    page = pypdfium2.PdfDocument(sheets.content())[0]
    file = BytesIO()
    page.render(scale=3).to_pil().save(file, "PNG")
    return file.getvalue()


def blank() -> bytes:
    sheets = Sheets()
    sheets.rule(LEFT, 100, RIGHT, 100)
    return sheets.content()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n1 0 obj\n<<", "is a damaged PDF file"),
        (Sheets(password="secret").content(), "is an encrypted PDF file"),
        (blank(), "is a PDF file without text"),
    ],
    ids=["empty", "damaged", "encrypted", "blank"],
)
def test_a_file_that_cannot_be_read_is_told_why(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_pdf("made.pdf", content)


def test_a_scan_is_told_and_how_to_read_it() -> None:
    sheets = Sheets()
    sheets.picture(scan())
    with pytest.raises(DocumentError, match=r"scan without text.*GUANLIAN_OCR=1"):
        read_pdf("made.pdf", sheets.content(), ocr=False)


def test_a_file_with_some_scanned_pages_is_read_and_names_them() -> None:
    sheets = Sheets()
    sheets.write(LEFT, 100, "收入总计100.00万元。")
    for _ in range(2):
        sheets.next_page()
        sheets.picture(scan())
    document = read_pdf("made.pdf", sheets.content(), ocr=False)
    assert document.remarks == ("pages 2, 3: a picture without text, not read",)
    assert document.pages == 3


def test_a_damaged_page_costs_that_page_alone() -> None:
    sheets = Sheets()
    for number in range(1, 4):
        sheets.write(LEFT, 100, f"第{number}页说明。")
        sheets.next_page()
    content = sheets.content()
    second = [found.start() for found in re.finditer(rb"/Type /Page\b", content)][1]
    document = read_pdf("made.pdf", content[:second] + b"/Type /Gone" + content[second + 11 :])
    assert "第1页说明。" in document.text
    assert "第3页说明。" in document.text


def test_the_text_that_is_stored_with_a_scan_is_read() -> None:
    sheets = Sheets()
    sheets.picture(scan())
    hidden = sheets.canvas.beginText(LEFT, 700)
    hidden.setFont(SONG, 12)
    hidden.setTextRenderMode(3)
    hidden.textOut("支出总计999.99万元。")
    sheets.canvas.drawText(hidden)
    document = read(sheets)
    assert paragraphs(document) == ["支出总计999.99万元。"]
    assert document.remarks == ("page 1: a picture, read from the text that is stored with it",)


def test_a_file_with_too_many_pages_is_refused() -> None:
    sheets = Sheets()
    for _ in range(4):
        sheets.write(LEFT, 100, "页")
        sheets.next_page()
    with pytest.raises(DocumentError, match="has 4 pages, more than the 3"):
        read_pdf("made.pdf", sheets.content(), most_pages=3)


def test_a_missing_engine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    sheets = Sheets()
    sheets.picture(scan())
    with pytest.raises(DocumentError, match="tesseract, is not installed"):
        read_pdf("made.pdf", sheets.content(), ocr=True)


def test_a_scan_is_recognized_when_that_is_asked_for() -> None:
    engine = shutil.which("tesseract")
    if engine is None:
        pytest.skip("the tesseract engine is not installed")
    languages = subprocess.run([engine, "--list-langs"], capture_output=True, text=True, check=True)
    if LANGUAGE not in languages.stdout.split():
        pytest.skip(f"tesseract is installed without {LANGUAGE}")
    sheets = Sheets()
    sheets.picture(scan("收入总计1234.50万元"))
    document = read_pdf("made.pdf", sheets.content(), ocr=True)
    assert "1234.50" in document.text
    start = document.text.index("1234.50")
    (box,) = document.boxes(start, start + 7)
    assert box.top < 110 < box.bottom
    assert box.left == pytest.approx(LEFT + 80, abs=15)
    assert document.remarks == ("page 1: a picture, read by optical recognition",)


# Laws ---------------------------------------------------------------------------------------------

CHARACTERS = st.sampled_from("本年度单位支出收入决算主要用于资金项目管理机关运行经费保障工作按规定")
PIECES = st.one_of(
    CHARACTERS,
    CHARACTERS,
    CHARACTERS,
    st.sampled_from("，；"),
    st.decimals(0, 99999, places=2).map(str),
)
PARAGRAPHS = st.lists(
    st.lists(PIECES, min_size=5, max_size=200).map(
        lambda pieces: (
            "截至" + re.sub(r"([\d.]+)(?=\d)|(?<=[，；])[，；]", r"\1", "".join(pieces)) + "止。"
        )
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARAGRAPHS, st.integers(260, 480), st.sampled_from([10.5, 12.0, 15.0]))
def test_paragraphs_come_back_as_they_were_laid_out(
    texts: list[str], width: int, size: float
) -> None:
    sheets = Sheets()
    top = 80.0
    for text in texts:
        for line, start in sheets.broken(text, LEFT, LEFT + width, size, 2):
            if top > 760:
                sheets.next_page()
                top = 80.0
            sheets.write(start, top, line, size)
            top += 1.5 * size
    assert paragraphs(read(sheets)) == texts


# Real documents -------------------------------------------------------------------------------------


def pdfs(corpus: Path) -> list[Path]:
    return sorted(corpus.glob("*/*.pdf"))


def test_every_stretch_of_a_real_document_has_its_quote_and_a_place_on_its_pages(
    corpus: Path,
) -> None:
    for path in pdfs(corpus):
        content = path.read_bytes()
        document = read_pdf(path.name, content)
        sizes = [page.get_size() for page in pypdfium2.PdfDocument(content)]
        for start, end in document.lines():
            span = document.span(start, end)
            assert document.text[span.start : span.end] == span.quote
            for box in span.boxes:
                width, height = sizes[box.page - 1]
                assert 0 <= box.left < box.right <= width + 0.01
                assert 0 <= box.top < box.bottom <= height + 0.01
            assert span.boxes or not span.quote


def test_quotes_of_the_gold_facts_stand_in_one_line(corpus: Path) -> None:
    path = corpus / "shanghai" / "putuo-finance-2024.pdf"
    gold = json.loads((path.parent / "gold" / f"{path.stem}.json").read_text("utf-8"))
    lines = [
        "".join(line.split()) for line in read_pdf(path.name, path.read_bytes()).text.split("\n")
    ]
    quotes = {
        "".join(one["quote"].split())
        for one in gold["amounts"]
        if not one.get("section", one.get("where", "")).startswith("table") and "quote" in one
    }
    assert quotes
    missing = [quote for quote in quotes if not any(quote in line for line in lines)]
    assert missing == []


def test_tables_of_real_documents_have_the_cells_that_another_reader_finds(corpus: Path) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    path = corpus / "shanghai" / "putuo-finance-2024.pdf"
    document = read_pdf(path.name, path.read_bytes())
    with pdfplumber.open(path) as pdf:
        for number in (6, 8, 12, 15):
            (other,) = pdf.pages[number - 1].extract_tables()
            table = next(
                one
                for one in document.tables
                if document.boxes(one.start, one.end)[0].page == number
            )
            ours = [[word for word in row if word] for row in words_of(document, table)]
            theirs = [["".join(word.split()) for word in row if word] for row in other]
            assert ours == [row for row in theirs if row]


def test_reading_stays_within_its_memory(corpus: Path) -> None:
    path = corpus / "shanghai" / "putuo-finance-2024.pdf"
    if not Path("/proc/self/status").is_file():
        pytest.skip("the peak of one process alone is told by Linux only")
    # ru_maxrss would not do: a child starts with the peak of the process that forked it.
    program = (
        "import sys; from pathlib import Path; from ingest.reading.pdf import read_pdf;"
        "path = Path(sys.argv[1]); read_pdf(path.name, path.read_bytes());"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) * 1024 < 300 * 2**20
