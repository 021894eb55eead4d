"""DOCX files (also DOCM, and WPS files in that form), read from their WordprocessingML.

docx2python was measured first and does not do: of automatic numbering it prints Chinese number formats
as `--` and every other as `1)`, whatever pattern the list defines, and the outline hangs on 一、（一）1．;
merged cells come without their spans; content controls are passed over. python-docx silently loses
tracked insertions. So the elements are walked here: the text as it stands when every tracked change is
accepted, text boxes where they are anchored, notes behind the paragraph that refers to them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from hashlib import sha256

from lxml import etree

from ingest.reading.building import DocumentBuilder, NewCell, Run
from ingest.reading.document import Document, DocumentError
from ingest.reading.limits import DEFAULT_LIMITS, ReadingLimits
from ingest.reading.numbering import Numbering
from ingest.reading.package import Package, parse_xml
from ingest.reading.wordprocessing import (
    STRICT,
    TRANSITIONAL,
    W,
    attribute,
    child_value,
    whole_number,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What holds no words of the document as it stands: tracked deletions, the place a move came from.
DROPPED = frozenset(
    W + name for name in ("del", "moveFrom", "rt", "pPr", "rPr", "instrText", "delText")
)
CHARACTERS = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
OFF = frozenset({"0", "false", "off"})


def read_docx(name: str, content: bytes, limits: ReadingLimits = DEFAULT_LIMITS) -> Document:
    """The document in the bytes of a DOCX file.

    Raises:
        DocumentError: the file is damaged, encrypted or larger inside than the limits allow.
    """
    return DocxReader(Package(content, limits)).read(name, sha256(content).hexdigest())


class DocxReader:
    """Walks the body of one document into a builder."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = main_part(package)
        self.folder = posixpath.dirname(self.main)
        self.numbering = Numbering(self.part("numbering"), self.part("styles"))
        self.notes = {kind: self.notes_of(kind) for kind in NOTES.values()}
        self.builder = DocumentBuilder()
        # What follows the paragraph at hand: its text boxes and notes.
        self.following: list[etree._Element] = []

    def read(self, name: str, digest: str) -> Document:
        body = self.root(self.main).find(W + "body")
        if body is None:
            raise DocumentError("is a damaged Word file: it has no body")
        self.add_blocks(body)
        return self.builder.finish(name, MEDIA_TYPE, digest)

    def part(self, name: str) -> etree._Element | None:
        path = posixpath.join(self.folder, f"{name}.xml")
        return self.root(path) if path in self.package.names else None

    def root(self, path: str) -> etree._Element:
        return parse_xml(self.package.read(path).replace(STRICT, TRANSITIONAL), path)

    def add_blocks(self, parent: etree._Element) -> None:
        """The paragraphs and tables of a body, cell or text box, in reading order."""
        for block in blocks(parent):
            if block.tag == W + "tbl":
                self.add_table(block)
            else:
                self.add_paragraph(block)

    def add_paragraph(self, paragraph: etree._Element) -> None:
        words = self.paragraph_text(paragraph)
        for line in words.split("\n"):
            self.builder.add_paragraph([Run(line)])
        self.add_following()

    def add_following(self) -> None:
        while self.following:
            waiting, self.following = self.following, []
            for element in waiting:
                self.add_blocks(element)

    def paragraph_text(self, paragraph: etree._Element) -> str:
        """The words of a paragraph, its number before them; a deleted paragraph mark parts nothing."""
        words = "".join(self.inline(paragraph))
        # An empty paragraph is counted by Word but shows its number only when something stands in it.
        number = self.numbering.number(paragraph)
        return number + words.strip() if words.strip() else ""

    def inline(self, element: etree._Element) -> Iterator[str]:
        """The words inside an element, without those of text boxes, which are put aside."""
        for child in element:
            tag = child.tag
            if tag == W + "t":
                yield child.text or ""
            elif tag in CHARACTERS:
                yield CHARACTERS[tag]
            elif tag in NOTES:
                self.following += self.note(NOTES[tag], attribute(child, "id"))
            elif tag == W + "txbxContent":
                self.following.append(child)
            elif tag == W + "sym":
                yield symbol(child)
            elif tag == ALTERNATE:
                yield from self.inline(alternative(child))
            elif tag not in DROPPED and not (tag == W + "r" and is_hidden(child)):
                yield from self.inline(child)

    def notes_of(self, kind: str) -> dict[str, etree._Element]:
        notes = self.part(kind)
        return {} if notes is None else {attribute(one, "id"): one for one in notes}

    def note(self, kind: str, number: str) -> list[etree._Element]:
        """A note where it is first referred to; one that refers to itself would never end."""
        note = self.notes[kind].pop(number, None)
        return [] if note is None else [note]

    def add_table(self, table: etree._Element) -> None:
        """A table with its spans; a table inside a cell follows the table around it."""
        nested: list[etree._Element] = []
        rows = [self.table_row(row, nested) for row in table_rows(table)]
        self.builder.add_table(merged_rows(rows))
        for inner in nested:
            self.add_table(inner)
        self.add_following()

    def table_row(
        self, row: etree._Element, nested: list[etree._Element]
    ) -> list[tuple[NewCell, bool]]:
        """The cells of a row, each with whether it goes on the merged cell above."""
        column = before(row)
        cells = []
        for cell in inside(row, W + "tc"):
            properties = cell.find(W + "tcPr")
            columns = max(1, whole_number(child_value(properties, "gridSpan"), 1))
            merge = properties.find(W + "vMerge") if properties is not None else None
            goes_on = merge is not None and attribute(merge, "val") != "restart"
            text = self.cell_text(cell, nested)
            cells.append((NewCell.of(text, column, columns), goes_on))
            column += columns
        return cells

    def cell_text(self, cell: etree._Element, nested: list[etree._Element]) -> str:
        lines = []
        for block in blocks(cell):
            if block.tag == W + "tbl":
                nested.append(block)
            else:
                lines.append(self.paragraph_text(block))
        return "\n".join(line for line in lines if line)


