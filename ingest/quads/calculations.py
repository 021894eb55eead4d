"""Calculations: the arithmetic of an anomaly as terms, an operator and a result that queries can read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pyoxigraph import Literal, NamedNode, Triple

from ingest.bilingual import Bilingual
from ingest.calculations import Calculation, Operand
from ingest.quads.disclosure import Disclosure
from ingest.quads.vocabulary import RDFS, A, Property, boolean, decimal, describe, integer
from ontology.codes import code_list


def calculation_triples(
    disclosure: Disclosure, anomaly: NamedNode, calculation: Calculation
) -> Iterator[Triple]:
    """The calculation of an anomaly and its terms in their order."""
    gl = disclosure.gl
    node = NamedNode(f"{anomaly.value}#calculation")
    yield Triple(anomaly, gl["calculation"], node)
    terms = [NamedNode(f"{anomaly.value}#term-{n + 1}") for n in range(len(calculation.terms))]
    yield from describe(
        node,
        (
            (A, gl["Calculation"]),
            *labels(calculation.label),
            (gl["operator"], disclosure.code("operator", calculation.operator)),
            *((gl["hasTerm"], term) for term in terms),
            (gl["computed"], decimal(calculation.computed)),
            (gl["stated"], decimal(calculation.stated)),
            (gl["difference"], decimal(calculation.difference)),
            (gl["unit"], unit_node(disclosure, calculation.unit)),
        ),
    )
    for number, (term, operand) in enumerate(zip(terms, calculation.terms, strict=True), start=1):
        yield from term_triples(disclosure, term, number, operand)


def term_triples(
    disclosure: Disclosure, node: NamedNode, number: int, operand: Operand
) -> Iterator[Triple]:
    gl = disclosure.gl
    yield from describe(
        node,
        (
            (A, gl["CalculationTerm"]),
            *labels(operand.label),
            (gl["ordinal"], integer(number)),
            (gl["termValue"], decimal(operand.value)),
            (gl["unit"], unit_node(disclosure, operand.unit)),
            (gl["divides"], boolean(True) if operand.divides else None),
        ),
    )


def labels(label: Bilingual) -> Iterator[Property]:
    """The label in both languages; none where there are no words."""
    for language, words in (("zh", label.zh), ("en", label.en)):
        if words:
            yield RDFS["label"], Literal(words, language=language)


def unit_node(disclosure: Disclosure, unit: str) -> NamedNode | None:
    """The concept of a printed unit; None for bare numbers and for units that are in no list."""
    notation = notations_of_units().get(unit)
    return disclosure.code("unit", notation) if notation else None


@cache
def notations_of_units() -> dict[str, str]:
    return {concept.label_zh: notation for notation, concept in code_list("unit").items()}
