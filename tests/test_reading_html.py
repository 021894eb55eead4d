"""Pages: encodings, blocks, tables with spans, attachments."""

from __future__ import annotations

import codecs

import pytest

from ingest.reading.document import Document
from ingest.reading.files import read_content

PAGE = "<html><head>{meta}<title>页</title></head><body><p>收入总计1.00万元。</p></body></html>"
ENCODED = {
    "gb2312 declared": PAGE.format(meta='<meta charset="gb2312">').encode("gb18030"),
    "old declaration": PAGE.format(
        meta='<meta http-equiv="Content-Type" content="text/html; charset=GBK">'
    ).encode("gbk"),
    "utf-8 declared": PAGE.format(meta="<meta charset='utf-8'>").encode(),
    "undeclared utf-8": PAGE.format(meta="").encode(),
    "undeclared gbk": PAGE.format(meta="").encode("gbk"),
    "declared wrongly": PAGE.format(meta='<meta charset="utf-8">').encode("gbk"),
    "unknown declaration": PAGE.format(meta='<meta charset="nonsense">').encode(),
    "byte order mark": codecs.BOM_UTF8 + PAGE.format(meta='<meta charset="gbk">').encode(),
    "utf-16": codecs.BOM_UTF16_LE + PAGE.format(meta="").encode("utf-16-le"),
    "big5": PAGE.format(meta='<meta charset="big5">')
    .replace("总", "")
    .replace("万", "")
    .encode("big5", "ignore"),
}


def read(body: str, head: str = "") -> Document:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_content("a.html", page.encode())


@pytest.mark.parametrize("content", ENCODED.values(), ids=ENCODED)
def test_page_is_read_in_every_encoding(content: bytes) -> None:
    assert read_content("a", content).text.startswith("收入")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>一、概况</p><p>短</p><p>短</p>", "一、概况\n短\n短\n"),
        ("<div>裸文字<br>又一行<div>（一）内</div>尾</div>", "裸文字\n又一行\n（一）内\n尾\n"),
        ("<p><span>收入</span><b>1.00</b>万元\n。</p>", "收入1.00万元 。\n"),
        ("<pre>一行\n二行</pre>", "一行\n二行\n"),
        ("<nav>首页</nav><script>x</script><p style='display:none'>藏</p><p>正文</p>", "正文\n"),
        ("<table><tr><td><p>版式</p><p>表格</p></td></tr></table>", "版式\n表格\n"),
        ("<h3>标题</h3><ul><li>甲</li><li>乙</li></ul>", "标题\n甲\n乙\n"),
    ],
)  # fmt: skip
def test_every_block_is_a_paragraph(body: str, text: str) -> None:
    assert read(body).text == text


def test_cells_keep_their_spans() -> None:
    document = read(
        "<table><caption>支出决算表</caption><thead><tr><th rowspan=2>项目</th><th colspan='2'>数</th></tr>"
        "<tr><th>基本</th><th>项目<br>支出</th></tr></thead>"
        "<tbody><tr><td>合计</td><td>1.00</td><td></td></tr></tbody></table>"
    )
    assert document.text == "支出决算表\n\t项目\t数\n\t基本\t项目支出\n\t合计\t1.00\t\n\n"
    assert [[(c.column, c.columns, c.rows) for c in row] for row in document.tables[0].rows] == [
        [(0, 1, 2), (1, 2, 1)],
        [(1, 1, 1), (2, 1, 1)],
        [(0, 1, 1), (1, 1, 1), (2, 1, 1)],
    ]


def test_rows_in_a_form_are_read_and_hidden_rows_are_not() -> None:
    row = "<tr{}><td>{}</td><td>1.00</td></tr>"
    rows = row.format("", "甲") + f"<form>{row.format('', '乙')}</form>"
    hidden = row.format(" style='display:none'", "丙")
    assert read(f"<table>{rows}{hidden}</table>").text == "\t甲\t1.00\n\t乙\t1.00\n\n"


def test_spans_beyond_any_table_are_bounded() -> None:
    document = read(f"<table><tr><td colspan={'9' * 5000}>甲</td><td>1.00</td></tr></table>")
    assert [cell.columns for cell in document.tables[0].rows[0]] == [1000, 1]


def test_links_to_documents_are_kept() -> None:
    document = read(
        '<a href="a/b.PDF">一</a><a href="/down?file=c.xlsx&x=1">二</a><a href="d.html">三</a>'
        '<a href="javascript:x(\'e.doc\')">四.doc</a><a href="download?id=7">附件.docx</a><a href="a/b.PDF">又</a>',
        head='<base href="https://example.org/x/">',
    )
    assert document.attachments == (
        "https://example.org/x/a/b.PDF",
        "https://example.org/down?file=c.xlsx&x=1",
        "https://example.org/x/download?id=7",
    )


def test_links_of_a_page_without_address_stay_as_they_are() -> None:
    assert read('<a href="./b.doc">一</a>').attachments == ("./b.doc",)


def test_saved_page_is_read_with_its_address() -> None:
    archive = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/x/p.html\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        '<html><body><p>正文</p><a href="f.pdf">附件</a></body></html>\r\n--b--\r\n'
    )
    document = read_content("a.mht", archive.encode())
    assert document.text == "正文\n附件\n"
    assert document.attachments == ("https://example.org/x/f.pdf",)
