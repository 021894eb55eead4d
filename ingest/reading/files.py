"""Files of every kind: the kind is told from the content, never from the name, and its reader makes the
document."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

from ingest.reading.document import Document, DocumentError
from ingest.reading.limits import DEFAULT_LIMITS, ReadingLimits, in_words
from ingest.reading.text import read_text

Reader = Callable[[str, bytes, ReadingLimits], Document]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in an OLE file, in UTF-16 as its directory keeps them, and the kind they tell.
# Text documents come first: a spreadsheet that is embedded in one has its stream in the same directory.
OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("WpsContent", "wps"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
ZIP_MEMBERS = (
    (re.compile(r"word/document\d*\.xml"), "docx"),
    (re.compile(r"xl/workbook\.xml"), "xlsx"),
    (re.compile(r"xl/workbook\.bin"), "xlsb"),
    (re.compile(r"ppt/presentation\.xml"), "ppt"),
    (re.compile(r"OFD\.xml"), "ofd"),
    (re.compile(r"content\.xml"), "odf"),
)
SIGNATURES = (
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"BM", "bitmap"),
    (b"\t\x08\x10\x00", "xls"),
    (b"\t\x04\x06\x00", "xls"),
    (b"\t\x02\x06\x00", "xls"),
)
BEGINNING_BYTES = 4096
HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|table|div|p|title)[\s>/]", re.IGNORECASE
)
MHTML = re.compile(rb"^(?:From:|MIME-Version:|Content-Type:\s*multipart/related)", re.I | re.M)
MHTML_PAGE = re.compile(rb"^Content-Type:\s*(?:multipart/related|text/html)", re.I | re.M)
REFUSED = {
    "archive": "is an archive of files; unpack it and name the documents in it",
    "zip": "is a ZIP archive of files; unpack it and name the documents in it",
    "picture": "is a picture; only text can be read",
    "bitmap": "is a picture; only text can be read",
    "encrypted": "is encrypted; a copy without a password is needed",
    "ppt": "is a presentation; a document or a spreadsheet is wanted",
    "xlsb": "is a binary XLSB spreadsheet; save it as XLSX",
    "ofd": "is an OFD file, which cannot be read; a PDF of it can",
    "odf": "is an OpenDocument file; save it as DOCX or XLSX",
    "ole": "is an old Office file of an unknown kind",
    "xml": "is an XML file of an unknown kind",
}
# Of the kinds that LibreOffice makes DOCX of: what to call them, their suffix, their media type.
OFFICE_KINDS = {
    "doc": ("a DOC file", ".doc", "application/msword"),
    "wps": ("a WPS file", ".wps", "application/vnd.ms-works"),
    "rtf": ("an RTF file", ".rtf", "application/rtf"),
}


def read_file(path: Path, limits: ReadingLimits = DEFAULT_LIMITS) -> Document:
    """Read a file into a document named after it.

    Raises:
        DocumentError: the file cannot be opened or read, or is beyond the limits; the sentence says why.
    """
    try:
        if path.exists() and not path.is_file():
            raise DocumentError("cannot be read: it is no regular file")
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise DocumentError(
                f"is {in_words(size)} large, more than the limit of {in_words(limits.file_bytes)}"
            )
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}") from error
    return read_content(path.name, content, limits)


def read_content(name: str, content: bytes, limits: ReadingLimits = DEFAULT_LIMITS) -> Document:
    """The document in the bytes of a file.

    Raises:
        DocumentError: the bytes are of no kind that can be read, damaged, or beyond the limits.
    """
    kind = kind_of(content)
    if kind in REFUSED:
        raise DocumentError(REFUSED[kind])
    document = READERS[kind](name, content, limits)
    if not document.text.strip():
        raise DocumentError("holds no text")
    return document


def kind_of(content: bytes) -> str:
    """The kind of a file, a key of READERS or REFUSED, told from its bytes alone."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(OLE):
        return ole_kind(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return zip_kind(content)
    beginning = content[:BEGINNING_BYTES].lstrip()
    for signature, kind in SIGNATURES:
        if beginning.startswith(signature) and (kind != "bitmap" or b"\x00" in beginning[:16]):
            return kind
    return markup_kind(content[:BEGINNING_BYTES])


def ole_kind(content: bytes) -> str:
    for stream, kind in OLE_STREAMS:
        if (stream + "\0").encode("utf-16-le") in content:
            return kind
    return "ole"


def zip_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentError("is a damaged ZIP or Office file") from error
    for pattern, kind in ZIP_MEMBERS:
        if any(pattern.fullmatch(name) for name in names):
            return kind
    return "zip"


def markup_kind(beginning: bytes) -> str:
    if MHTML.match(beginning) and MHTML_PAGE.search(beginning):
        return "mhtml"
    # Tags are ASCII in every encoding but UTF-16, whose zero bytes hide them.
    text = beginning.replace(b"\x00", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe \r\n\t")
    if text.startswith("<") and HTML.search(text):
        return "html"
    return "xml" if text.startswith("<?xml") else "text"


# A reader loads its libraries when the first file of its kind comes: together they take as long as
# reading twenty text files, and every reading process would pay for all of them.


def read_paged(name: str, content: bytes, limits: ReadingLimits) -> Document:
    from ingest.reading.pdf import read_pdf

    return read_pdf(
        name, content, most_pages=limits.pages, ocr=limits.ocr, pictures=limits.pictures
    )


def read_word(name: str, content: bytes, limits: ReadingLimits) -> Document:
    from ingest.reading.docx import read_docx

    return read_docx(name, content, limits)


def read_converted(kind: str, name: str, content: bytes, limits: ReadingLimits) -> Document:
    from ingest.reading.office import read_office

    return read_office(name, content, *OFFICE_KINDS[kind], limits)


def read_workbook(name: str, content: bytes, limits: ReadingLimits) -> Document:
    from ingest.reading.xlsx import read_xlsx

    return read_xlsx(name, content, limits)


def read_old_workbook(name: str, content: bytes, limits: ReadingLimits) -> Document:
    from ingest.reading.xls import read_xls

    return read_xls(name, content)


def read_page(name: str, content: bytes, limits: ReadingLimits) -> Document:
    from ingest.reading.html import read_html

    return read_html(name, content)


def read_saved_page(name: str, content: bytes, limits: ReadingLimits) -> Document:
    from ingest.reading.html import read_mhtml

    return read_mhtml(name, content)


def read_plain(name: str, content: bytes, limits: ReadingLimits) -> Document:
    return read_text(name, content)


READERS: dict[str, Reader] = {
    "pdf": read_paged,
    "docx": read_word,
    "xlsx": read_workbook,
    "xls": read_old_workbook,
    "doc": partial(read_converted, "doc"),
    "wps": partial(read_converted, "wps"),
    "rtf": partial(read_converted, "rtf"),
    "html": read_page,
    "mhtml": read_saved_page,
    "text": read_plain,
}
