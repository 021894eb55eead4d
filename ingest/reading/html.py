"""HTML pages and MHTML archives: the words of the body in their order, tables with spans, attachments.

trafilatura was measured for the body: it keeps every paragraph of a plain page, but it runs a line and
the block behind it together, makes one line of a page that is laid out by a table, and knows no spans of
cells. So every block that a reader of the page sees becomes a paragraph here; navigation that is marked
as such is left out, and what else stands around the text is no statement, as in a page copied by hand.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from urllib.parse import unquote, urljoin, urlsplit

from charset_normalizer import from_bytes
from lxml import etree

from ingest.reading.building import DocumentBuilder, NewCell, Run
from ingest.reading.document import Document, DocumentError
from ingest.reading.text import BYTE_ORDER_MARKS

MEDIA_TYPE = "text/html"
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
DECLARED_WITHIN = 4096
# What GB2312 is called holds characters of its successor.
SUCCESSORS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
UNSEEN = frozenset(
    {
        "script", "style", "noscript", "template", "head", "nav", "footer", "aside", "svg", "canvas", "select",
        "option", "button", "iframe", "object", "audio", "video", "map",
    }
)  # fmt: skip
INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "img", "input", "ins", "kbd", "label", "mark", "meter", "output", "progress", "q", "rp", "rt", "ruby",
        "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
KEPT_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
# Stands for a line end that is to be kept.
LINE = "\u2028"
ATTACHMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|rtf|ofd|zip|rar|7z)$", re.I)
MOST_SPANNED = 1000
# Deeper than any page, and well within what the walk below may recurse.
DEEPEST = 200


def read_html(name: str, content: bytes) -> Document:
    """The document in the bytes of an HTML page.

    Raises:
        DocumentError: the page is empty or nested deeper than a page can be.
    """
    return page_document(name, content, decode_page(content), "")


def read_mhtml(name: str, content: bytes) -> Document:
    """The document in the first page of an MHTML archive, a page saved whole by a browser."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                charset = part.get_content_charset()
                text = decoded(payload, charset) if charset else None
                location = part.get("Content-Location") or message.get("Snapshot-Content-Location")
                return page_document(
                    name, content, text or decode_page(payload), str(location or "")
                )
    raise DocumentError("is a MIME archive without a page in it")


def page_document(name: str, content: bytes, page: str, location: str) -> Document:
    root = parse_page(page)
    mark_kept_lines(root)
    builder = DocumentBuilder()
    PageReader(builder).add_blocks(body_of(root), 0)
    document = builder.finish(name, MEDIA_TYPE, sha256(content).hexdigest())
    return replace(document, attachments=tuple(find_attachments(root, location)))


def parse_page(page: str) -> etree._Element:
    # libxml2 trusts a declared encoding over what it is given, so it is given UTF-8 and told so.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(page.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"is no HTML page that can be read ({error.msg})") from error
    if root is None:
        raise DocumentError("is empty")
    return root


def body_of(root: etree._Element) -> etree._Element:
    body = root.find("body")
    return root if body is None else body


class PageReader:
    """Walks a page: words gather until a block begins or ends."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self.builder = builder
        self.words: list[str] = []

    def add_blocks(self, element: etree._Element, depth: int) -> None:
        """What stands inside an element, its own text first."""
        if depth > DEEPEST:
            raise DocumentError(f"is nested more than {DEEPEST} elements deep, as no page is")
        self.words.append(element.text or "")
        for child in element:
            self.add_element(child, depth)
            self.words.append(child.tail or "")
        if depth == 0:
            self.flush()

    def add_element(self, element: etree._Element, depth: int) -> None:
        tag = tag_of(element)
        if is_unseen(element, tag):
            return
        if tag == "br":
            self.flush()
        elif tag == "table" and is_data_table(element):
            self.flush()
            self.add_table(element, depth)
        elif tag in INLINE:
            self.add_blocks(element, depth + 1)
        else:
            self.flush()
            self.add_blocks(element, depth + 1)
            self.flush()

    def flush(self) -> None:
        for line in "".join(self.words).split(LINE):
            self.builder.add_paragraph([Run(line)])
        self.words = []

    def add_table(self, table: etree._Element, depth: int) -> None:
        for caption in table.findall("caption"):
            self.add_blocks(caption, depth + 1)
            self.flush()
        self.builder.add_table(table_rows(table))


def mark_kept_lines(root: etree._Element) -> None:
    """The line ends of text whose white space is kept as written, told apart from others."""
    for kept in root.iter():
        if tag_of(kept) == "pre" or KEPT_LINES.search(kept.get("style") or ""):
            kept.text = (kept.text or "").replace("\n", LINE)
            for inside in kept.iterdescendants():
                inside.text = (inside.text or "").replace("\n", LINE)
                inside.tail = (inside.tail or "").replace("\n", LINE)


def tag_of(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_unseen(element: etree._Element, tag: str) -> bool:
    return (
        not tag
        or tag in UNSEEN
        or element.get("hidden") is not None
        or HIDDEN_STYLE.search(element.get("style") or "") is not None
    )


def is_data_table(table: etree._Element) -> bool:
    """Whether a table holds data; one that only lays out a page holds one cell or whole blocks."""
    rows = list(own_rows(table))
    if max((len(list(own_cells(row))) for row in rows), default=0) < 2:
        return False
    return next(table.iterdescendants("table"), None) is None


def own_rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows that are seen, also those in a form, which old pages put between a table and its rows."""
    for child in table:
        tag = tag_of(child)
        if is_unseen(child, tag):
            continue
        if tag == "tr":
            yield child
        elif tag in ("thead", "tbody", "tfoot", "form"):
            yield from own_rows(child)


