"""The terms of a graph, numbered in the order of SPARQL: literals, IRIs, then all others.

Within literals the order is that of their lexical forms, within IRIs that of their text, both by code
point, as SPARQL 1.1 (15.1) and its MIN and MAX order simple literals and IRIs. So numbers can be
compared in place of terms wherever all terms of a column are of one kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from store.columns.errors import ColumnsError

Numbers: TypeAlias = NDArray[np.int32]
Values: TypeAlias = NDArray[np.int64]
Kind = TypeVar("Kind", bound=np.generic)

XSD = b"http://www.w3.org/2001/XMLSchema#"
INTEGER, DECIMAL = b"^^<" + XSD + b"integer>", b"^^<" + XSD + b"decimal>"
YEAR = b"^^<" + XSD + b"gYear>"
#: Numbers are kept as whole millionths: money has two decimals, percentages and rates up to six.
DECIMALS = 6
SCALE = 10**DECIMALS
NOT_KEPT = np.iinfo(np.int64).min
LARGEST = 2**62
NUMBER = re.compile(rb"(-?)(\d+)(?:\.(\d{1,6}))?")
FOUR_DIGITS = re.compile(rb"\d{4}")
ESCAPE = re.compile(rb"\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))")
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
#: Kinds of literals by what stands behind the quotes; see `kind_of`.
OTHER_KIND = 0


def sort_key(term: bytes) -> tuple[int, bytes]:
    """Where a term in N-Triples stands among all.

    >>> sort_key(b'"a"@zh') < sort_key(b'"a!"@zh') < sort_key(b"<a>") < sort_key(b"_:b")
    True
    """
    if term.startswith(b'"'):
        end = term.rindex(b'"')
        return 0, unescaped(term[1:end]) + b"\0" + term[end + 1 :]
    if is_iri(term):
        return 1, term[1:-1]
    return 2, term


def is_iri(term: bytes) -> bool:
    return term.startswith(b"<") and not term.startswith(b"<<")


def unescaped(text: bytes) -> bytes:
    """A string of N-Triples without its escapes."""
    return ESCAPE.sub(meant, text) if b"\\" in text else text


def meant(found: re.Match[bytes]) -> bytes:
    code = found[1] or found[2]
    return chr(int(code, 16)).encode() if code else ESCAPED.get(found[3], found[3])


def kept_number(term: bytes) -> int:
    """The value of an integer or a decimal in millionths; NOT_KEPT of all else and of longer ones.

    >>> kept_number(b'"-0.25"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    -250000
    """
    if not term.endswith((INTEGER, DECIMAL)):
        return int(NOT_KEPT)
    found = NUMBER.fullmatch(term[1 : term.rindex(b'"')])
    if found is None:
        return int(NOT_KEPT)
    sign, whole, fraction = found.groups()
    value = int(whole) * SCALE + int((fraction or b"").ljust(DECIMALS, b"0"))
    return (-value if sign else value) if value < LARGEST else int(NOT_KEPT)


def kind_of(term: bytes) -> bytes:
    """What stands behind the quotes of a literal; a year of other than four digits is set apart,
    since its text does not order it."""
    end = term.rindex(b'"')
    suffix = term[end + 1 :]
    if suffix == YEAR and not FOUR_DIGITS.fullmatch(term[1:end]):
        return b"^^other"
    return suffix


@dataclass(frozen=True, eq=False)
class Terms:
    """All terms by number, counted from 0.

    `text` holds them in N-Triples one behind the other, `starts` where each begins. For the literals,
    which come first, `numbers` has their values in millionths and `kinds` which of `kind_names` each
    is of. IRIs are those from `first_iri` and below `first_other`.
    """

    text: NDArray[np.uint8]
    starts: Values
    numbers: Values
    kinds: NDArray[np.uint16]
    kind_names: tuple[bytes, ...]
    first_iri: int
    first_other: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> bytes:
        """The term of a number, in N-Triples."""
        return self.text[self.starts[number] : self.starts[number + 1]].tobytes()

    def written(self, numbers: Iterable[int]) -> Iterator[str]:
        """Terms as a query may write them."""
        return (self[number].decode() for number in numbers)

    def find(self, term: bytes) -> int | None:
        """The number of a term in N-Triples, by bisection."""
        key = sort_key(term)
        bounds = (0, self.first_iri, self.first_other, len(self))
        low, high = bounds[key[0]], bounds[key[0] + 1]
        while low < high:
            middle = (low + high) // 2
            if sort_key(self[middle]) < key:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self[low] == term else None

    @cached_property
    def orderable(self) -> NDArray[np.bool_]:
        """Of which kinds the numbers are in the order of SPARQL: strings, and years of four digits."""
        return np.array([is_orderable(name) for name in self.kind_names], bool)

    def order_of(self, column: Numbers) -> Values | None:
        """Whole numbers in the order that ORDER BY, MIN and MAX give to the terms of a column, equal
        for no two terms unless SPARQL says that they are; None if the column mixes kinds."""
        if not len(column) or column.min() >= self.first_iri:
            return column.astype(np.int64) if self.all_writable(column) else None
        if column.max() >= self.first_iri:
            return None
        kinds = self.kinds[column]
        if (kinds != kinds[0]).any():
            return None
        if self.orderable[kinds[0]]:
            return column.astype(np.int64)
        return self.values_of(column)

    def values_of(self, column: Numbers) -> Values | None:
        """The values of a column in millionths; None if any is not such a number."""
        if not len(column) or column.max() >= self.first_iri:
            return None
        values = self.numbers[column]
        return None if (values == NOT_KEPT).any() else values

    def all_writable(self, column: Numbers) -> bool:
        """Whether a query can write all terms of a column: blank nodes cannot be."""
        return not len(column) or int(column.max()) < self.first_other

    def save(self, directory: Path) -> None:
        """Write the files that `open` reads."""
        for name in ("text", "starts", "numbers", "kinds"):
            np.save(directory / f"terms-{name}.npy", getattr(self, name))
        bounds = f"{self.first_iri}\n{self.first_other}\n".encode()
        (directory / "terms.txt").write_bytes(bounds + b"\n".join(self.kind_names))

    @classmethod
    def open(cls, directory: Path) -> Terms:
        """The terms in a directory; their files are shared by all processes. Raises ColumnsError."""
        try:
            first_iri, first_other, *names = (directory / "terms.txt").read_bytes().split(b"\n")
            return cls(
                text=mapped(directory, "terms-text", np.uint8),
                starts=mapped(directory, "terms-starts", np.int64),
                numbers=mapped(directory, "terms-numbers", np.int64),
                kinds=mapped(directory, "terms-kinds", np.uint16),
                kind_names=tuple(names),
                first_iri=int(first_iri),
                first_other=int(first_other),
            )
        except (OSError, ValueError) as error:
            raise ColumnsError(f"The columns in {directory} cannot be read: {error}.") from error


def is_orderable(kind: bytes) -> bool:
    return kind in (b"", YEAR) or kind.startswith(b"@")


def mapped(directory: Path, name: str, kind: type[Kind]) -> NDArray[Kind]:
    """An array on disk, as memory that processes share. Raises OSError, and ValueError for another."""
    array = np.load(directory / f"{name}.npy", mmap_mode="r")
    if array.dtype != kind:
        raise ValueError(f"{name}.npy holds numbers of the kind {array.dtype}, not {kind.__name__}")
    return np.asarray(array, kind)
