"""Which findings are asked for: filters of several choices each, counted, sorted, and page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from server.findings import GRAVITY, Finding, by_place
from server.links import Links

Order = Literal["severity", "newest", "place"]
#: Where the things of a dimension are, below the base IRI; the rest of the IRI is what a parameter names.
BELOW = {
    "kind": "code/anomaly/",
    "severity": "code/severity/",
    "office": "id/org/",
    "region": "id/div/",
    "document": "id/doc/",
}
DIMENSIONS = ("severity", "kind", "year", "region", "office", "document")
PAGE_SIZE = 50


class AuditParameters(BaseModel):
    """The parameters of the audit. One given several times keeps the findings of any of its values."""

    model_config = ConfigDict(extra="forbid")

    severity: list[str] = Field([], description="error, minor or rounding")
    kind: list[str] = Field([], description="Kinds, by code as in /code/anomaly/{code}.")
    year: list[Annotated[str, Field(pattern="^[12][0-9]{3}$")]] = Field(
        [], description="Fiscal years of the documents."
    )
    region: list[str] = Field([], description="Places, by id as in /id/div/{id}.")
    office: list[str] = Field([], description="Offices, by id as in /offices/{id}.")
    document: list[str] = Field([], description="Documents, by id as in /documents/{id}.")
    sort: Order = Field("severity", description="severity, newest or place")
    page: int = Field(1, ge=1, le=1_000_000)
    format: Literal["html", "json", "csv"] = "html"

    def chosen(self, dimension: str) -> list[str]:
        """What was chosen of a dimension."""
        found: list[str] = getattr(self, dimension)
        return found

    @property
    def filters(self) -> list[tuple[str, str]]:
        """The choices as parameters, in a fixed order."""
        return [(name, value) for name in DIMENSIONS for value in self.chosen(name)]

    def address(self, path: str, **changes: object) -> str:
        """An address with these choices, some told otherwise; defaults are left out."""
        own = [("sort", changes.get("sort", self.sort)), ("page", changes.get("page", 1))]
        kept = [(name, str(value)) for name, value in own if value not in ("severity", 1)]
        if "format" in changes:
            kept.append(("format", str(changes["format"])))
        query = urlencode([*self.filters, *kept])
        return f"{path}?{query}" if query else path

    def toggled(self, dimension: str, value: str) -> AuditParameters:
        """The same with a value chosen, or not any more; from the first page."""
        known = self.chosen(dimension)
        values = [one for one in known if one != value] if value in known else [*known, value]
        return self.model_copy(update={dimension: values, "page": 1})


Asked = Annotated[AuditParameters, Query()]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a dimension: its IRI (a year is itself), how many findings have it, whether it is chosen."""

    value: str
    iri: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Selection:
    """The findings that were asked for, and what else might be.

    `asked` has codes (`server.audit_choices.read_choices`); `within` the places in each place, itself among
    them: who asks for a municipality asks for its districts.
    """

    everything: Sequence[Finding]
    asked: AuditParameters
    links: Links
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def iri(self, dimension: str, value: str) -> str:
        """The IRI that a value of a parameter names; a year is itself."""
        below = BELOW.get(dimension)
        return value if below is None else f"{self.links.base_iri}{below}{value}"

    def value(self, dimension: str, iri: str) -> str:
        """The value of a parameter that names an IRI."""
        return iri.removeprefix(self.links.base_iri + BELOW.get(dimension, ""))

    @cached_property
    def wanted(self) -> Mapping[str, frozenset[str]]:
        """What findings may have by dimension: the chosen IRIs, and the places in chosen ones."""
        regions = self.chosen.get("region", frozenset())
        inner = frozenset[str]().union(*(self.within.get(one, frozenset()) for one in regions))
        return {**self.chosen, "region": regions | inner} if regions else self.chosen

    @cached_property
    def chosen(self) -> Mapping[str, frozenset[str]]:
        """The chosen IRIs by dimension, of dimensions with any."""
        found = {
            name: frozenset(self.iri(name, value) for value in self.asked.chosen(name))
            for name in DIMENSIONS
        }
        return {name: iris for name, iris in found.items() if iris}

    @cached_property
    def findings(self) -> list[Finding]:
        """All that were asked for, in the order that was asked for, which is total."""
        return sorted(self.kept(self.wanted), key=ORDERS[self.asked.sort])

    def kept(self, wanted: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
        return (finding for finding in self.everything if is_wanted(finding, wanted))

    @property
    def page(self) -> list[Finding]:
        first = (self.asked.page - 1) * PAGE_SIZE
        return self.findings[first : first + PAGE_SIZE]

    @property
    def has_more(self) -> bool:
        return len(self.findings) > self.asked.page * PAGE_SIZE

    def facet(self, dimension: str) -> list[Choice]:
        """The values of a dimension with how many findings have each, as the choices of the other
        dimensions leave them; the most frequent first, severities by gravity, years the latest first."""
        others = {name: iris for name, iris in self.wanted.items() if name != dimension}
        counts: Counter[str] = Counter()
        for finding in self.kept(others):
            counts.update(values_of(finding, dimension, others))
        chosen = self.chosen.get(dimension, frozenset())
        for iri in chosen - counts.keys():
            counts[iri] = self.number_in(dimension, iri, others)
        found = [
            Choice(self.value(dimension, iri), iri, count, iri in chosen)
            for iri, count in counts.items()
            if iri
        ]
        return sorted(found, key=lambda choice: facet_order(dimension, choice))

    def number_in(self, dimension: str, iri: str, others: Mapping[str, frozenset[str]]) -> int:
        """How many findings have a value that no place of theirs is named by: those of what lies in it."""
        inner = self.within.get(iri, frozenset()) if dimension == "region" else frozenset[str]()
        return sum(1 for _ in self.kept({**others, dimension: inner})) if inner else 0


def is_wanted(finding: Finding, wanted: Mapping[str, frozenset[str]]) -> bool:
    """Whether kind and severity are wanted, and one place has all that is wanted of places."""
    return (
        finding.kind in wanted.get("kind", (finding.kind,))
        and finding.severity in wanted.get("severity", (finding.severity,))
        and any(True for _ in wanted_places(finding, wanted))
    )


def wanted_places(finding: Finding, wanted: Mapping[str, frozenset[str]]) -> Iterator[object]:
    for place in finding.places:
        of_place = {
            "year": place.year,
            "region": place.division,
            "office": place.office,
            "document": place.document,
        }
        if all(value in wanted.get(name, (value,)) for name, value in of_place.items()):
            yield place


def values_of(
    finding: Finding, dimension: str, wanted: Mapping[str, frozenset[str]] | None = None
) -> set[str]:
    """The values that a finding has in a dimension; of its places, those that are wanted otherwise."""
    if dimension in ("kind", "severity"):
        return {getattr(finding, dimension)}
    name = {"region": "division"}.get(dimension, dimension)
    return {getattr(place, name) for place in wanted_places(finding, wanted or {})}


def facet_order(dimension: str, choice: Choice) -> tuple[object, ...]:
    if dimension == "severity":
        return (GRAVITY.index(choice.value),)
    if dimension == "year":
        return (-int(choice.value),)
    return (-choice.count, choice.value)


#: The order of a list of findings. Each ends in the place and the IRI, so that pages never shift.
ORDERS: Mapping[Order, Callable[[Finding], tuple[object, ...]]] = {
    "severity": lambda one: (one.gravity, -int(one.place.year), by_place(one)),
    "newest": lambda one: (-one.arrived.timestamp(), one.gravity, by_place(one)),
    "place": lambda one: by_place(one),
}
