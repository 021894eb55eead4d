"""The arithmetic of findings, laid out as a small sum: one figure a line, with its sign and its label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from server.publication import Publication, Row

MINUS, DIVIDED_BY, EQUALS = "−", "÷", "="
#: Names of properties that are shorter here.
SHORT = {"termValue": "value"}
#: The ends of the IRIs of units.
PERCENT, PERCENTAGE_POINT = "/percent", "/percentage-point"


@dataclass(frozen=True, slots=True)
class SumLine:
    """A line of a sum. `role` is `term`, `computed`, `stated` or `difference`; a figure that stands in the
    divisor `divides`, the last of several `closes` its bracket. `unit` is an IRI, empty for a bare number."""

    role: str
    sign: str
    zh: str
    en: str
    figure: str
    unit: str = ""
    divides: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A calculation as the graph has it, and how it is laid out."""

    calculation: Row
    terms: tuple[Row, ...]

    @property
    def lines(self) -> list[SumLine]:
        """The terms, the result, and what is stated against it."""
        return [*self.term_lines(), *self.result_lines()]

    def term_lines(self) -> Iterator[SumLine]:
        places = places_by_unit(self.terms)
        divisors = [term for term in self.terms if divides(term)]
        brackets = len(divisors) > 1
        for number, term in enumerate(self.terms):
            value, unit = Decimal(term["value"]), term.get("unit", "")
            opens = divisors[:1] == [term]
            sign = MINUS if value < 0 else "" if number == 0 or opens else "+"
            opening = f"{DIVIDED_BY} (" if brackets else DIVIDED_BY
            yield SumLine(
                "term",
                f"{opening} {sign}".rstrip() if opens else sign,
                term.get("zh", ""),
                term.get("en", ""),
                shown(abs(value), places[unit]),
                unit,
                divides(term),
                brackets and term is divisors[-1],
            )

    def result_lines(self) -> Iterator[SumLine]:
        row = self.calculation
        unit = row.get("unit", "")
        figures = [
            Decimal(row[name]) for name in ("computed", "stated", "difference") if name in row
        ]
        places = max(fewest_places(unit), *map(decimals, figures))
        if self.operator == "sum":
            places = max(places, places_by_unit(self.terms).get(unit, 0))
        told = (row.get("zh", ""), row.get("en", ""))
        words = (told, ("文中", "stated"), ("差额", "difference"))
        roles = ("computed", "stated", "difference")
        for role, value, (zh, en) in zip(roles, figures, words, strict=False):
            if role == "computed" and self.is_plain:
                continue
            sign = EQUALS if role == "computed" else ""
            plus = "+" if role == "difference" and value > 0 else ""
            if role == "difference" and unit.endswith(PERCENT):
                unit = unit.removesuffix(PERCENT) + PERCENTAGE_POINT
            yield SumLine(role, sign, zh, en, plus + shown(value, places), unit)

    @property
    def is_plain(self) -> bool:
        """Whether one figure stands against another, with nothing to compute."""
        same_unit = self.terms[0].get("unit") == self.calculation.get("unit")
        return self.operator == "sum" and len(self.terms) == 1 and same_unit

    @property
    def operator(self) -> str:
        """`sum`, `quotient` or `percentage`."""
        return self.calculation["operator"].rpartition("/")[2]


def arithmetic_of(publication: Publication, anomalies: Iterable[str]) -> dict[str, Arithmetic]:
    """The arithmetic of findings by their IRIs; some have none."""
    asked = [NamedNode(iri) for iri in anomalies]
    if not asked:
        return {}
    calculations: defaultdict[str, Row] = defaultdict(dict)
    for row in publication.ask("calculations", anomaly=asked):
        calculations[row["anomaly"]] |= said(row)
    terms: defaultdict[str, defaultdict[str, Row]] = defaultdict(lambda: defaultdict(dict))
    for row in publication.ask("calculation-terms", anomaly=asked):
        terms[row["anomaly"]][row["term"]] |= said(row)
    return {
        iri: Arithmetic(
            calculations[iri], tuple(sorted(found.values(), key=lambda one: int(one["ordinal"])))
        )
        for iri, found in terms.items()
        if "computed" in calculations[iri]
    }


def said(row: Row) -> Row:
    """What a triple of a calculation or a term says: `value` by the name of its property, a label by its
    language."""
    name = row["property"].replace("#", "/").rpartition("/")[2]
    return {row["language"] if name == "label" else SHORT.get(name, name): row["value"]}


def divides(term: Row) -> bool:
    return term.get("divides") in ("true", "1")


def places_by_unit(terms: Sequence[Row]) -> Mapping[str, int]:
    """The decimals that figures of a unit are shown with, so that they stand below each other."""
    places: dict[str, int] = {}
    for term in terms:
        unit = term.get("unit", "")
        least = places.get(unit, fewest_places(unit))
        places[unit] = max(least, decimals(Decimal(term["value"])))
    return places


def fewest_places(unit: str) -> int:
    """Money and percentages are printed with two decimals at least, other things with none."""
    return 2 if unit.endswith(("yuan", PERCENT)) else 0


def decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def shown(value: Decimal, places: int) -> str:
    """A figure with a true minus sign and thousands separators.

    >>> shown(Decimal("-12345.5"), 2)
    '−12,345.50'
    """
    return f"{value:,.{places}f}".replace("-", MINUS)
