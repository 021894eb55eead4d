"""How things are joined: the rows of `relations.csv`, each with its evidence and its words.

The words stand in `relation_words.csv`, the names of the kinds of things in `kinds.csv`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontology.namespaces import Namespaces

FOLDER = Path(__file__).parent
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class RelationWords:
    """What a relation is called in one language, and what it says.

    label: what the targets are to a source, as a heading.
    inverse: what the sources are to a target, as a heading.
    sentence: what it says of `{source}` and `{target}`.
    shared: of two sources, `{one}` and `{other}`, of one `{target}`.
    sharing: of two targets, `{one}` and `{other}`, of one `{source}`.
    """

    label: str
    inverse: str
    sentence: str
    shared: str
    sharing: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things: its names, in English for one thing and for several."""

    kind: str
    zh: str
    en: str
    plural_en: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A way in which a thing is joined to another.

    path: a SPARQL property path from source to target.
    source, target: what kinds of thing it joins. A relation within one kind of concept or of division
        is a hierarchy: from a thing to the wider one.
    question: the name of the question that gives the words which state it; empty where no document
        does, but a code list.
    years: the name of the question for the fiscal years of all its pairs; empty where it has none.
    words: what it says, by language.
    """

    name: str
    path: str
    source: str
    target: str
    question: str
    years: str
    words: Mapping[str, RelationWords]

    @property
    def sentence_zh(self) -> str:
        """What it says of `{source}` and `{target}` in Chinese."""
        return self.words["zh"].sentence

    @property
    def sentence_en(self) -> str:
        """The same in English."""
        return self.words["en"].sentence

    @property
    def is_hierarchy(self) -> bool:
        return self.source == self.target and not self.question

    def query(self, base: str) -> str:
        """The query for all pairs of source and target."""
        prefixes = Namespaces(base).prefixes()
        needed = {name for name in prefixes if f"{name}:" in self.path}
        lines = [f"PREFIX {name}: <{prefixes[name]}>" for name in sorted(needed)]
        return "\n".join(
            [*lines, f"SELECT DISTINCT ?source ?target {{ ?source {self.path} ?target }}"]
        )


@cache
def relations() -> dict[str, Relation]:
    """All relations by name, in the order of the table: the first joins two things that several could."""
    words: dict[str, dict[str, RelationWords]] = {}
    for row in table_rows("relation_words"):
        relation, language = row.pop("relation"), row.pop("language")
        words.setdefault(relation, {})[language] = RelationWords(**row)
    return {
        row["name"]: Relation(**row, words=words[row["name"]]) for row in table_rows("relations")
    }


@cache
def kinds() -> dict[str, Kind]:
    """The kinds of things that relations join, by name."""
    return {row["kind"]: Kind(**row) for row in table_rows("kinds")}


def table_rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))
