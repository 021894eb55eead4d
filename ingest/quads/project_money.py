"""Observations of the project cube: budgets and execution of the assessed projects."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import NamedNode, Triple

from ingest.facts import Project
from ingest.identity import short_hash
from ingest.quads.disclosure import Disclosure
from ingest.quads.money import in_yuan, read_number
from ingest.quads.performance import assessed_projects
from ingest.quads.spans import stated_in
from ingest.quads.vocabulary import QB, A, decimal, describe, year


def project_money_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """One observation a project and phase; of a project that is assessed twice, the first table gives the amounts."""
    stated: dict[NamedNode, tuple[Project, str, Decimal]] = {}
    for _, project in assessed_projects(disclosure):
        for phase, amount in project_amounts(project).items():
            node = money_node(disclosure, project, phase)
            stated.setdefault(node, (project, phase, amount))
    for node, (project, phase, amount) in stated.items():
        yield from amount_triples(disclosure, node, project, phase, amount)


def project_amounts(project: Project) -> dict[str, Decimal]:
    """The amounts of a project in yuan, by phase; blanks are left out."""
    printed = {
        "initial-budget": project.initial_budget,
        "adjusted-budget": project.adjusted_budget,
        "executed": project.executed,
    }
    numbers = {phase: read_number(text) for phase, text in printed.items()}
    return {
        phase: in_yuan(number, project.unit)
        for phase, number in numbers.items()
        if number is not None
    }


def money_node(disclosure: Disclosure, project: Project, phase: str) -> NamedNode:
    name = short_hash(disclosure.project_name(project.name))
    return disclosure.own("obs", f"project.{name}.{phase}.{disclosure.facts.fiscal_year}")


def amount_triples(
    disclosure: Disclosure, node: NamedNode, project: Project, phase: str, amount: Decimal
) -> Iterator[Triple]:
    gl, code = disclosure.gl, disclosure.code
    yield from describe(
        node,
        (
            (A, gl["ProjectObservation"]),
            (A, QB["Observation"]),
            (QB["dataSet"], disclosure.own("dataset", "project")),
            (gl["organization"], disclosure.office),
            (gl["scope"], disclosure.scope),
            (gl["fiscalYear"], year(disclosure.facts.fiscal_year)),
            (gl["phase"], code("phase", phase)),
            (gl["project"], disclosure.project(project.name)),
            (gl["amount"], decimal(amount)),
            (gl["basis"], code("basis", "stated-table")),
        ),
    )
    yield from stated_in(disclosure, node, project.span)
