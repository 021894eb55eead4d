"""`/api/offices/{office_id}`: what the page of an office tells, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from server.api.named import Named, StatedPlace, concept, office_node
from server.labels import Labels
from server.office_changes import ExplainedChange, StatedReason, explained_changes
from server.office_facts import FunctionWording, facets, functions, offices_that_share
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
    rows = publication.ask("office", office=node)
    about = facets(rows, publication.links)
    if not about["prefLabel"]:
        raise unknown("机构", office_id)
    return OfficeAnswer(
        release=publication.release.release_id,
        iri=node.value,
        name=about["prefLabel"][0]["value"],
        other_names=[row["value"] for row in about["altLabel"]],
        divisions=[Named(iri=row["value"], name=row["label"]) for row in about["division"]],
        bodies=bodies(rows, publication),
        documents=[
            told_document(row, labels) for row in publication.ask("office-documents", office=node)
        ],
        functions=[
            told_function(wording, labels)
            for wording in functions(publication.ask("office-functions", office=node))
        ],
        amounts=[
            told_amount(row, labels) for row in publication.ask("office-amounts", office=node)
        ],
        changes=[
            told_change(change, labels)
            for change in explained_changes(publication.ask("office-changes", office=node))
        ],
        shares_functions_with=[
            SharingOffice(
                iri=kin.iri, name=kin.name, themes=[concept(labels, each) for each in kin.themes]
            )
            for kin in offices_that_share(publication.ask("office-shared-themes", office=node))
        ],
    )


def bodies(rows: Iterable[Row], publication: Publication) -> list[Body]:
    """What the office is joined to, other than where it is."""
    division = f"{publication.links.base_iri}ns#division"
    return [
        Body(
            iri=row["value"],
            name=row["label"],
            relation=publication.links.short(row["relation"]),
            inverse="inverse" in row,
        )
        for row in rows
        if "label" in row and row["relation"] != division
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


def told_change(change: ExplainedChange, labels: Labels) -> Change:
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
        delta_yuan=number(row, "delta"),
        percent=number(row, "percent"),
        span=row["span"],
        reasons=[told_reason(reason, labels) for reason in change.reasons.values()],
    )


def told_reason(reason: StatedReason, labels: Labels) -> Reason:
    row = reason.first
    return Reason(
        text=row["reason_text"], span=row["reason_span"], causes=cues(reason.causes, labels)
    )


def number(row: Row, name: str) -> Decimal | None:
    """A number of a row, as far as the document states it."""
    return Decimal(row[name]) if name in row else None
