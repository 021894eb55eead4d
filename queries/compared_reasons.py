"""Reasons for changes side by side: causes by office, direction and amount, with the sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from pyoxigraph import NamedNode

from ontology.namespaces import DEFAULT_BASE
from queries.answering import ask, year_term
from queries.compared_functions import Topic
from queries.coverage import Coverage
from queries.narrowness import item_narrowness
from queries.offices import Office
from queries.table import Value
from store.graph import Graph, Term


@dataclass(frozen=True, slots=True)
class StatedChange:
    """A change that a document states: amounts in 万元, `delta` signed, None where it gives none.

    `narrowness` is greater for a function class than for a total (`queries.narrowness`). `explained`,
    `assumed` and `remainder` are the derived parts of the change that stated amounts explain, signed;
    None where no reason states one.
    """

    iri: str
    year: str
    item: str
    fund: str
    flow: str
    baseline: Topic
    direction: Topic
    delta: Decimal | None
    narrowness: int
    explained: Decimal | None = None
    assumed: Decimal | None = None
    remainder: Decimal | None = None
    item_iri: str = ""
    fund_iri: str = ""

    @property
    def size(self) -> Decimal:
        """How large the change is, whatever its direction."""
        return abs(self.delta or Decimal(0))


@dataclass(frozen=True, slots=True)
class StatedReason:
    """One wording of a reason in the documents of one office, with all changes that it explains.

    `effect` is the direction in which the reason works by its own words, `amount` the money that it
    names, in 万元; both None where the words leave them open. `spans` are where it is stated.
    """

    text: str
    text_key: str
    effect: Topic | None
    amount: Decimal | None
    causes: tuple[Topic, ...]
    changes: tuple[StatedChange, ...]
    spans: tuple[str, ...]

    @property
    def largest(self) -> StatedChange:
        """The largest change that it explains, of equals the narrowest."""
        return max(self.changes, key=attrgetter("size", "narrowness"))

    @property
    def narrowest(self) -> StatedChange:
        """The narrowest change that it explains, of equals the largest: the one to show."""
        return max(self.changes, key=attrgetter("narrowness", "size"))


@dataclass(frozen=True, slots=True)
class CauseUse:
    """How one office names a cause for changes in one direction; the largest amounts come first."""

    office: Office
    direction: Topic
    reasons: tuple[StatedReason, ...]

    @property
    def largest(self) -> Decimal:
        """The largest change that the cause is named for, in 万元, without its sign."""
        return self.reasons[0].largest.size


@dataclass(frozen=True, slots=True)
class ComparedCause:
    """A cause and the class above it, with the uses of all offices; None for reasons that no cause
    recognises."""

    cause: Topic | None
    top: Topic | None
    uses: tuple[CauseUse, ...]

    @property
    def offices(self) -> tuple[str, ...]:
        """The IRIs of the offices that name it."""
        return tuple(dict.fromkeys(use.office.iri for use in self.uses))


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One row of the query: a reason of a change under a cause."""

    change: StatedChange
    reason: StatedReason
    cause: Topic | None
    top: Topic | None


def compare_causes(
    rows: Mapping[Office, Sequence[ReasonRow]],
) -> tuple[ComparedCause, ...]:
    """The causes that the offices name, in the order of the list; unrecognised reasons come last."""
    uses: defaultdict[tuple[Topic | None, Topic | None], list[CauseUse]] = defaultdict(list)
    for office, of_office in rows.items():
        grouped: defaultdict[tuple[Topic | None, Topic | None, Topic], list[ReasonRow]]
        grouped = defaultdict(list)
        for row in of_office:
            grouped[row.top, row.cause, row.change.direction].append(row)
        for (top, cause, direction), of_cause in grouped.items():
            uses[top, cause].append(CauseUse(office, direction, merged_reasons(of_cause)))
    compared = [ComparedCause(cause, top, tuple(of)) for (top, cause), of in uses.items()]
    return tuple(sorted(compared, key=cause_place))


def cause_place(compared: ComparedCause) -> tuple[bool, str]:
    return compared.cause is None, compared.cause.iri if compared.cause else ""


def merged_reasons(rows: Iterable[ReasonRow]) -> tuple[StatedReason, ...]:
    """Each wording once, with everything that it explains; the largest amounts come first."""
    by_key: defaultdict[str, list[StatedReason]] = defaultdict(list)
    for row in rows:
        by_key[row.reason.text_key].append(row.reason)
    merged = [merge(wordings) for wordings in by_key.values()]
    return tuple(sorted(merged, key=lambda reason: (-reason.largest.size, reason.text_key)))


def merge(wordings: Sequence[StatedReason]) -> StatedReason:
    """One reason from the same wording in several places."""
    first = wordings[0]
    return StatedReason(
        text=first.text,
        text_key=first.text_key,
        effect=first.effect,
        amount=first.amount,
        causes=tuple(dict.fromkeys(cause for wording in wordings for cause in wording.causes)),
        changes=tuple(dict.fromkeys(change for wording in wordings for change in wording.changes)),
        spans=tuple(dict.fromkeys(span for wording in wordings for span in wording.spans)),
    )


def read_reasons(
    graph: Graph, coverage: Coverage, *, base: str = DEFAULT_BASE
) -> tuple[ReasonRow, ...]:
    """The reasons of the covered year of one office: one query."""
    terms: dict[str, Term] = {
        "office": NamedNode(coverage.office.iri),
        "year": year_term(coverage.year),
    }
    records = ask(graph, "reason-causes", terms, base=base).records()
    causes: defaultdict[str, dict[Topic, None]] = defaultdict(dict)
    for record in records:
        cause = topic(record, "cause")
        if cause is not None:
            causes[str(record["reason_iri"])][cause] = None
    return tuple(reason_row(record, causes[str(record["reason_iri"])]) for record in records)


def reason_row(record: Mapping[str, Value], causes: Iterable[Topic]) -> ReasonRow:
    change = stated_change(record)
    reason = StatedReason(
        text=str(record["reason"]),
        text_key=str(record["text_key"]),
        effect=topic(record, "reason_effect"),
        amount=decimal(record["reason_amount"]),
        causes=tuple(causes),
        changes=(change,),
        spans=(str(record["span_iri"]),),
    )
    return ReasonRow(change, reason, topic(record, "cause"), topic(record, "top"))


def stated_change(record: Mapping[str, Value]) -> StatedChange:
    return StatedChange(
        iri=str(record["change_iri"]),
        year=str(record["year"]),
        item=str(record["item"]),
        fund=str(record["fund"]),
        flow=str(record["flow"]),
        baseline=Topic(str(record["baseline_iri"]), str(record["baseline"])),
        direction=Topic(str(record["direction_iri"]), str(record["direction"])),
        delta=decimal(record["delta"]),
        narrowness=item_narrowness(str(record["item_iri"]), str(record["nature_iri"])),
        explained=decimal(record["explained_amount"]),
        assumed=decimal(record["assumed_amount"]),
        remainder=decimal(record["remainder"]),
        item_iri=str(record["item_iri"]),
        fund_iri=str(record["fund_iri"]),
    )


def topic(record: Mapping[str, Value], name: str) -> Topic | None:
    iri = record[f"{name}_iri"]
    return None if iri is None else Topic(str(iri), str(record[name]))


def decimal(value: Value) -> Decimal | None:
    return None if value is None else Decimal(value)
