"""Basic graph patterns over columns: triple patterns joined one after the other (SPARQL 1.1, 18.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from store.columns.errors import ColumnsError, NotForColumns
from store.columns.grammar import Node, Pattern, Variable
from store.columns.index import Index, Predicate, repeated
from store.columns.terms import Numbers, Terms, mapped

# About 40 bytes of a worker each, while the join is made.
MOST_ROWS = 5_000_000
FILES = ("predicates", "by-subject-keys", "by-subject-values", "by-object-keys", "by-object-values")


@dataclass(frozen=True, eq=False)
class Triples:
    """A graph: its terms, and the triples of each predicate by its number."""

    terms: Terms
    predicates: Mapping[int, Predicate]

    @classmethod
    def open(cls, directory: Path) -> Triples:
        """The graph in a directory that `build_columns` made. Raises ColumnsError."""
        terms = Terms.open(directory)
        try:
            columns = {name: mapped(directory, name, np.int32) for name in FILES}
            starts = mapped(directory, "predicate-starts", np.int64).tolist()
        except (OSError, ValueError) as error:
            raise ColumnsError(f"The columns in {directory} cannot be read: {error}.") from error
        predicates = {}
        for place, number in enumerate(columns["predicates"].tolist()):
            rows = slice(starts[place], starts[place + 1])
            subjects, objects = (
                Index(columns[f"by-{way}-keys"][rows], columns[f"by-{way}-values"][rows])
                for way in ("subject", "object")
            )
            predicates[number] = Predicate(subjects, objects)
        return cls(terms, predicates)

    def prepare(self) -> None:
        """Make the tables that look-ups need, which are made when first needed otherwise: done before
        a process forks, they are shared. It takes 0.3 s and 60 MB for 6 million triples."""
        for predicate in self.predicates.values():
            for index in (predicate.by_subject, predicate.by_object):
                index.prepare()

    def number(self, term: bytes) -> int:
        """The number of a term; what is not there is left to the engine, which is quick to see it."""
        number = self.terms.find(term)
        if number is None:
            raise NotForColumns("a term is not in the graph")
        return number

    def predicate(self, iri: bytes) -> Predicate:
        """The triples of a predicate."""
        number = self.number(iri)
        if number not in self.predicates:
            raise NotForColumns("an IRI is the predicate of no triple")
        return self.predicates[number]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A pattern with its terms looked up: an end is a number or the name of a variable."""

    predicate: Predicate
    subject: int | str
    object: int | str

    @property
    def variables(self) -> frozenset[str]:
        return frozenset(end for end in (self.subject, self.object) if isinstance(end, str))

    def count(self) -> int:
        """How many triples it has, looked at alone."""
        if isinstance(self.subject, int):
            return len(self.predicate.by_subject.values_of(self.subject))
        if isinstance(self.object, int):
            return len(self.predicate.by_object.values_of(self.object))
        return len(self.predicate)


@dataclass(frozen=True, slots=True, eq=False)
class Bindings:
    """Solutions: a column of term numbers for each variable, all of one length."""

    columns: Mapping[str, Numbers]
    size: int

    def take(self, rows: NDArray[np.bool_] | NDArray[np.intp] | Numbers) -> Bindings:
        """Some of the solutions, by place or by mask."""
        columns = {name: column[rows] for name, column in self.columns.items()}
        return Bindings(columns, len(next(iter(columns.values()))))


def step_of(triples: Triples, pattern: Pattern) -> Step:
    """A pattern looked up in a graph. Raises NotForColumns for what is not there."""

    def end(node: Node) -> int | str:
        return node.name if isinstance(node, Variable) else triples.number(node)

    return Step(triples.predicate(pattern.predicate), end(pattern.subject), end(pattern.object))


def first_bindings(step: Step) -> Bindings:
    """The solutions of the pattern that is asked first."""
    if isinstance(step.subject, str) and isinstance(step.object, str):
        index = step.predicate.by_subject
        return Bindings({step.subject: index.keys, step.object: index.values}, len(index))
    if isinstance(step.object, str) and isinstance(step.subject, int):
        values = step.predicate.by_subject.values_of(step.subject)
        return Bindings({step.object: values}, len(values))
    if isinstance(step.subject, str) and isinstance(step.object, int):
        values = step.predicate.by_object.values_of(step.object)
        return Bindings({step.subject: values}, len(values))
    raise NotForColumns("a triple has no variable")


def next_step(steps: list[Step], bound: frozenset[str]) -> Step:
    """The step that adds fewest rows of those that share a variable with what is bound."""
    joined = [step for step in steps if step.variables & bound]
    if not joined:
        raise NotForColumns("the pattern falls in parts that share no variable")
    return min(joined, key=lambda step: growth(step, bound))


def growth(step: Step, bound: frozenset[str]) -> float:
    """How many rows come of each, on average; a check of what is bound comes before all."""
    if step.variables <= bound:
        return 0.0
    index = step.predicate.by_subject if step.subject in bound else step.predicate.by_object
    return len(index) / max(index.key_count, 1)


def join(bindings: Bindings, step: Step) -> Bindings:
    """The solutions that agree with a further pattern, with what it binds."""
    if isinstance(step.subject, str) and step.subject in bindings.columns:
        return join_from(bindings, step.predicate.by_subject, step.subject, step.object)
    if isinstance(step.object, str) and step.object in bindings.columns:
        return join_from(bindings, step.predicate.by_object, step.object, step.subject)
    raise NotForColumns("a triple shares no variable")


def join_from(bindings: Bindings, index: Index, start: str, end: int | str) -> Bindings:
    begins, ends = index.ranges(bindings.columns[start])
    if isinstance(end, str) and end not in bindings.columns and (ends - begins == 1).all():
        return Bindings({**bindings.columns, end: index.values[begins]}, bindings.size)
    if int((ends - begins).sum(dtype=np.int64)) > MOST_ROWS:
        raise NotForColumns("a join has too many rows")
    rows, places = repeated(begins, ends)
    found = index.values[places]
    if isinstance(end, int):
        return bindings.take(rows[found == end])
    if end in bindings.columns:
        return bindings.take(rows[found == bindings.columns[end][rows]])
    columns = {name: column[rows] for name, column in bindings.columns.items()}
    return Bindings({**columns, end: found}, len(rows))
