"""Classes that a document prints and no edition known here has: described with the document."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ingest.quads.disclosure import Disclosure
from ingest.quads.observations import stated_points
from ingest.quads.vocabulary import SKOS, A, chinese, describe
from ontology.codes import code_list

#: By the prefix of the notation: the scheme, and what its classes are called. The printed name is no part
#: of the facts, so the label is the code.
CLASSIFICATIONS = {
    "func": ("function", "支出功能分类科目{}", "Class by function {}"),
    "econ": ("economic", "支出经济分类科目{}", "Economic class {}"),
}
# 款 and 类 have five and three digits.
LEVELS_ABOVE = (5, 3)


def unlisted_class_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """A concept for each class without one in the code lists, below the nearest class that has one.

    Without it an observation would have an item that nothing names, and queries by label or by the
    class above would pass over its amount.
    """
    listed = code_list("item")
    stated = {point.item for point in stated_points(disclosure)}
    for notation in sorted(stated - listed.keys()):
        prefix, _, code = notation.partition("-")
        if prefix in CLASSIFICATIONS:
            yield from _class_triples(disclosure, prefix, code)


def _class_triples(disclosure: Disclosure, prefix: str, code: str) -> Iterator[Triple]:
    scheme, label_zh, label_en = CLASSIFICATIONS[prefix]
    properties = (
        (A, SKOS["Concept"]),
        (SKOS["inScheme"], NamedNode(disclosure.iris.scheme("item"))),
        (SKOS["inScheme"], NamedNode(disclosure.iris.scheme(scheme))),
        (SKOS["notation"], Literal(code)),
        (SKOS["broader"], disclosure.code("item", _above(prefix, code))),
        (SKOS["prefLabel"], chinese(label_zh.format(code))),
        (SKOS["prefLabel"], Literal(label_en.format(code), language="en")),
    )
    yield from describe(disclosure.code("item", f"{prefix}-{code}"), properties)


def _above(prefix: str, code: str) -> str:
    places = (f"{prefix}-{code[:width]}" for width in LEVELS_ABOVE if width < len(code))
    return next((place for place in places if place in code_list("item")), "total")
