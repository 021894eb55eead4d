"""Validation results as sentences for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pyoxigraph import Literal, NamedNode

from ontology.shacl.graph import Term
from ontology.shacl.report import ValidationResult

MOST_CHARACTERS = 60


def sentence_of(result: ValidationResult, prefixes: Mapping[str, str]) -> str:
    """One result: the shape, the focus node, the path, the value, and what is wrong.

    The IRIs are shortened by these prefixes.
    """
    name = shortener(prefixes)
    shape = result.shape_name.rpartition("#")[2]
    place = f"{shape}: {name(result.focus_node)}"
    if result.path is not None:
        place += f" {result.path.in_words(name)}"
    if result.value is not None and result.value != result.focus_node:
        place += f" {name(result.value)}"
    return f"{place}: {result.message}"


def shortener(prefixes: Mapping[str, str]) -> Callable[[Term], str]:
    """How terms are shown: IRIs by the longest namespace that fits, literals cut to a line."""
    by_length = sorted(prefixes.items(), key=lambda item: -len(item[1]))

    def shorten(term: Term) -> str:
        if isinstance(term, NamedNode):
            for prefix, namespace in by_length:
                if term.value.startswith(namespace):
                    return f"{prefix}:{term.value.removeprefix(namespace)}"
            return f"<{term.value}>"
        if isinstance(term, Literal):
            text = " ".join(term.value.split())
            cut = text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "…"
            return f"“{cut}”"
        return str(term)

    return shorten
