"""Terms of an answer as cells of a table for people: IRIs by name, with the page that each leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from server.answer_names import NamedIri
from store.graph import Term

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = frozenset(
    f"{XSD}{name}"
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)
PLAIN = frozenset(
    (f"{XSD}string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
)


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """`kind` is iri, literal, blank, triple or unbound; `text` is what is read, `value` the IRI or lexical
    form behind it."""

    kind: str
    text: str = ""
    value: str = ""
    address: str = ""
    language: str = ""
    datatype: str = ""

    @property
    def is_number(self) -> bool:
        return self.datatype in NUMBERS


UNBOUND = AnswerCell("unbound")


def answer_cell(term: Term | None, named: Mapping[str, NamedIri]) -> AnswerCell:
    """A term as a cell; None is an unbound variable."""
    if term is None:
        return UNBOUND
    if isinstance(term, NamedNode):
        each = named[term.value]
        return AnswerCell("iri", each.name, term.value, each.address)
    if isinstance(term, Literal):
        datatype = "" if term.datatype.value in PLAIN else term.datatype.value
        return AnswerCell("literal", term.value, term.value, "", term.language or "", datatype)
    kind = "triple" if isinstance(term, Triple) else "blank"
    return AnswerCell(kind, str(term), str(term))


def iris_in(rows: Iterable[Sequence[Term | None]]) -> Iterable[str]:
    """The IRIs of an answer."""
    return (term.value for row in rows for term in row if isinstance(term, NamedNode))
