"""The office profile: amounts by heads, guests, vehicles and totals, as far as a document states both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from ingest.facts import ObservationKey
from ingest.quads.breakdowns import BUDGETS_WITHIN, Ledger, own_phase
from ingest.quads.counts import count_node, stated_counts
from ingest.quads.disclosure import Disclosure
from ingest.quads.observations import observation_node
from ingest.quads.points import cube_point
from ingest.quads.vocabulary import PROV, A, decimal, describe, year
from ontology.profile import Denominator, ProfileMeasure, profile_measures

# Values of a profile are rounded as the documents do: yuan and percent with two decimals.
CENT = Decimal("0.01")
FACTORS = {"percent": Decimal(100)}


class Number(NamedTuple):
    """An observation and the value that it states: yuan, or a count."""

    node: NamedNode
    value: Decimal


@dataclass(frozen=True, slots=True)
class ProfileFigure:
    """One measure of an office: its value in the unit of the measure, and the facts that it follows from."""

    measure: ProfileMeasure
    fund: str
    value: Decimal
    numerator: NamedNode
    denominator: NamedNode


def profile_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """Every figure of the profile, with the amount and the count or total that it was derived from."""
    gl, code = disclosure.gl, disclosure.code
    for figure in profile_figures(disclosure):
        yield from describe(
            disclosure.own("profile", figure.measure.notation),
            (
                (A, gl["ProfileFigure"]),
                (gl["organization"], disclosure.office),
                (gl["scope"], disclosure.scope),
                (gl["fiscalYear"], year(disclosure.facts.fiscal_year)),
                (gl["phase"], code("phase", own_phase(disclosure))),
                (gl["fund"], code("fund", figure.fund)),
                (gl["profileMeasure"], code("profile-measure", figure.measure.notation)),
                (gl["profileValue"], decimal(figure.value)),
                (gl["unit"], code("unit", figure.measure.unit)),
                (gl["numerator"], figure.numerator),
                (gl["denominator"], figure.denominator),
                (PROV["wasDerivedFrom"], figure.numerator),
                (PROV["wasDerivedFrom"], figure.denominator),
            ),
        )


def profile_figures(disclosure: Disclosure) -> Iterator[ProfileFigure]:
    """The measures whose numerator and denominator the document states, each of the widest fund."""
    ledger, counts = Ledger.of(disclosure), heads_and_things(disclosure)
    for measure in profile_measures().values():
        figures = (
            ratio(ledger, counts, measure, denominator, fund)
            for denominator in measure.denominators
            for fund in BUDGETS_WITHIN
        )
        first = next((figure for figure in figures if figure is not None), None)
        if first is not None:
            yield first


def ratio(
    ledger: Ledger,
    counts: Mapping[str, Number],
    measure: ProfileMeasure,
    denominator: Denominator,
    fund: str,
) -> ProfileFigure | None:
    """Numerator by denominator; None where one is not stated, or the denominator is zero."""
    amount = expenditure(ledger, fund, measure.numerator)
    is_count = denominator.kind == "count"
    item = denominator.item
    divisor = counts.get(item) if is_count else expenditure(ledger, fund, item)
    if amount is None or divisor is None or not divisor.value:
        return None
    value = amount.value / divisor.value * FACTORS.get(measure.unit, Decimal(1))
    rounded = value.quantize(CENT, ROUND_HALF_UP)
    return ProfileFigure(measure, fund, rounded, amount.node, divisor.node)


def expenditure(ledger: Ledger, fund: str, item: str) -> Number | None:
    """What was spent on an item, in yuan, if the document states it."""
    year, phase = ledger.disclosure.facts.fiscal_year, own_phase(ledger.disclosure)
    point = cube_point(ObservationKey(fund, "expenditure", item, year, phase))
    if point not in ledger.amounts:
        return None
    return Number(observation_node(ledger.disclosure, point), ledger.amounts[point])


def heads_and_things(disclosure: Disclosure) -> dict[str, Number]:
    """The counts by item, with their observations: of the year of the document, else of the latest before
    (a budget tells the staff of the year before its own)."""
    told = sorted(stated_counts(disclosure).items(), key=lambda entry: entry[0][1])
    return {
        item: Number(count_node(disclosure, item, count_year), Decimal(counts[0].value))
        for (item, count_year), counts in told
        if count_year <= disclosure.facts.fiscal_year
    }
