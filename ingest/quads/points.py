"""Points of the fiscal cube: the keys of the facts, with nature as a dimension of its own."""

from __future__ import annotations

from typing import NamedTuple

from ingest.facts import Baseline, ObservationKey
from ontology.codes import item_notation

# Items of the facts that the cube holds as natures of total expenditure (ONTOLOGY 2.5).
NATURES = frozenset({"basic", "project", "operating", "remit-to-superior", "subsidy-to-affiliated"})
# What a comparison is made with: how many years back, in which phase.
BASELINES: dict[Baseline, tuple[int, str]] = {
    "previous-final": (1, "final"),
    "initial-budget": (0, "initial-budget"),
    "adjusted-budget": (0, "adjusted-budget"),
    "previous-budget": (1, "initial-budget"),
}


class CubePoint(NamedTuple):
    """One point of the fiscal cube of one office."""

    fund: str
    flow: str
    item: str
    nature: str
    phase: str
    year: str

    def __str__(self) -> str:
        """The point as it stands in IRIs: `fund.flow.item.nature.phase.year`."""
        return ".".join(self)


def cube_point(key: ObservationKey) -> CubePoint:
    """The point of a fact. Basic, project and operating *expenditure* are natures of the total.

    >>> str(cube_point(ObservationKey("all", "expenditure", "basic", "2020", "final")))
    'all.expenditure.total.basic.final.2020'
    >>> str(cube_point(ObservationKey("all", "income", "operating", "2020", "final")))
    'all.income.operating.all.final.2020'
    """
    is_nature = key.flow == "expenditure" and key.item in NATURES
    item, nature = ("total", key.item) if is_nature else (key.item, "all")
    return CubePoint(key.fund, key.flow, item_notation(item), nature, key.phase, key.year)


def baseline_point(point: CubePoint, baseline: Baseline) -> CubePoint | None:
    """The point that a comparison is made with; None if that would be the compared point itself."""
    years_back, phase = BASELINES[baseline]
    other = point._replace(phase=phase, year=str(int(point.year) - years_back))
    return None if other == point else other
