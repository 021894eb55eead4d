"""`/explore/questions`: the analyses of the networks as pages, each a form with its answer as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from queries.network import (
    Communities,
    NetworkResult,
    Networks,
    SimilarOffices,
    SisterOffices,
    ThemeFrequencies,
)
from queries.network import networks as defaults
from queries.network.offices import NEIGHBOURS
from server.language import Language, language_of
from server.networks import MOST_LISTED, MOST_NEIGHBOURS, networks_of, told_as_problems
from server.pages import render
from server.problems import Problem
from server.publication import CurrentPublication, Publication

router = APIRouter(include_in_schema=False)
#: Offices of a group that stand in a row; the others are counted.
SHOWN = 12
Words = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Linked:
    """A thing that a cell names, with the IRI that its link is made of."""

    iri: str
    name: str


Cell = str | int | float | tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer; numbers stand to the right."""

    heading: Words
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as a table, with a sentence about the whole."""

    rows: Sequence[Sequence[Cell]]
    note: Words = field(default_factory=lambda: {"zh": "", "en": ""})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form sends; each question takes what it needs."""

    office: str
    threshold: float
    limit: int
    resolution: float


@dataclass(frozen=True, slots=True)
class NetworkQuestion:
    """A question about the networks: its words, the fields of its form, and how its answer is a table."""

    title: Words
    description: Words
    fields: tuple[str, ...]
    columns: tuple[Column, ...]
    ask: Callable[[Networks, Asked], NetworkResult]
    table: Callable[[NetworkResult, Callable[[str], str]], Answered]


def words(zh: str, en: str) -> Words:
    return {"zh": zh, "en": en}


def similar_table(found: NetworkResult, label: Callable[[str], str]) -> Answered:
    assert isinstance(found, SimilarOffices)
    return Answered(
        [
            (
                (Linked(one.iri, one.name),),
                round(one.similarity, 3),
                tuple(Linked(theme.iri, label(theme.iri)) for theme in one.shared),
            )
            for one in found.similar
        ]
    )


def sisters_table(found: NetworkResult, label: Callable[[str], str]) -> Answered:
    assert isinstance(found, SisterOffices)
    return Answered(
        [
            (
                len(group.offices),
                tuple(Linked(*office) for office in group.offices[:SHOWN]),
                round(group.least, 3),
            )
            for group in found.groups
        ]
    )


def themes_table(found: NetworkResult, label: Callable[[str], str]) -> Answered:
    assert isinstance(found, ThemeFrequencies)
    rarest = {theme.iri: theme for theme in (*found.common, *reversed(found.rare))}
    return Answered(
        [
            (
                (Linked(theme.iri, label(theme.iri)),),
                theme.offices,
                f"{theme.share:.1%}",
                round(theme.weight, 3),
            )
            for theme in rarest.values()
        ],
        words(
            f"共 {found.offices} 个机构有职能主题。",
            f"{found.offices} offices have function themes.",
        ),
    )


def communities_table(found: NetworkResult, label: Callable[[str], str]) -> Answered:
    assert isinstance(found, Communities)
    return Answered(
        [
            (
                community.number,
                len(community.offices),
                tuple(Linked(theme.iri, label(theme.iri)) for theme in community.themes),
                tuple(Linked(office.iri, office.name) for office in community.central),
            )
            for community in found.communities
        ],
        words(
            f"模块度 {found.modularity:.3f}：0 为随机，越接近 1 划分越分明。",
            f"Modularity {found.modularity:.3f}: 0 is chance, the nearer to 1 the clearer the division.",
        ),
    )


OFFICE = Column(words("机构", "Office"))
THEMES = Column(words("共有的职能主题", "Function themes in common"))
SIMILARITY = Column(words("相似度", "Similarity"), is_number=True)
SIZE = Column(words("机构数", "Offices"), is_number=True)

