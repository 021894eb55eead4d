"""`/api/vocabulary` and `/api/concepts`: what the editor of queries completes, for other editors too."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from server.conditional import NO_STORE
from server.problems import OTHER_PROBLEMS, Problem, told_problem
from server.publication import CurrentPublication, Publication
from server.vocabulary import (
    Concept,
    Term,
    code_lists,
    concepts,
    found_concepts,
    prefixes,
    vocabulary,
)

MOST_CONCEPTS = 200
LONGEST_WORDS = 100
router = APIRouter(tags=["api"])


class Prefix(BaseModel):
    """A prefix, and the namespace that it stands for."""

    prefix: str
    namespace: str


class ToldTerm(BaseModel):
    """A class or a property."""

    iri: str
    zh: str = Field(description="中文标签，可空 · the Chinese label, if any")
    en: str = Field(description="the English label, if any")
    definition_zh: str = Field(description="中文定义，可空 · the Chinese definition, if any")
    definition_en: str = Field(description="the English definition, if any")
    code_list: str | None = Field(description="取值的代码表 · the code list of the values")
    uses: int | None = Field(
        description="用了多少次 · things of the class, triples of the property; null: not counted"
    )


class CodeList(BaseModel):
    """A code list."""

    iri: str
    zh: str
    en: str


class VocabularyAnswer(BaseModel):
    """What queries of the release are written with."""

    release: str = Field(description="发布 · the release that answered")
    prefixes: list[Prefix]
    classes: list[ToldTerm]
    properties: list[ToldTerm]
    code_lists: list[CodeList]


class ToldConcept(BaseModel):
    """A concept of a code list."""

    iri: str
    zh: str
    en: str
    code_lists: list[str]


class ConceptsAnswer(BaseModel):
    """The concepts that are nearest to the words."""

    release: str = Field(description="发布 · the release that answered")
    truncated: bool = Field(description="还有更多 · whether there are more")
    concepts: list[ToldConcept]


@router.get(
    "/api/vocabulary",
    summary="查询所用的词汇 · The vocabulary for queries",
    operation_id="vocabulary",
    responses={**OTHER_PROBLEMS},
)
def told_vocabulary(response: Response, publication: CurrentPublication) -> VocabularyAnswer:
    """Prefixes, classes, properties and code lists, with labels and definitions in both languages."""
    found = vocabulary(publication)
    if not found.is_whole:
        response.headers["Cache-Control"] = NO_STORE  # the next one may be whole
    return VocabularyAnswer(
        release=publication.release.release_id,
        prefixes=[
            Prefix(prefix=prefix, namespace=namespace)
            for prefix, namespace in sorted(prefixes(publication).items())
        ],
        classes=[told_term(term) for term in found.classes],
        properties=[told_term(term) for term in found.properties],
        code_lists=[told_list(publication, iri) for iri in code_lists(publication)],
    )


@router.get(
    "/api/concepts",
    summary="按名称找代码表中的概念 · Concepts by name",
    operation_id="concepts",
    responses={400: told_problem("There is no such code list."), **OTHER_PROBLEMS},
)
def told_concepts(
    publication: CurrentPublication,
    q: Annotated[
        str,
        Query(max_length=LONGEST_WORDS, description="名称或代码中的字 · a part of a name or code"),
    ] = "",
    code_list: Annotated[
        str | None, Query(description="代码表的 IRI · only of this code list")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_CONCEPTS, description="最多几个 · the most")] = 50,
) -> ConceptsAnswer:
    """The concepts whose Chinese, English or other name, or code, has the words in it; the nearest first."""
    if code_list is not None and code_list not in code_lists(publication):
        raise Problem(400, "Wrong parameter", f"There is no code list {code_list[:200]}.")
    found = found_concepts(concepts(publication), q, code_list)
    return ConceptsAnswer(
        release=publication.release.release_id,
        truncated=len(found) > limit,
        concepts=[told_concept(publication, concept) for concept in found[:limit]],
    )


def told_term(term: Term) -> ToldTerm:
    return ToldTerm(
        iri=term.iri,
        zh=term.zh,
        en=term.en,
        definition_zh=term.definition_zh,
        definition_en=term.definition_en,
        code_list=term.code_list,
        uses=term.uses,
    )


def told_list(publication: Publication, iri: str) -> CodeList:
    return CodeList(iri=iri, zh=publication.labels.zh(iri), en=publication.labels.en(iri))


def told_concept(publication: Publication, concept: Concept) -> ToldConcept:
    labels = publication.labels
    return ToldConcept(
        iri=concept.iri,
        zh=labels.zh(concept.iri),
        en=labels.en(concept.iri),
        code_lists=list(concept.schemes),
    )
