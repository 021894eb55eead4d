"""Reason statements: one node a span, shared by all changes that the sentence explains."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from ingest.causes import CauseMatch, amount_in, classify_reason, effect_of, text_key
from ingest.facts import Direction, Reason
from ingest.quads.disclosure import Disclosure
from ingest.quads.spans import stated_in
from ingest.quads.vocabulary import A, chinese, decimal, describe

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
    gl = disclosure.gl
    for reason, directions in stated_reasons(disclosure).values():
        node, effect = (
            reason_node(disclosure, reason),
            effect_of(reason.text, disclosure.facts.fiscal_year),
        )
        yield from describe(
            node,
            (
                (gl["effect"], disclosure.code("direction", effect) if effect else None),
                (gl["reasonAmount"], decimal(amount_in(reason.text))),
            ),
        )
        for project in disclosure.facts.performance.projects:
            if project.name in reason.text:
                yield Triple(node, gl["mentionsProject"], disclosure.project(project.name))
        for match in cause_matches(reason, directions):
            yield from assignment_triples(disclosure, reason, match)


def cause_matches(reason: Reason, directions: frozenset[Direction]) -> Iterator[CauseMatch]:
    """The causes of a reason, over the directions of all changes that it explains."""
    matches: dict[str, CauseMatch] = {}
    for direction in sorted(directions):
        for match in classify_reason(reason.text, direction):
            matches.setdefault(match.cause.code, match)
    yield from matches.values()


def assignment_triples(
    disclosure: Disclosure, reason: Reason, match: CauseMatch
) -> Iterator[Triple]:
    """A reason put under a cause, with the cue that decided it."""
    gl, cause = disclosure.gl, disclosure.code("cause", match.cause.code)
    node = reason_node(disclosure, reason)
    yield Triple(node, gl["cause"], cause)
    yield from describe(
        disclosure.own("ca", place(reason), match.cause.code),
        (
            (A, gl["CauseAssignment"]),
            (gl["assignedTo"], node),
            (gl["assignedCause"], cause),
            (gl["matchedCue"], chinese(match.cue)),
            (gl["score"], decimal(CUE_SCORE)),
            (gl["method"], disclosure.code("method", "cue-rule")),
        ),
    )
