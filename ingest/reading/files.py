"""Files of every kind: the type is told from the content, and its reader makes the document."""

from __future__ import annotations

from pathlib import Path

from ingest.reading.document import Document, DocumentError
from ingest.reading.pdf import read_pdf
from ingest.reading.text import read_text


def read_file(path: Path) -> Document:
    """Read a file into a document named after it.

    Raises:
        DocumentError: the file cannot be opened or read; the sentence says why.
    """
    if path.exists() and not path.is_file():
        raise DocumentError("cannot be read: it is no regular file")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}") from error
    return read_content(path.name, content)


def read_content(name: str, content: bytes) -> Document:
    """The document in the bytes of a file.

    Raises:
        DocumentError: the bytes are of no kind that can be read, or damaged.
    """
    if b"%PDF-" in content[:1024]:
        return read_pdf(name, content)
    return read_text(name, content)