QUESTIONS: Mapping[str, NetworkQuestion] = {
    "similar": NetworkQuestion(
        words("与一个机构相近的机构", "Offices like one, and why"),
        words(
            "按职能主题的加权 Jaccard 相似度；主题越罕见，权重越大。",
            "By idf-weighted Jaccard similarity of function themes; the rarer a theme, the more it counts.",
        ),
        ("office", "limit"),
        (OFFICE, SIMILARITY, THEMES),
        lambda networks, asked: networks.similar(
            networks.find(asked.office), min(asked.limit, MOST_NEIGHBOURS)
        ),
        similar_table,
    ),
    "sisters": NetworkQuestion(
        words("主题几乎相同的机构", "Offices with nearly the same themes"),
        words(
            "各地职能主题几乎相同的机构；相似度不低于门槛的连成一组。",
            "Offices wherever they are whose themes are nearly equal; those at or above the threshold form a group.",
        ),
        ("threshold",),
        (SIZE, OFFICE, Column(words("组内最低相似度", "Least similarity"), is_number=True)),
        lambda networks, asked: networks.sisters(asked.threshold),
        sisters_table,
    ),
    "themes": NetworkQuestion(
        words("常见与罕见的职能主题", "Common and rare function themes"),
        words(
            "每个主题有多少机构，以及它能说明多少（idf 权重）。",
            "How many offices have a theme, and how much that says (idf weight).",
        ),
        ("limit",),
        (
            Column(words("职能主题", "Function theme")),
            SIZE,
            Column(words("占比", "Share"), is_number=True),
            Column(words("权重", "Weight"), is_number=True),
        ),
        lambda networks, asked: networks.frequencies(asked.limit),
        themes_table,
    ),
    "communities": NetworkQuestion(
        words("机构的社群", "Communities of offices"),
        words(
            "彼此相近多于与其他机构相近的机构（Louvain 方法）。",
            "Offices that are nearer to each other than to others (Louvain).",
        ),
        ("resolution",),
        (
            Column(words("编号", "No."), is_number=True),
            SIZE,
            Column(words("突出的职能主题", "Telling themes")),
            Column(words("中心机构", "Central offices")),
        ),
        lambda networks, asked: networks.communities(resolution=asked.resolution),
        communities_table,
    ),
}


@router.get("/explore/questions")
def list_of_questions(request: Request) -> Response:
    """Every question about the networks."""
    return render(request, "network_questions.html", {"questions": QUESTIONS})


@router.get("/explore/questions/{name}")
def question(
    request: Request,
    publication: CurrentPublication,
    name: str,
    office: Annotated[str, Query(max_length=500)] = "",
    threshold: Annotated[float, Query(gt=0, le=1)] = defaults.THRESHOLD,
    limit: Annotated[int, Query(ge=1, le=MOST_LISTED)] = NEIGHBOURS,
    resolution: Annotated[float, Query(gt=0, le=10)] = defaults.RESOLUTION,
) -> Response:
    """One question as a form, with its answer below it."""
    asked = Asked(office.strip(), threshold, limit, resolution)
    wanted = question_of(name)
    context: dict[str, object] = {
        "name": name,
        "question": wanted,
        "asked": asked,
        "answered": None,
        "problem": None,
        "query": urlencode({field: getattr(asked, field) for field in wanted.fields}),
        "most_limit": MOST_NEIGHBOURS if name == "similar" else MOST_LISTED,
    }
    status = 200
    if asked.office or "office" not in wanted.fields:
        try:
            context["answered"] = answer(publication, wanted, asked, language_of(request))
        except Problem as problem:
            context["problem"], status = problem, problem.status
    return render(request, "network_question.html", context, status=status)


def question_of(name: str) -> NetworkQuestion:
    """The question of a name. Raises Problem 404."""
    if name not in QUESTIONS:
        known = ", ".join(QUESTIONS)
        detail = f"No question about the networks is called {name[:80]}; there are {known}."
        detail_zh = f"没有叫 {name[:80]} 的问题；有 {known}。"
        raise Problem(404, "Unknown query", detail, detail_zh=detail_zh)
    return QUESTIONS[name]


def answer(
    publication: Publication, wanted: NetworkQuestion, asked: Asked, language: Language
) -> Answered:
    """The answer as a table. Raises Problem for an office that is unknown or ambiguous."""
    networks = networks_of(publication)
    labels = publication.labels.speaking(language)
    with told_as_problems():
        return wanted.table(wanted.ask(networks, asked), labels.of)
