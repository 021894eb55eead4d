"""The kind of a file is told from its content; what cannot be read, or is made to harm, is refused."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from ingest.containment import contained
from ingest.pipeline import UnreadDocument, read_all_facts, read_text_and_facts
from ingest.reading import office
from ingest.reading.document import DocumentError
from ingest.reading.files import kind_of, read_content, read_file
from ingest.reading.limits import MEBIBYTE, ReadingLimits
from tests.conftest import SAMPLES
from tests.making import docx_of, html_of, pdf_of, text_of, xlsx_of
from tests.test_reading_formats import DOCUMENT, XLS

KINDS = {
    "pdf": pdf_of(DOCUMENT),
    "docx": docx_of(DOCUMENT),
    "xlsx": xlsx_of(DOCUMENT),
    "xls": XLS.read_bytes(),
    "html": html_of(DOCUMENT),
    "text": text_of(DOCUMENT),
    "rtf": rb"{\rtf1\ansi a}",
    "mhtml": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--",
}
BENEATH_OTHER_BEGINNINGS = {
    "html": (b"\xef\xbb\xbf\r\n <html><body>a</body></html>", "<!DOCTYPE html>".encode("utf-16")),
    "pdf": (b"\n\n%PDF-1.4",),
}


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


def stream_name(name: str) -> bytes:
    """A file with the signature of OLE and a stream of this name in its directory."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + (name + "\0").encode("utf-16-le")


