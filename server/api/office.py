"""`/api/offices/{office_id}`: what the page of an office tells, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from server.api.named import Named, StatedPlace, concept, office_node
from server.labels import Labels
from server.near_matches import near_offices, told
from server.office_changes import StatedChange, StatedReason
from server.office_facts import FunctionWording
from server.office_money import in_document_order
from server.office_record import find_record
from server.problems import OTHER_PROBLEMS, told_problem, unknown
from server.publication import CurrentPublication, Publication, Row

router = APIRouter(tags=["api"])
OfficeId = Annotated[str, Path(description="IRI 的最后一段 · the last part of the office's IRI")]


class Cue(Named):
    """A theme or cause, and the words that decided it."""

    cues: list[str]


class Body(Named):
    """Another body that the office is joined to."""

    relation: str = Field(description="the property that joins them, as a prefixed name")
    inverse: bool = Field(description="whether it is the other that is joined to the office")


class OfficeDocument(BaseModel):
    """A document that the office disclosed."""

    iri: str
    title: str
    year: str
    scope: Named


class Function(BaseModel):
    """One wording of a function, with every document that has it."""

    text: str
    themes: list[Cue]
    stated: list[StatedPlace]


class Amount(BaseModel):
    """An observation; what it is of is told by its dimensions."""

    iri: str
    year: str
    phase: Named
    fund: Named
    flow: Named
    item: Named
    nature: Named
    scope: Named
    amount_yuan: Decimal
    basis: Named
    span: str


class Reason(BaseModel):
    """A stated reason and the causes that it falls under."""

    text: str
    span: str
    causes: list[Cue]
    amount_yuan: Decimal | None = Field(description="the one amount that its words name")


class Change(BaseModel):
    """A change that the office explains."""

    iri: str
    year: str
    baseline: Named
    fund: Named
    flow: Named
    item: Named
    nature: Named
    direction: Named
    delta_yuan: Decimal | None
    percent: Decimal | None
    explained_yuan: Decimal | None = Field(
        description="what the amounts of the reasons explain, by their words; signed"
    )
    assumed_yuan: Decimal | None = Field(
        description="what amounts explain if they work as the change does; signed"
    )
    remainder_yuan: Decimal | None = Field(description="what no stated amount explains; signed")
    span: str
    reasons: list[Reason]


class SharingOffice(Named):
    """Another office, and the themes of functions that both have."""

    themes: list[Named]


class OfficeAnswer(BaseModel):
    """Everything that the release tells of an office."""

    release: str
    iri: str
    name: str
    other_names: list[str]
    divisions: list[Named]
    bodies: list[Body]
    documents: list[OfficeDocument]
    functions: list[Function]
    amounts: list[Amount]
    changes: list[Change]
    shares_functions_with: list[SharingOffice]


@router.get(
    "/api/offices/{office_id}",
    summary="一个机构 · One office",
    operation_id="office",
    responses={404: told_problem("The release has no such office."), **OTHER_PROBLEMS},
)
def office(publication: CurrentPublication, office_id: OfficeId) -> OfficeAnswer:
    """The names, bodies, documents, functions, amounts, explained changes and kin of an office; every
    statement with the place in the text. Its anomalies are in `/api/audit?office=`."""
    node, labels = office_node(publication, office_id), publication.labels
    record = find_record(publication, node)
    if record is None:
        raise unknown("机构", office_id, told(near_offices(publication, office_id)))
    about = record.about
    return OfficeAnswer(
        release=publication.release.release_id,
        iri=node.value,
        name=record.name,
        other_names=[row["value"] for row in about["altLabel"]],
        divisions=[Named(iri=row["value"], name=row["label"]) for row in about["division"]],
        bodies=bodies(about, publication),
        documents=[told_document(row, labels) for row in record.documents],
        functions=[told_function(wording, labels) for wording in record.functions],
        amounts=[
            told_amount(row, labels) for row in in_document_order(record.rows["office-amounts"])
        ],
        changes=[told_change(change, labels) for change in record.changes if change.reasons],
        shares_functions_with=[
            SharingOffice(
                iri=kin.iri, name=kin.name, themes=[concept(labels, each) for each in kin.themes]
            )
            for kin in record.kin
        ],
    )


def bodies(about: Mapping[str, list[Row]], publication: Publication) -> list[Body]:
    """What the office is joined to, other than where it is."""
    found = (
        (name.removeprefix("^"), name.startswith("^"), row)
        for name, rows in sorted(about.items())
        for row in rows
    )
    return [
        Body(iri=row["value"], name=row["label"], relation=f"gl:{name}", inverse=is_inverse)
        for name, is_inverse, row in found
        if row["label"] and name != "division"
    ]


def told_document(row: Row, labels: Labels) -> OfficeDocument:
    return OfficeDocument(
        iri=row["document"],
        title=row["title"],
        year=row["year"],
        scope=concept(labels, row["scope"]),
    )


def told_function(wording: FunctionWording, labels: Labels) -> Function:
    stated = [
        StatedPlace(iri=row["function"], span=row["span"], year=row["year"])
        for row in wording.places.values()
    ]
    return Function(text=wording.text, themes=cues(wording.themes, labels), stated=stated)


def cues(found: dict[str, list[str]], labels: Labels) -> list[Cue]:
    return [Cue(iri=iri, name=labels.zh(iri), cues=words) for iri, words in found.items()]


def told_amount(row: Row, labels: Labels) -> Amount:
    return Amount(
        iri=row["observation"],
        year=row["year"],
        phase=concept(labels, row["phase"]),
        fund=concept(labels, row["fund"]),
        flow=concept(labels, row["flow"]),
        item=concept(labels, row["item"]),
        nature=concept(labels, row["nature"]),
        scope=concept(labels, row["scope"]),
        amount_yuan=Decimal(row["amount"]),
        basis=concept(labels, row["basis"]),
        span=row["span"],
    )


def told_change(change: StatedChange, labels: Labels) -> Change:
    row = change.first
    return Change(
        iri=row["change"],
        year=row["year"],
        baseline=concept(labels, row["baseline"]),
        fund=concept(labels, row["fund"]),
        flow=concept(labels, row["flow"]),
        item=concept(labels, row["item"]),
        nature=concept(labels, row["nature"]),
        direction=concept(labels, row["direction"]),
        delta_yuan=number(change.figures, "delta"),
        percent=number(change.figures, "percent"),
        explained_yuan=number(change.figures, "explainedAmount"),
        assumed_yuan=number(change.figures, "assumedAmount"),
        remainder_yuan=number(change.figures, "remainder"),
        span=row["span"],
        reasons=[told_reason(reason, labels) for reason in change.reasons],
    )


def told_reason(reason: StatedReason, labels: Labels) -> Reason:
    return Reason(
        text=reason.text,
        span=reason.span,
        causes=cues(reason.causes, labels),
        amount_yuan=None if reason.amount is None else Decimal(reason.amount),
    )


def number(said: Mapping[str, str], name: str) -> Decimal | None:
    """A number that is said of something, as far as the document states it."""
    return Decimal(said[name]) if name in said else None
