"""The tables of an index, and where the index of a release lies.

`grams` is contentless: FTS5 keeps the tokens only, the words stand in `entry` once. The hits of a common
word are many, so what they are counted and narrowed by is kept as arrays of numbers (`facet_column`, four
bytes each, the lowest first), not as rows to be joined.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = "search"
#: Raised whenever an index of before would answer otherwise; it is part of the name of the file.
FORMAT = 1
SUFFIX = f".{FORMAT}.sqlite"
SCHEMA = """
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,
  other_names TEXT NOT NULL, text TEXT NOT NULL, document TEXT, "start" INTEGER, "end" INTEGER,
  facets TEXT NOT NULL, spelling TEXT NOT NULL
);
CREATE INDEX entry_document ON entry (document);
CREATE TABLE facet_value (id INTEGER PRIMARY KEY, dimension TEXT NOT NULL, value TEXT NOT NULL);
CREATE TABLE facet_column (dimension TEXT PRIMARY KEY, entries BLOB NOT NULL, "values" BLOB NOT NULL);
CREATE TABLE source (document TEXT PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE syllable (syllable TEXT PRIMARY KEY);
CREATE TABLE property (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE VIRTUAL TABLE grams USING fts5 (
  name, other_names, text, initials, syllables, content='', tokenize="ascii tokenchars '.'"
);
"""
#: What a hit in each column of `grams` is worth (BM25).
COLUMN_WEIGHTS = (8.0, 4.0, 1.0, 4.0, 4.0)
ENTRY_COLUMNS = 'id, iri, kind, name, other_names, text, document, "start", "end", facets, spelling'


def index_path(release: Path) -> Path:
    """Where the index of a release lies, by the directory of the release."""
    return release.parent.parent / FOLDER / f"{release.name}{SUFFIX}"
