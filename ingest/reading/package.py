"""ZIP packages that Office files are: members are read only when they are of a size to be read.

A ZIP bomb holds gigabytes behind a few kilobytes. The sizes in the directory are summed before anything
is unpacked; one that lies does not help, since unpacking stops at the size that a member declares.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from ingest.reading.document import DocumentError
from ingest.reading.limits import ReadingLimits, in_words

# What compresses better than this holds no text; a small part, such as an empty sheet, may.
GREATEST_RATIO = 400
ALWAYS_UNPACKED_BYTES = 8 * 2**20
MOST_MEMBERS = 20_000
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


class Package:
    """The members of a ZIP file that is within its limits.

    Raises:
        DocumentError: the file is damaged, encrypted, or would unpack to more than the limit.
    """

    def __init__(self, content: bytes, limits: ReadingLimits) -> None:
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(content))
        except (*DAMAGED, ValueError) as error:
            raise DocumentError("is a damaged Office file: its ZIP directory is broken") from error
        self.names = frozenset(self.archive.namelist())
        refuse_bomb(self.archive.infolist(), limits)

    def read(self, name: str) -> bytes:
        """A member, unpacked."""
        try:
            return self.archive.read(name)
        except DAMAGED as error:
            raise DocumentError(f"is a damaged Office file: its part {name} is broken") from error

    def xml(self, name: str) -> etree._Element:
        """The root of a member in XML."""
        return parse_xml(self.read(name), name)


def refuse_bomb(members: list[zipfile.ZipInfo], limits: ReadingLimits) -> None:
    """Raises DocumentError for what no Office program writes."""
    if len(members) > MOST_MEMBERS:
        raise DocumentError(f"holds {len(members):,} parts, more than any disclosure")
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes:
        raise DocumentError(
            f"would unpack to {in_words(unpacked)}, more than the limit of {in_words(limits.unpacked_bytes)}"
        )
    for member in members:
        most = max(ALWAYS_UNPACKED_BYTES, GREATEST_RATIO * member.compress_size)
        if member.file_size > most:
            raise DocumentError(
                f"is compressed {member.file_size // max(1, member.compress_size):,} times over in its part "
                f"{member.filename}, which no Office program does"
            )
        if member.flag_bits & 1:
            raise DocumentError("is encrypted; a copy without a password is needed")


def parse_xml(content: bytes, name: str) -> etree._Element:
    """The root of an XML document; entities stay unresolved, nothing outward is fetched.

    Raises:
        DocumentError: it is not well-formed, declares entities, or is nested too deep.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(
            f"is a damaged Office file: its part {name} is no XML ({error.msg})"
        ) from error
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise DocumentError(
            f"declares a document type in its part {name}, which no Office program does"
        )
    return root
