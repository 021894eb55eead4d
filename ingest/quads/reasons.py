"""Reason statements: one node a span, shared by all changes that the sentence explains."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from ingest.causes import CauseMatch, classify_reason, effect_and_basis, text_key
from ingest.facts import Direction, Reason
from ingest.quads.disclosure import Disclosure
from ingest.quads.spans import stated_in
from ingest.quads.vocabulary import A, chinese, decimal, describe
from ingest.reason_amounts import amount_in
from ingest.reason_effects import effect_of
from ingest.reason_projects import known_projects, other_projects

# A cue rule either holds or does not.
CUE_SCORE = Decimal(1)


def reason_node(disclosure: Disclosure, reason: Reason) -> NamedNode:
    return disclosure.own("rsn", place(reason))


def place(reason: Reason) -> str:
    return f"{reason.span.start}-{reason.span.end}"


def stated_reasons(disclosure: Disclosure) -> dict[str, tuple[Reason, frozenset[Direction]]]:
    """The reasons by place, each with the directions of the changes that it explains."""
    reasons: dict[str, tuple[Reason, frozenset[Direction]]] = {}
    for _, comparison in disclosure.facts.comparisons():
        for reason in comparison.reasons:
            _, known = reasons.get(place(reason), (reason, frozenset[Direction]()))
            reasons[place(reason)] = reason, known | {comparison.direction}
    return reasons


def reason_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The wording of every reason; the same wording has the same text key anywhere."""
    gl = disclosure.gl
    for reason, _ in stated_reasons(disclosure).values():
        node = reason_node(disclosure, reason)
        yield from describe(
            node,
            (
                (A, gl["ReasonStatement"]),
                (gl["text"], chinese(reason.text)),
                (gl["textKey"], Literal(text_key(reason.text))),
            ),
        )
        yield from stated_in(disclosure, node, reason.span)


def cause_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """What we conclude from the wording: effect, amount, projects named, causes with their cues."""
    gl, year = disclosure.gl, disclosure.facts.fiscal_year
    for reason, directions in stated_reasons(disclosure).values():
        effect = effect_of(reason.text, year)
        yield from describe(
            reason_node(disclosure, reason),
            (
                (gl["effect"], disclosure.code("direction", effect) if effect else None),
                (gl["reasonAmount"], decimal(amount_in(reason.text, year))),
            ),
        )
        yield from project_triples(disclosure, reason)
        for match in cause_matches(reason, directions, year):
            yield from assignment_triples(disclosure, reason, match, directions)


def project_triples(disclosure: Disclosure, reason: Reason) -> Iterator[Triple]:
    """The projects that a reason names: a link to those of the document, the bare name of others."""
    node = reason_node(disclosure, reason)
    known = known_projects(
        reason.text, (project.name for project in disclosure.facts.performance.projects)
    )
    for name in known:
        yield Triple(node, disclosure.gl["mentionsProject"], disclosure.project(name))
    for name in other_projects(reason.text, known):
        yield Triple(node, disclosure.gl["projectName"], Literal(name, language="zh"))


def cause_matches(
    reason: Reason, directions: frozenset[Direction], fiscal_year: str
) -> Iterator[CauseMatch]:
    """The causes of a reason, over the directions of all changes that it explains."""
    matches: dict[str, CauseMatch] = {}
    for direction in sorted(directions):
        for match in classify_reason(reason.text, direction, fiscal_year):
            matches.setdefault(match.cause.code, match)
    yield from matches.values()


def assignment_triples(
    disclosure: Disclosure, reason: Reason, match: CauseMatch, directions: frozenset[Direction]
) -> Iterator[Triple]:
    """A reason put under a cause, with the cue that decided it, and which way this cause works."""
    gl, code = disclosure.gl, disclosure.code
    node, cause = reason_node(disclosure, reason), code("cause", match.cause.code)
    effect, basis = effect_and_basis(match, directions)
    yield Triple(node, gl["cause"], cause)
    yield from describe(
        disclosure.own("ca", place(reason), match.cause.code),
        (
            (A, gl["CauseAssignment"]),
            (gl["assignedTo"], node),
            (gl["assignedCause"], cause),
            (gl["matchedCue"], chinese(match.cue)),
            (gl["effect"], code("direction", effect) if effect else None),
            (gl["effectBasis"], code("effect-basis", basis) if basis else None),
            (gl["reasonAmount"], decimal(match.amount)),
            (gl["score"], decimal(CUE_SCORE)),
            (gl["method"], code("method", "cue-rule")),
        ),
    )