REFUSED = {
    "ZIP archive": (zipped(a_txt=b"a", b_pdf=b"b"), "is a ZIP archive of files; unpack it"),
    "RAR archive": (b"Rar!\x1a\x07\x00", "is an archive of files"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "is a picture"),
    "JPEG": (b"\xff\xd8\xff\xe0", "is a picture"),
    "bitmap": (b"BM\x36\x00\x00\x00\x00\x00", "is a picture"),
    "presentation": (zipped(ppt__presentation_xml=b"<a/>"), "is a presentation"),
    "OFD": (zipped(OFD_xml=b"<a/>"), "is an OFD file"),
    "OpenDocument": (zipped(content_xml=b"<a/>"), "is an OpenDocument file"),
    "encrypted": (stream_name("EncryptedPackage"), "is encrypted"),
    "unknown OLE": (stream_name("Something"), "is an old Office file of an unknown kind"),
    "unknown XML": (b"<?xml version='1.0'?><a/>", "is an XML file of an unknown kind"),
    "broken ZIP": (b"PK\x03\x04" + bytes(30), "is a damaged ZIP or Office file"),
    "broken XLSX": (zipped(xl__workbook_xml=b"<a/>"), "is a damaged XLSX file"),
    "broken XLS": (stream_name("Workbook"), "is a damaged XLS file"),
    "empty page": (b"<html></html>", "holds no text"),
}
LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]>"
)
WORD = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
BOMBS = {
    "zip bomb": (zipped(word__document_xml=bytes(400 * MEBIBYTE)), "would unpack to 400 MiB"),
    "smaller zip bomb": (
        zipped(word__document_xml=bytes(100 * MEBIBYTE)),
        "times over in its part word/document.xml",
    ),
    "billion laughs": (
        zipped(word__document_xml=LAUGHS + WORD + b"&a11;</w:body></w:document>"),
        "no XML|declares a document type",
    ),
    "billion laughs in a sheet": (
        zipped(xl__workbook_xml=LAUGHS + b"<workbook>&a11;</workbook>"),
        "no XML|declares a document type",
    ),
    "outward entity": (
        zipped(
            word__document_xml=b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            + WORD
            + b"<w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
        ),
        "declares a document type",
    ),
    "deep nesting": (
        zipped(word__document_xml=WORD + b"<w:tbl><w:tr><w:tc>" * 100_000),
        "is no XML",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_kind_is_told_from_the_content(kind: str) -> None:
    assert kind_of(KINDS[kind]) == kind


def test_document_with_an_embedded_spreadsheet_is_no_spreadsheet() -> None:
    assert kind_of(stream_name("WordDocument") + "Workbook\0".encode("utf-16-le")) == "doc"


def test_name_too_long_for_a_file_is_told() -> None:
    with pytest.raises(DocumentError, match="cannot be read: File name too long"):
        read_file(Path("a" * 300 + ".txt"))


@pytest.mark.parametrize("kind", BENEATH_OTHER_BEGINNINGS)
def test_kind_is_told_beneath_what_stands_before_it(kind: str) -> None:
    assert [kind_of(one) for one in BENEATH_OTHER_BEGINNINGS[kind]] == [kind] * len(
        BENEATH_OTHER_BEGINNINGS[kind]
    )


def test_name_of_a_file_tells_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(html_of(DOCUMENT))
    assert read_file(path).media_type == "text/html"


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_file_that_cannot_be_read_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_content("a", content)


@pytest.mark.parametrize(("content", "reason"), BOMBS.values(), ids=BOMBS)
def test_bomb_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_content("a", content)


def test_size_of_a_member_that_lies_is_damage() -> None:
    content = bytearray(zipped(word__document_xml=bytes(50_000)))
    central = content.rindex(b"PK\x01\x02")
    content[central + 24 : central + 28] = struct.pack("<I", 10)
    with pytest.raises(DocumentError, match="is a damaged Office file"):
        read_content("a", bytes(content))


def test_page_nested_without_end_is_contained() -> None:
    page = b"<html><body>" + b"<div>" * 100_000 + "收入".encode()
    try:
        read_content("a", page)
    except DocumentError as error:
        assert str(error)


def test_gigabyte_of_text_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(DocumentError, match="is 1,024 MiB large, more than the limit of 128 MiB"):
        read_file(path)


def test_document_of_too_many_pages_is_refused() -> None:
    with pytest.raises(DocumentError, match="has 1 pages, more than the 0 that are read"):
        read_content("a", pdf_of(DOCUMENT[:2]), ReadingLimits(pages=0))


def test_bombs_and_good_documents_in_one_run(tmp_path: Path) -> None:
    good = SAMPLES / "kaizhou-zhengwu-2020.txt"
    paths = [good]
    for number, (content, _) in enumerate(BOMBS.values()):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(content)
        paths += [path, good]
    outcomes = list(read_all_facts(paths, 2))
    assert [isinstance(outcome, UnreadDocument) for outcome in outcomes] == [
        path is not good for path in paths
    ]


def test_sheet_that_needs_too_much_memory_costs_itself_alone(tmp_path: Path) -> None:
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><v>1</v></c></row>' % (n, n, n, n)
        for n in range(1, 150_000)
    )
    book = io.BytesIO(xlsx_of(DOCUMENT))
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(book) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start, end = content.index(b"<sheetData>") + 11, content.index(b"</sheetData>")
                content = content[:start] + rows + content[end:]
            made.writestr(name, content)
    large, small = tmp_path / "large.xlsx", tmp_path / "small.xlsx"
    large.write_bytes(stream.getvalue())
    small.write_bytes(xlsx_of(DOCUMENT))
    limits = ReadingLimits(memory_bytes=64 * MEBIBYTE)
    lost, read = read_all_facts([large, small], 1, limits)
    assert isinstance(lost, UnreadDocument)
    assert lost.reason == "needs more memory than the limit of 64 MiB to read"
    assert not isinstance(read, UnreadDocument)


@pytest.mark.skipif(office.find_program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("suffix", "kind"), [("doc", "doc"), ("rtf", "rtf")])
def test_old_word_file_is_read_by_way_of_libreoffice(
    suffix: str, kind: str, tmp_path: Path
) -> None:
    source = tmp_path / "a.docx"
    # LibreOffice writes no table at the very end of a DOC file.
    content = docx_of((*DOCUMENT, "以上各表单位均为万元。"))
    source.write_bytes(content)
    program = office.find_program()
    assert program is not None
    command = [program, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", suffix, "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    made = tmp_path / f"a.{suffix}"
    assert kind_of(made.read_bytes()) == kind
    (outcome,) = contained(read_for_test, [made], 1)
    assert outcome == read_content("a", content).text


def read_for_test(path: Path) -> str:
    return read_file(path).text


def test_old_word_file_without_libreoffice_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    with pytest.raises(
        DocumentError, match="is a DOC file; to read it LibreOffice must be installed"
    ):
        read_content("a", stream_name("WordDocument"))


def test_fault_of_ours_is_told_as_one(tmp_path: Path) -> None:
    outcome = read_text_and_facts(tmp_path / "missing.txt", ReadingLimits())
    assert outcome == UnreadDocument(
        tmp_path / "missing.txt", "cannot be read: No such file or directory"
    )


@pytest.mark.parametrize("span", ["3" * 5000, "0", "-1", "x", ""])
def test_strange_spans_of_cells_do_no_harm(span: str) -> None:
    page = (
        "<html><body><p>示例市甲区某局2022年度部门决算</p><table><tr>"
        f'<td colspan="{span}">项目</td><td>决算数</td></tr></table></body></html>'
    )
    (table,) = read_content("a.html", page.encode()).tables
    assert [cell.start < cell.end for cell in table.rows[0]] == [True, True]
