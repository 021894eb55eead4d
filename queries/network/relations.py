"""How things are joined: the rows of `relations.csv`, each with its words and its evidence."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontology.namespaces import Namespaces

TABLE = Path(__file__).parent / "relations.csv"


@dataclass(frozen=True, slots=True)
class Relation:
    """A way in which a thing is joined to another.

    path: a SPARQL property path from source to target.
    source, target: what kinds of thing it joins. A relation within one kind of concept or of division
        is a hierarchy: from a thing to the wider one.
    sentence_zh, sentence_en: what it says of `{source}` and `{target}`.
    question: the name of the question that gives the words which state it; empty where no document
        does, but a code list.
    """

    name: str
    path: str
    source: str
    target: str
    sentence_zh: str
    sentence_en: str
    question: str

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
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["name"]: Relation(**row) for row in csv.DictReader(rows)}
