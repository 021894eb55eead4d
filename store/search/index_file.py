"""How entries get into the file of an index and out of it (see `store.search.schema`)."""

from __future__ import annotations

import json
import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from store.search.entries import DIMENSIONS, Entry, Place
from store.search.folding import tokens
from store.search.pinyin import NO_SYLLABLE, initials, syllables
from store.search.schema import ENTRY_COLUMNS, SCHEMA

#: Kinds whose names are typed as pinyin.
SPELT_KINDS = frozenset({"office", "theme"})


def open_private(path: Path) -> sqlite3.Connection:
    """An index that only this process knows: written without care for a crash, since a file that is not
    finished is thrown away."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    return connection


def create(connection: sqlite3.Connection) -> None:
    """The tables, in a new file."""
    connection.executescript(SCHEMA)


def spell(entry: Entry) -> str:
    """The syllables of the names, those of a name with blanks between, names on lines of their own; none
    for kinds that nobody spells."""
    if entry.kind not in SPELT_KINDS:
        return ""
    names = filter(None, (entry.name, *entry.other_names))
    return "\n".join(" ".join(syllables(name)) for name in names)


def grams_of(entry: Entry, spelling: str) -> tuple[str, str, str, str, str]:
    """The tokens of an entry, a text for each column of `grams`."""
    spelt = [line.split(" ") for line in spelling.splitlines()]
    letters = " ".join(tokens_of_letters(initials(name)) for name in spelt)
    return (
        tokens(entry.name),
        # Names stand apart, so that no phrase reaches from one into the next.
        f" {NO_SYLLABLE} ".join(map(tokens, entry.other_names)),
        tokens(entry.text),
        letters,
        f" {NO_SYLLABLE} ".join(" ".join(name) for name in spelt),
    )


def tokens_of_letters(letters: str) -> str:
    """Initials as overlapping pairs, as if letters were Chinese characters.

    >>> tokens_of_letters("sjyj")
    'sj jy yj j'
    """
    return " ".join(letters[at : at + 2] for at in range(len(letters)))


def insert(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Put entries in; one whose IRI is there already is left out."""
    connection.execute("BEGIN")
    number: int = connection.execute("SELECT COALESCE(MAX(id), 0) FROM entry").fetchone()[0]
    for entry in entries:
        spelling = spell(entry)
        inserted = connection.execute(
            f"INSERT OR IGNORE INTO entry ({ENTRY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number + 1, *row_of(entry), spelling),
        )
        if inserted.rowcount == 0:
            continue
        number += 1
        connection.execute(
            "INSERT INTO grams (rowid, name, other_names, text, initials, syllables) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (number, *grams_of(entry, spelling)),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO syllable VALUES (?)",
            [(one,) for one in set(spelling.split()) - {NO_SYLLABLE}],
        )
    connection.execute("COMMIT")


def remove(connection: sqlite3.Connection, iris: Iterable[str]) -> None:
    """Take entries out. A contentless table has to be told the tokens that go."""
    connection.execute("BEGIN")
    for iri in iris:
        row = connection.execute(
            f"SELECT {ENTRY_COLUMNS} FROM entry WHERE iri = ?", (iri,)
        ).fetchone()
        connection.execute("DELETE FROM entry WHERE id = ?", (row[0],))
        connection.execute(
            "INSERT INTO grams (grams, rowid, name, other_names, text, initials, syllables) "
            "VALUES ('delete', ?, ?, ?, ?, ?, ?)",
            (row[0], *grams_of(entry_of_row(row[1:-1]), row[-1])),
        )
    connection.execute("COMMIT")


def row_of(entry: Entry) -> tuple[str | int | None, ...]:
    place = entry.place
    return (
        entry.iri,
        entry.kind,
        entry.name,
        json.dumps(entry.other_names, ensure_ascii=False),
        entry.text,
        *((place.document, place.start, place.end) if place else (None, None, None)),
        json.dumps(entry.facets, ensure_ascii=False, sort_keys=True),
    )


def entry_of_row(row: Sequence[str | int | None]) -> Entry:
    """The entry in a row of `entry`, from `iri` to `facets`."""
    iri, kind, name, others, text, document, start, end, facets = row
    place = None if document is None else Place(str(document), int(start or 0), int(end or 0))
    values = {dimension: tuple(found) for dimension, found in json.loads(str(facets)).items()}
    return Entry(
        iri=str(iri),
        kind=str(kind),
        name=str(name),
        other_names=tuple(json.loads(str(others))),
        text=str(text),
        place=place,
        facets=values,
    )


def stored(
    connection: sqlite3.Connection, documents: Iterable[str], kinds: Iterable[str]
) -> Iterator[tuple[str, Entry]]:
    """The entries of some kinds, and those of any kind that some documents state, by IRI."""
    select = f"SELECT {ENTRY_COLUMNS} FROM entry WHERE"
    for column, values in (("kind", kinds), ("document", documents)):
        for value in values:
            for row in connection.execute(f"{select} {column} = ?", (value,)):
                yield row[1], entry_of_row(row[1:-1])


def stored_sources(connection: sqlite3.Connection, base_iri: str) -> dict[str, str]:
    """The documents that an index was made from, with their digests; none if under another base."""
    base = connection.execute("SELECT value FROM property WHERE name = 'base'").fetchone()
    if base is None or base[0] != base_iri:
        return {}
    return dict(connection.execute("SELECT document, digest FROM source"))


def finish(connection: sqlite3.Connection, sources: Mapping[str, str], base_iri: str) -> None:
    """Make what searching needs out of the entries, and tell what they were made from."""
    write_facets(connection)
    connection.execute("BEGIN")
    connection.execute("DELETE FROM source")
    connection.executemany("INSERT INTO source VALUES (?, ?)", sources.items())
    connection.execute("REPLACE INTO property VALUES ('base', ?)", (base_iri,))
    connection.execute("COMMIT")
    connection.execute("INSERT INTO grams (grams) VALUES ('optimize')")


def write_facets(connection: sqlite3.Connection) -> None:
    numbers: dict[tuple[str, str], int] = {}
    columns: dict[str, tuple[list[int], list[int]]] = {name: ([], []) for name in DIMENSIONS}
    for entry, facets in connection.execute("SELECT id, facets FROM entry ORDER BY id"):
        for dimension, values in json.loads(facets).items():
            for value in values:
                columns[dimension][0].append(entry)
                columns[dimension][1].append(numbers.setdefault((dimension, value), len(numbers)))
    connection.execute("BEGIN")
    connection.execute("DELETE FROM facet_value")
    connection.execute("DELETE FROM facet_column")
    connection.executemany(
        "INSERT INTO facet_value VALUES (?, ?, ?)",
        [(number, *named) for named, number in numbers.items()],
    )
    connection.executemany(
        "INSERT INTO facet_column VALUES (?, ?, ?)",
        [
            (name, as_bytes(entries), as_bytes(values))
            for name, (entries, values) in columns.items()
        ],
    )
    connection.execute("COMMIT")


def as_bytes(numbers: Sequence[int]) -> bytes:
    found = array("i", numbers)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()
