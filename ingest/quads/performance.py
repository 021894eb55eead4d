"""Performance: the projects, their self-assessments and the summary of what was assessed."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from ingest.facts import Project
from ingest.identifiers import numbered
from ingest.identity import normalize_name, short_hash
from ingest.quads.disclosure import Disclosure
from ingest.quads.indicators import indicator_judgement, indicator_node, indicator_triples
from ingest.quads.money import in_yuan, read_number
from ingest.quads.spans import stated_in
from ingest.quads.vocabulary import (
    FOAF,
    SKOS,
    A,
    chinese,
    decimal,
    describe,
    integer,
    year,
)

FUNDS_UNIT = "万元"


def assessed_projects(disclosure: Disclosure) -> Iterator[tuple[str, Project]]:
    """The assessed projects by the hash of their name, in the order of the text."""
    projects = sorted(disclosure.facts.performance.projects, key=lambda item: item.span.start)
    return numbered(
        (short_hash(disclosure.project_name(project.name)), project) for project in projects
    )


def summary_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """How many projects with how much money the office assessed."""
    performance, gl = disclosure.facts.performance, disclosure.gl
    if performance.span is None:
        return
    node, funds = disclosure.own("perf"), performance.funds
    yield from describe(
        node,
        (
            (A, gl["PerformanceSummary"]),
            (gl["organization"], disclosure.office),
            (gl["assessedProjects"], integer(performance.project_count)),
            (gl["assessedFunds"], None if funds is None else decimal(in_yuan(funds, FUNDS_UNIT))),
        ),
    )
    yield from stated_in(disclosure, node, performance.span, sentence=True)


def project_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The projects, their self-assessments and their indicators. The preferred label of a project is
    its name in every year, so that documents agree on it; the printed one is another label."""
    for key, project in assessed_projects(disclosure):
        node, name = disclosure.project(project.name), disclosure.project_name(project.name)
        printed = normalize_name(project.name)
        yield from describe(
            node,
            (
                (A, disclosure.gl["Project"]),
                (A, FOAF["Project"]),
                (SKOS["prefLabel"], chinese(name)),
                (SKOS["altLabel"], chinese(printed) if printed != name else None),
                (disclosure.gl["managedBy"], disclosure.office),
            ),
        )
        yield from stated_in(disclosure, node, project.span)
        yield from assessment_triples(disclosure, key, project)


def assessment_triples(disclosure: Disclosure, key: str, project: Project) -> Iterator[Triple]:
    """The self-assessment of one project, with its indicators in the order of the table."""
    gl, node = disclosure.gl, disclosure.own("asm", key)
    yield from describe(
        node,
        (
            (A, gl["SelfAssessment"]),
            (gl["assesses"], disclosure.project(project.name)),
            (gl["fiscalYearOf"], year(disclosure.facts.fiscal_year)),
            (gl["totalScore"], decimal(read_number(project.score))),
            (gl["executionRate"], decimal(read_number(project.execution_rate))),
            (gl["executionWeight"], decimal(read_number(project.execution_weight))),
            (gl["executionScore"], decimal(read_number(project.execution_score))),
            (gl["goalText"], chinese(project.goals)),
            (gl["goalActualText"], chinese(project.achieved)),
        ),
    )
    yield from stated_in(disclosure, node, project.span)
    for ordinal, indicator in enumerate(project.indicators, start=1):
        yield Triple(node, gl["hasIndicator"], indicator_node(disclosure, key, ordinal))
        yield from indicator_triples(disclosure, key, ordinal, indicator)


def judgement_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """What we conclude about the indicators."""
    for key, project in assessed_projects(disclosure):
        for ordinal, indicator in enumerate(project.indicators, start=1):
            yield from indicator_judgement(disclosure, key, ordinal, indicator)