def own_cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row if tag_of(cell) in ("td", "th"))


def table_rows(table: etree._Element) -> list[list[NewCell]]:
    """The cells of a table on its grid: a cell that spans rows pushes those below to the right."""
    rows: list[list[NewCell]] = []
    # For each column how many rows below a cell from above still takes.
    taken: dict[int, int] = {}
    for element in own_rows(table):
        row: list[NewCell] = []
        free = {column for column, left in taken.items() if left > 0}
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        column = 0
        for cell in own_cells(element):
            while column in free:
                column += 1
            columns, height = span(cell, "colspan"), span(cell, "rowspan")
            row.append(NewCell.of(cell_text(cell), column, columns, height))
            if height > 1:
                taken.update(dict.fromkeys(range(column, column + columns), height - 1))
            column += columns
        rows.append(row)
    return rows


def span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip().lstrip("0")
    if not value.isdecimal():
        return 1
    # Python refuses to convert numbers of thousands of digits.
    return MOST_SPANNED if len(value) > len(str(MOST_SPANNED)) else min(MOST_SPANNED, int(value))


def cell_text(cell: etree._Element) -> str:
    """The words of a cell, a line a block."""
    return "\n".join(
        line for line in ("".join(part.split("\n")).strip() for part in cell_lines(cell)) if line
    )


def cell_lines(cell: etree._Element) -> Iterator[str]:
    line: list[str] = []
    for words in inline_words(cell):
        if words is None:
            yield "".join(line)
            line = []
        else:
            line.append(words)
    yield "".join(line)


def inline_words(element: etree._Element) -> Iterator[str | None]:
    """The words inside an element; None where a line ends."""
    yield element.text or ""
    for child in element:
        tag = tag_of(child)
        if not is_unseen(child, tag):
            breaks = tag not in INLINE
            if breaks:
                yield None
            yield from inline_words(child)
            if breaks:
                yield None
        yield child.tail or ""


def find_attachments(root: etree._Element, location: str) -> Iterator[str]:
    """The links of a page to documents, each once, absolute where the page tells its address."""
    base = next((one.get("href") for one in root.iter("base") if one.get("href")), None)
    base = urljoin(location, base) if base else location
    seen = set()
    for link in root.iter("a"):
        href = (link.get("href") or "").strip()
        if is_attachment(href) or ATTACHMENT.search("".join(map(str, link.itertext())).strip()):
            try:
                address = urljoin(base, href)
            except ValueError:
                continue
            if (
                href
                and not href.lower().startswith(("javascript:", "mailto:", "#"))
                and address not in seen
            ):
                seen.add(address)
                yield address


def is_attachment(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    names = [
        parts.path,
        *(value for _, _, value in (one.partition("=") for one in parts.query.split("&"))),
    ]
    return any(ATTACHMENT.search(unquote(name)) for name in names)


def decode_page(content: bytes) -> str:
    """The text of a page: by byte order mark, else as it declares, else as it is.

    Raises:
        DocumentError: the bytes are text in no known encoding.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    declared = DECLARED.search(content[:DECLARED_WITHIN])
    names = [declared[1].decode("ascii").lower()] if declared else []
    for name in (*names, "utf-8", "gb18030"):
        if (text := decoded(content, SUCCESSORS.get(name, name))) is not None:
            return text
    found = from_bytes(content).best()
    if found is None:
        raise DocumentError("is an HTML page in an unknown encoding")
    return str(found)


def decoded(content: bytes, encoding: str) -> str | None:
    """The text, or None when it is not in this encoding."""
    try:
        return content.decode(SUCCESSORS.get(encoding.lower(), encoding))
    except (UnicodeDecodeError, LookupError):
        return None
