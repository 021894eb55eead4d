"""String-based constraint components (SHACL section 4.4)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import Literal

from ontology.shacl.component import (
    Case,
    Component,
    Fault,
    ShapeSource,
    ValueComponent,
    is_true,
    text_of,
    whole_number,
)
from ontology.shacl.graph import DataGraph, Term, Values
from ontology.shacl.vocabulary import ShapesError

#: Flags of XPath (fn:matches) and what they are in Python; q, which switches patterns off, is not known.
FLAGS = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}
# An escaped character, a class in brackets, or the end of the string.
PATTERN_PARTS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class MinLength(ValueComponent):
    """sh:minLength (4.4.1): a string of at least so many characters; blank nodes have none."""

    component: ClassVar[str] = "MinLengthConstraintComponent"
    least: int

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        return cls(whole_number(value, "minLength"))

    def holds(self, value: Term, graph: DataGraph) -> bool:
        text = text_of(value)
        return text is not None and len(text) >= self.least

    def message(self) -> str:
        return f"The value should have at least {self.least} characters."


@dataclass(frozen=True, slots=True)
class MaxLength(ValueComponent):
    """sh:maxLength (4.4.2): a string of at most so many characters; blank nodes have none."""

    component: ClassVar[str] = "MaxLengthConstraintComponent"
    most: int

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        return cls(whole_number(value, "maxLength"))

    def holds(self, value: Term, graph: DataGraph) -> bool:
        text = text_of(value)
        return text is not None and len(text) <= self.most

    def message(self) -> str:
        return f"The value should have at most {self.most} characters."


@dataclass(frozen=True, slots=True)
class Pattern(ValueComponent):
    """sh:pattern with sh:flags (4.4.3): the string holds a stretch that the expression matches."""

    component: ClassVar[str] = "PatternConstraintComponent"
    pattern: str
    expression: re.Pattern[str]

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        flags = source.parameter("flags")
        return cls(
            str(text_of(value)),
            compile_pattern(str(text_of(value)), text_of(flags) if flags else ""),
        )

    def holds(self, value: Term, graph: DataGraph) -> bool:
        text = text_of(value)
        return text is not None and self.expression.search(text) is not None

    def message(self) -> str:
        return f"The value should match {self.pattern}"


@dataclass(frozen=True, slots=True)
class LanguageIn(ValueComponent):
    """sh:languageIn (4.4.4): a language-tagged string in one of the ranges."""

    component: ClassVar[str] = "LanguageInConstraintComponent"
    ranges: tuple[str, ...]

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        return cls(tuple(str(text_of(one)).lower() for one in source.graph.members(value)))

    def holds(self, value: Term, graph: DataGraph) -> bool:
        if not isinstance(value, Literal) or value.language is None:
            return False
        tag = value.language.lower()
        return any(tag == one or tag.startswith(f"{one}-") for one in self.ranges)

    def message(self) -> str:
        return f"The value should be in the language {' or '.join(self.ranges)}."


@dataclass(frozen=True, slots=True)
class UniqueLang(Component):
    """sh:uniqueLang (4.4.5): no two values in one language."""

    component: ClassVar[str] = "UniqueLangConstraintComponent"
    is_wanted: bool

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        return cls(is_true(value, "uniqueLang"))

    def faults(self, cases: Sequence[Case], graph: DataGraph) -> Iterable[Fault]:
        if not self.is_wanted:
            return ()
        several = (case for case in cases if len(case[1]) > 1)
        return [(focus, None) for focus, values in several for _ in repeated_languages(values)]

    def message(self) -> str:
        return "There should be one in each language."


def repeated_languages(values: Values) -> list[str]:
    """The languages that several of the values are in."""
    tags = (value.language for value in values if isinstance(value, Literal))
    uses = Counter(tag.lower() for tag in tags if tag)
    return [tag for tag, count in uses.items() if count > 1]


def compile_pattern(pattern: str, flags: str | None) -> re.Pattern[str]:
    """An XPath expression in Python, where `$` would also stand before a last line end.

    Raises:
        ShapesError: the pattern or a flag is none that Python has.
    """
    unknown = set(flags or "") - FLAGS.keys()
    if unknown:
        raise ShapesError(f"sh:flags {flags} is not supported: only {' '.join(FLAGS)} are")
    is_multiline = "m" in (flags or "")
    ends = pattern if is_multiline else PATTERN_PARTS.sub(end_of_string, pattern)
    try:
        return re.compile(ends, sum(FLAGS[flag] for flag in flags or ""))
    except re.error as error:
        raise ShapesError(f"sh:pattern {pattern} is not supported: {error}") from error


def end_of_string(part: re.Match[str]) -> str:
    return r"\Z" if part[0] == "$" else part[0]