def main_part(package: Package) -> str:
    """The path of the main document, as the relations of the package name it."""
    if "_rels/.rels" in package.names:
        for relation in package.xml("_rels/.rels"):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                path = posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
                if path in package.names:
                    return path
    if "word/document.xml" in package.names:
        return "word/document.xml"
    raise DocumentError("is a damaged Word file: it has no main document")


def blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables right inside an element, also through content controls and changes."""
    for child in parent:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag == ALTERNATE:
            yield from blocks(alternative(child))
        elif child.tag not in DROPPED and child.tag not in (W + "tcPr", W + "sectPr"):
            yield from blocks(child)


def inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of this tag, also those in content controls and custom markup."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "smartTag"):
            yield from inside(child, tag)


def table_rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table but for those whose deletion is tracked."""
    for row in inside(table, W + "tr"):
        properties = row.find(W + "trPr")
        if properties is None or properties.find(W + "del") is None:
            yield row


def before(row: etree._Element) -> int:
    """How many columns of the grid a row leaves free at its left."""
    return whole_number(child_value(row.find(W + "trPr"), "gridBefore"), 0)


def merged_rows(rows: list[list[tuple[NewCell, bool]]]) -> list[list[NewCell]]:
    """The cells that open a merge, with the rows they cover; those that go on are taken into them."""
    merged: list[list[NewCell]] = [[] for _ in rows]
    heights: dict[int, int] = {}
    for index in range(len(rows) - 1, -1, -1):
        above: dict[int, int] = {}
        for cell, goes_on in rows[index]:
            height = heights.get(cell.column, 0) + 1
            if goes_on and index > 0:
                above[cell.column] = height
            else:
                merged[index].append(NewCell(cell.runs, cell.column, cell.columns, height))
        heights = above
    return merged


def alternative(element: etree._Element) -> etree._Element:
    """The one of several renderings of the same thing that is read: the first offered."""
    for tag in (CHOICE, FALLBACK):
        found = element.find(tag)
        if found is not None:
            return found
    return element


def is_hidden(run: etree._Element) -> bool:
    """Whether a run is formatted as hidden text (`w:vanish`), which no reader of the page sees."""
    properties = run.find(W + "rPr")
    vanish = properties.find(W + "vanish") if properties is not None else None
    return vanish is not None and attribute(vanish, "val") not in OFF


def symbol(element: etree._Element) -> str:
    """A character of a symbol font; those in the private area have no meaning outside their font."""
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    return chr(code) if 32 <= code < 0xD800 else ""
