"""Reading: encodings, files that are no disclosure, personal data."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.reading.document import Document, DocumentError
from ingest.reading.files import read_file
from ingest.reading.privacy import MASK, mask_personal_data
from ingest.reading.text import decode

TEXT = "示例市甲区某局\n2022年度部门决算公开说明\n一、单位基本情况\n"
ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + TEXT.encode(),
    "gb18030": TEXT.encode("gb18030"),
    "gb18030 with mark": b"\x84\x31\x95\x33" + TEXT.encode("gb18030"),
    "utf-16 with mark": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "CRLF line ends": TEXT.replace("\n", "\r\n").encode(),
    "CR line ends": TEXT.replace("\n", "\r").encode(),
}
REFUSED = {
    "empty": (b"", "is empty"),
    "white space": (b" \n\t \n", "is empty"),
    "binary": (bytes(range(256)) * 4, "is binary"),
    "PDF": (b"%PDF-1.7\n...", "is a PDF file"),
    "DOCX": (b"PK\x03\x04rest", "DOCX"),
    "DOC": (b"\xd0\xcf\x11\xe0rest", "old Office"),
}


@pytest.mark.parametrize("content", ENCODED.values(), ids=ENCODED)
def test_text_is_the_same_in_every_encoding(content: bytes) -> None:
    assert decode(content) == TEXT


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_file_that_is_no_text_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        decode(content)


def test_unreadable_file_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        read_file(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "昨天下了一场大雨，今天放晴。\n",
        "一、单位基本情况\n（一）职能职责\n1．管理某事。\n2．管理某物。\n",
        "示例市甲区某局\n2022年度部门决算公开说明\n一、单位基本情况\n没有任何内容。\n",
    ],
)
def test_text_that_is_no_disclosure_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="holds no disclosure"):
        extract(Document("a.txt", text))


PERSONAL = {
    "contact line": ("联系人：张某某    联系电话：000-12345678。", ("张某某", "12345678")),
    "flattened table": (
        "\t项目\n联系人\n\t张某\n\t联系电话\n\t13900000000\n",
        ("张某", "13900000000"),
    ),
    "bare mobile": ("如有疑问请拨13900000000。", ("13900000000",)),
    "mail": ("电子邮箱：someone@example.com", ("someone@example.com",)),
}


@pytest.mark.parametrize(("text", "personal"), PERSONAL.values(), ids=PERSONAL)
def test_personal_data_is_masked_in_place(text: str, personal: tuple[str, ...]) -> None:
    masked = mask_personal_data(text)
    assert len(masked) == len(text)
    assert MASK in masked
    assert not any(one in masked for one in personal)


@pytest.mark.parametrize(
    "text",
    [
        "2023年度收入总计13912345678.90元，支出总计1463.32万元。",
        "联系人员管理工作由办公室负责。",
        "单价100万元（含）以上专用设备0台（套）。",
        "项目编码 500116-2023-0001",
    ],
)
def test_figures_and_duties_are_not_masked(text: str) -> None:
    assert mask_personal_data(text) == text


@given(st.text())
def test_masking_keeps_every_place(text: str) -> None:
    masked = mask_personal_data(text)
    assert len(masked) == len(text)
    assert mask_personal_data(masked) == masked
    assert all(new in (old, MASK) for old, new in zip(text, masked, strict=True))
