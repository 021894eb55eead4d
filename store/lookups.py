"""Queries about one thing alone, answered in this process: what a worker would take longer to be asked than
to answer.

Only a query whose work is bounded by the size of its answer counts, and that is cut: `DESCRIBE <thing>`, or a
SELECT whose patterns all have the same thing as subject, each with another variable as object. Anything
else, and whatever turns out to be large, is for the workers, which can be stopped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Store

from store.errors import StoreError
from store.evaluation import MediaTypes, Question, evaluate, media_type_of, write
from store.opening import open_store

LONGEST_QUERY = 2000
MOST_PATTERNS = 4
MOST_OBJECTS = 16
MOST_BYTES = 1 << 17
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

SPACE = r"[ \t\r\n]"
COMMENT = r"\#[^\r\n]*[\r\n]"
IRI = r"""<[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]*>"""
NAME = r"[A-Za-z][\w-]*:[A-Za-z_][\w-]*"
VARIABLE = r"[?$][A-Za-z_]\w*"
TERM = f"(?:{IRI}|{NAME})"
PAIR = f"(?:a|{TERM}|{VARIABLE}){SPACE}+(?:{TERM}|{VARIABLE})"
# Comments are read before the query itself alone: no pattern can hide in one, or be mistaken for one.
LEADING = re.compile(f"(?:{SPACE}|{COMMENT})*")
DECLARATION = re.compile(
    rf"PREFIX{SPACE}+([A-Za-z][\w-]*):{SPACE}*({IRI}){LEADING.pattern}", re.IGNORECASE
)
DESCRIBE = re.compile(rf"DESCRIBE{SPACE}+({TERM}){SPACE}*", re.IGNORECASE)
SELECT = re.compile(
    rf"SELECT{SPACE}+(?:\*|{VARIABLE}(?:{SPACE}+{VARIABLE})*){SPACE}*(?:WHERE{SPACE}*)?"
    rf"\{{{SPACE}*({TERM}){SPACE}+({PAIR}(?:{SPACE}*;{SPACE}*{PAIR})*){SPACE}*(?:\.{SPACE}*)?\}}{SPACE}*",
    re.IGNORECASE,
)
PAIRS = re.compile(rf"({TERM}|{VARIABLE}|a){SPACE}+({TERM}|{VARIABLE})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lookup:
    """The thing that a query is about, and the predicates that its patterns bind, if there are several."""

    thing: str
    predicates: tuple[str, ...]


class Lookups:
    """The store of a release on disk, open in this process for lookups."""

    def __init__(self, directory: Path) -> None:
        """Raises DamagedReleaseError."""
        self.store = open_store(directory)

    def answer(self, question: Question, media_types: MediaTypes) -> tuple[str, bytes] | None:
        """Media type and body of the answer; None for a query that is none of these, or a large answer."""
        lookup = lookup_in(question.text)
        if lookup is None or question.dataset is not None or not self.is_small(lookup):
            return None
        if question.row_limit is not None and question.row_limit <= MOST_BYTES:
            return None  # the answer might be cut, which is told by the workers
        body = SmallBody()
        try:
            results, _ = evaluate(self.store, question)
            media_type = media_type_of(results, media_types)
            if media_type is None:
                return None
            write(results, media_type, body)
        except (StoreError, TooLargeError):
            return None  # the workers tell what is wrong with it
        return media_type, bytes(body.held)

    def is_small(self, lookup: Lookup) -> bool:
        """Whether the patterns together have few solutions, whatever the order they are taken in."""
        try:
            thing, *predicates = map(NamedNode, (lookup.thing, *lookup.predicates))
        except ValueError:
            return False  # one is no IRI, which the workers tell
        return all(at_most(MOST_OBJECTS, self.store, thing, predicate) for predicate in predicates)


def at_most(number: int, store: Store, thing: NamedNode, predicate: NamedNode) -> bool:
    quads = store.quads_for_pattern(thing, predicate, None, DefaultGraph())
    return sum(1 for _ in islice(quads, number + 1)) <= number


class TooLargeError(Exception):
    """The answer is not small."""


class SmallBody:
    """A file that takes so many bytes and no more."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, piece: bytes) -> int:
        """Take a piece. Raises TooLargeError."""
        self.held += piece
        if len(self.held) > MOST_BYTES:
            raise TooLargeError
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""


def lookup_in(text: str) -> Lookup | None:
    """What a query looks up; None if it does anything else.

    >>> lookup_in("DESCRIBE <http://x.test/1>")
    Lookup(thing='http://x.test/1', predicates=())
    >>> lookup_in("PREFIX x: <http://x.test/> SELECT ?n { x:a a x:T ; x:name ?n }").predicates[1]
    'http://x.test/name'
    >>> lookup_in("SELECT ?s { ?s ?p <http://x.test/1> }") is None
    True
    """
    if len(text) > LONGEST_QUERY:
        return None
    prefixes: dict[str, str] = {}
    start = LEADING.match(text)
    at = start.end() if start else 0
    while (declared := DECLARATION.match(text, at)) is not None:
        prefixes[declared[1]] = declared[2][1:-1]
        at = declared.end()
    try:
        if described := DESCRIBE.fullmatch(text, at):
            return Lookup(expanded(described[1], prefixes), ())
        if selected := SELECT.fullmatch(text, at):
            return selected_lookup(selected[1], PAIRS.findall(selected[2]), prefixes)
    except KeyError:
        return None  # a prefix that is not declared
    return None


def selected_lookup(
    thing: str, pairs: list[tuple[str, str]], prefixes: dict[str, str]
) -> Lookup | None:
    subject = expanded(thing, prefixes)
    if len(pairs) == 1:
        (predicate, value) = pairs[0]
        return Lookup(subject, ()) if predicate[1:] != value[1:] else None
    variables = [part[1:] for pair in pairs for part in pair if part[0] in "?$"]
    is_bounded = len(pairs) <= MOST_PATTERNS and len(set(variables)) == len(variables)
    if not is_bounded or any(predicate[0] in "?$" for predicate, _ in pairs):
        return None
    return Lookup(subject, tuple(expanded(predicate, prefixes) for predicate, _ in pairs))


def expanded(term: str, prefixes: dict[str, str]) -> str:
    """The IRI of a term. Raises KeyError for a prefix without declaration."""
    if term == "a":
        return TYPE
    if term[0] == "<":
        return term[1:-1]
    prefix, _, local = term.partition(":")
    return prefixes[prefix] + local
