"""Which files a command is about: files as named, folders searched for documents, patterns expanded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from guanlian.errors import UsageError

# What a folder is searched for. A file that is named outright is tried whatever it is called.
DOCUMENT_SUFFIXES = frozenset(
    {
        ".txt", ".pdf", ".doc", ".docx", ".docm", ".wps", ".rtf", ".xls", ".xlsx", ".xlsm", ".et", ".htm",
        ".html", ".xhtml", ".shtml", ".mht", ".mhtml",
    }
)  # fmt: skip
# Locks of Word and LibreOffice, and what macOS keeps of a file on a foreign disk.
LEFT_BESIDE = ("~$", ".~", "._")


def find_files(names: Iterable[str]) -> list[Path]:
    """The files in the order named, each once; those of a folder by name.

    Raises:
        UsageError: a name is no file, no folder, and a pattern of none.
    """
    found = {path.resolve(): path for name in names for path in files_of(name)}
    return list(found.values())


def files_of(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        yield from sorted(inside for inside in path.rglob("*") if is_document(inside))
    elif path.exists():
        yield path
    elif matched := sorted(one for one in Path(path.anchor).glob(relative(path)) if one.is_file()):
        yield from matched
    else:
        raise UsageError(f"there is no file or folder {name}")


def is_document(path: Path) -> bool:
    """Whether a folder is searched for this: not what programs leave beside a document that is open."""
    return (
        path.suffix.lower() in DOCUMENT_SUFFIXES
        and not path.name.startswith(LEFT_BESIDE)
        and not path.is_dir()
    )


def relative(pattern: Path) -> str:
    """A pattern as `Path.glob` takes it: counted from its anchor."""
    return str(pattern.relative_to(pattern.anchor)) if pattern.anchor else str(pattern)
