"""Word files: automatic numbers, tracked changes, text boxes, notes, tables; real packages, written here."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.document import Document, DocumentError
from ingest.reading.docx import read_docx
from ingest.reading.numbering import FORMATS, chinese

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3．"/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3.%4 "/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="Heading"/>
  <w:lvlText w:val="第%2部分 "/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
 <w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""
STYLES = """
<w:style w:styleId="Heading"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Own"><w:basedOn w:val="Heading"/></w:style>
"""


def package(body: str, **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr(
            "word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMES}>{content}</w:{name}>")
    return stream.getvalue()


def read(body: str, **parts: str) -> Document:
    return read_docx("a.docx", package(body, **parts))


def run(words: str, properties: str = "") -> str:
    return f"<w:r>{properties}<w:t>{words}</w:t></w:r>"


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(words)}</w:p>"


def numbered(words: str, level: int, number: int = 1) -> str:
    return paragraph(
        words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def test_automatic_numbers_are_in_the_text() -> None:
    body = "".join(
        (
            numbered("概况", 0),
            numbered("职能", 1),
            numbered("拟订规划。", 2),
            numbered("组织实施。", 2),
            numbered("机构", 1),
            numbered("又一。", 2),
            numbered("说明", 0),
            numbered("细则", 3),
            numbered("重新起算。", 2, 3),
        )
    )
    assert read(body, numbering=NUMBERING).text.split("\n") == [
        "一、概况", "（一）职能", "1．拟订规划。", "2．组织实施。", "（二）机构", "1．又一。", "二、说明",
        "2.1.1 细则", "1．重新起算。", "",
    ]  # fmt: skip


def test_number_comes_with_the_style_and_the_style_beneath_it() -> None:
    body = paragraph("表格", '<w:pStyle w:val="Heading"/>') + paragraph(
        "名词解释", '<w:pStyle w:val="Own"/>'
    )
    # The style names the list; the level is the one that names the style.
    assert (
        read(body, numbering=NUMBERING, styles=STYLES).text == "第三部分 表格\n第四部分 名词解释\n"
    )


def test_bullets_and_switched_off_numbers_are_no_words() -> None:
    body = numbered("甲", 0, 2) + numbered("乙", 0, 0)
    assert read(body, numbering=NUMBERING).text == "甲\n乙\n"


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        f"<w:p>{run('收入')}<w:ins>{run('增加')}</w:ins>"
        "<w:del><w:r><w:delText>减少</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('新处')}</w:moveTo></w:p>"
    )
    assert read(body).text == "收入增加新处\n"


def test_fields_links_and_controls_keep_their_words() -> None:
    body = (
        f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink><w:r><w:instrText>TOC \\o</w:instrText></w:r>"
        f"<w:fldSimple>{run('2023')}</w:fldSimple><w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"
        f"{run('隐藏', '<w:rPr><w:vanish/></w:rPr>')}</w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('块')}</w:sdtContent></w:sdt>"
    )
    assert read(body).text == "链接2023控件\n块\n"


def test_text_box_follows_its_paragraph_and_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('框中文字')}</w:txbxContent>"
    body = (
        f"<w:p>{run('正文')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>{run('继续')}</w:p>"
    )
    assert read(body).text == "正文继续\n框中文字\n"


def test_notes_follow_their_paragraph() -> None:
    body = f'<w:p>{run("正文")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>{paragraph("下段")}'
    notes = f'<w:footnote w:id="2">{paragraph("脚注")}</w:footnote>'
    assert read(body, footnotes=notes).text == "正文\n脚注\n下段\n"


def test_note_that_refers_to_itself_is_read_once() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2"><w:p>{run("脚注")}{reference}</w:p></w:footnote>'
    assert read(f"<w:p>{run('正文')}{reference}</w:p>", footnotes=note).text == "正文\n脚注\n"


@pytest.mark.parametrize("columns", ["9" * 5000, "999999999"])
def test_spans_that_word_cannot_have_count_as_none(columns: str) -> None:
    row = cell("甲", f'<w:gridSpan w:val="{columns}"/>') + cell("1.00")
    document = read(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")
    assert [one.column for one in document.tables[0].rows[0]] == [0, 1]


def test_merged_cells_keep_their_spans() -> None:
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    body = (
        "<w:tbl>"
        f"<w:tr>{cell('项目', restart)}{cell('预算数', wide)}</w:tr>"
        f"<w:tr>{cell('', goes_on)}{cell('基本')}{cell('项目支出')}</w:tr>"
        f"<w:tr>{cell('一、收入')}{cell('1.00')}{cell('2.00')}</w:tr></w:tbl>"
    )
    (table,) = read(body).tables
    assert [[(c.column, c.columns, c.rows) for c in row] for row in table.rows] == [
        [(0, 1, 2), (1, 2, 1)],
        [(1, 1, 1), (2, 1, 1)],
        [(0, 1, 1), (1, 1, 1), (2, 1, 1)],
    ]


def test_table_in_a_cell_follows_the_table_around_it() -> None:
    inner = f"<w:tbl><w:tr>{cell('内一')}{cell('内二')}</w:tr></w:tbl>"
    body = f"<w:tbl><w:tr>{cell('外一')}<w:tc>{paragraph('外二')}{inner}</w:tc></w:tr></w:tbl>"
    document = read(body)
    assert document.text == "\t外一\t外二\n\n\t内一\t内二\n\n"
    assert len(document.tables) == 2


def test_deleted_rows_are_no_rows() -> None:
    body = (
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cell('旧')}{cell('1')}</w:tr>"
        f"<w:tr>{cell('新')}{cell('2')}</w:tr></w:tbl>"
    )
    assert read(body).text == "\t新\t2\n\n"


def test_strict_form_of_the_standard_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{strict}"><w:body>{paragraph("正文")}</w:body></w:document>',
        )
    assert read_docx("a", stream.getvalue()).text == "正文\n"


def test_damaged_package_is_refused_with_its_reason() -> None:
    whole = package(paragraph("正文" * 100))
    with pytest.raises(DocumentError, match="damaged"):
        read_docx("a.docx", whole[: len(whole) // 2])
    with pytest.raises(DocumentError, match=r"word/document\.xml is no XML"):
        read_docx("a.docx", package("<w:p>"))


@given(st.integers(1, 9999))
def test_chinese_number_is_read_back(number: int) -> None:
    assert value_of(chinese(number)) == number


def value_of(words: str) -> int:
    """An independent reading of a number in words."""
    total = digit = 0
    for word in words:
        if word in "十百千":
            total += (digit or 1) * 10 ** ("十百千".index(word) + 1)
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(word)
    return total + digit


@pytest.mark.parametrize(
    ("name", "number", "shown"),
    [
        ("decimalEnclosedCircle", 3, "③"), ("lowerRoman", 4, "iv"), ("upperLetter", 28, "BB"),
        ("chineseLegalSimplified", 12, "壹拾贰"), ("ideographTraditional", 2, "乙"),
        ("decimalFullWidth", 12, "１２"), ("decimalZero", 7, "07"), ("ideographDigital", 20, "二〇"),
    ],
)  # fmt: skip
def test_number_formats_of_word(name: str, number: int, shown: str) -> None:
    assert FORMATS[name](number) == shown
