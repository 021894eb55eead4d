"""Reasons to causes: what a stated reason names, with the cue, the effect and the money of each."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ingest.cues import FoundCue, holds_cue
from ingest.facts import Direction
from ingest.near_cues import NearCues
from ingest.reason_amounts import clause_amount
from ingest.reason_effects import SIGN, Effect, clause_effect, effect_of
from ingest.reason_forms import (
    folded_clauses,
    form_of,
    mask_items,
    tells_consequence,
    whole_forms,
)
from ontology.causes import CAUSES, CAUSES_BY_CODE, Cause

# What a clause that only tells a consequence names is the money that moved, not why it moved.
CONSEQUENCES = frozenset({"asset", "activity", "funds.carry", "pay.bonus", "policy.demand"})


# 会议等差旅费减少: it is not the meetings that became fewer.
OTHER_CHANGED = re.compile(
    r"(?:费|支出|收入|拨款|资金|等|次数|场次|期数|频次|标准|工资|待遇|津贴|补贴)[^|]*"
    r"\|(?:增加|减少|增多|增长|下降|上升|提高|降低)$"
)


EffectBasis = Literal["stated", "typical", "assumed"]

# Turnover by definition leaves open which way it works.
OPEN = frozenset({"staff.turnover"})


# Causes that are things and people rather than events; in 审批系统维护项目增加 both count.
THINGS = frozenset({"staff.contract", "pay", "proj", "activity", "asset"})
EVENTS = frozenset({"proj.new", "proj.cut"})
CONJUNCTION = re.compile("[、及与和并且;:]|同时|另|以及|加之|还")


@dataclass(frozen=True, slots=True)
class CauseMatch:
    """A cause that a reason names, with its cue; for a leaf of `none` the folded clause.

    `effect` is which way the cause works by the predicates of the clause that the cue stands in, and
    `amount` the money in yuan that this clause alone gives; both None where it leaves them open.
    """

    cause: Cause
    cue: str
    effect: Effect | None = None
    amount: Decimal | None = None


def classify_reason(
    text: str, direction: Direction, fiscal_year: str = ""
) -> tuple[CauseMatch, ...]:
    """The causes that a reason names, in the order of its words; each once, with its longest cue.

    `direction` is that of the change which the reason explains. A weak cue counts where nothing
    else names a cause, a leaf of `none` where no real cause is found at all; the answer is empty
    where the reason is not understood.
    """
    clauses = folded_clauses(text)
    if direction == "unchanged" and any(told_by_form(one) for one in clauses):
        return _each_once(match for _, match in _without_cause(clauses, direction))
    sign = SIGN.get(effect_of(text) or direction)
    found = (
        list(_real_causes(clauses, direction, sign))
        or list(_weak_causes(clauses, direction, sign))
        or _without_cause(clauses, direction)
    )
    return _each_once(_with_clause(clause, match, fiscal_year) for clause, match in found)


def effect_and_basis(
    match: CauseMatch, directions: Iterable[Direction]
) -> tuple[Effect | None, EffectBasis | None]:
    """Which way a cause works, and how we know: by the predicates of its clause, as it typically
    does, or as the change does that it explains. Both None where nothing moved or none can tell."""
    if match.cause.typical_direction == "=":
        return None, None
    if match.effect:
        return match.effect, "stated"
    moved = {direction for direction in directions if direction != "unchanged"}
    if len(moved) != 1 or match.cause.code in OPEN:
        return None, None
    effect = moved.pop()
    typical = match.cause.typical_direction == SIGN[effect]
    return effect, "typical" if typical else "assumed"


def told_by_form(clause: str) -> bool:
    """Whether a clause of an unchanged amount says no more than that."""
    return next(whole_forms(mask_items(clause), "unchanged"), None) is not None


def text_key(text: str) -> str:
    """The key of a wording, whatever its punctuation and white space.

    8 hex digits of the SHA-256 of its NFKC without white space, punctuation and control characters.
    """
    kept = (
        character
        for character in unicodedata.normalize("NFKC", text)
        if not character.isspace() and unicodedata.category(character)[0] not in "PC"
    )
    return hashlib.sha256("".join(kept).encode()).hexdigest()[:8]


Found = tuple[str, CauseMatch]
"""A match and the folded clause that it stands in."""


def _real_causes(clauses: Iterable[str], direction: Direction, sign: str | None) -> Iterator[Found]:
    """The causes by strong cues; of a clause that only tells a consequence, none of its objects."""
    something_before = False
    for clause in clauses:
        masked = mask_items(clause)
        if next(whole_forms(masked, direction), None):
            continue
        matches = _named(masked, STRONG, sign)
        if something_before and tells_consequence(masked):
            matches = [match for match in matches if CONSEQUENCES.isdisjoint(match.cause.names)]
        yield from ((clause, match) for match in matches)
        something_before = something_before or bool(matches)


def _weak_causes(clauses: Iterable[str], direction: Direction, sign: str | None) -> Iterator[Found]:
    """The first cause by a weak cue of every clause that has no form of `none`."""
    for clause in clauses:
        masked = mask_items(clause)
        if form_of(masked, direction) is None:
            yield from ((clause, match) for match in _named(masked, WEAK, sign)[:1])


def _without_cause(clauses: Iterable[str], direction: Direction) -> list[Found]:
    forms = ((clause, form_of(mask_items(clause), direction)) for clause in clauses)
    return [(clause, CauseMatch(CAUSES_BY_CODE[code], clause)) for clause, code in forms if code]


def _contenders(column: str) -> dict[str, list[Cause]]:
    leaves = defaultdict(list)
    for cause in CAUSES:
        for cue in getattr(cause, column):
            leaves[cue].append(cause)
    return dict(leaves)


@dataclass(frozen=True, slots=True)
class _Cues:
    """Cues with the leaves that each stands under, and where to look them up."""

    leaves: dict[str, list[Cause]]
    index: NearCues

    def meant(self, cue: str, sign: str | None) -> Cause:
        """The leaf that a cue means; of two siblings the one that works as the change does."""
        leaves = self.leaves[cue]
        return next((leaf for leaf in leaves if leaf.typical_direction == sign), leaves[0])


def _cues(column: str) -> _Cues:
    leaves = _contenders(column)
    return _Cues(leaves, NearCues(leaves, OTHER_CHANGED))


STRONG, WEAK = _cues("cues"), _cues("weak_cues")


def _named(clause: str, cues: _Cues, sign: str | None) -> list[CauseMatch]:
    """The causes that the cues of a masked clause name, in the order of its words."""
    accepted: dict[str, FoundCue] = {}
    for cause, found in _standing(clause, cues, sign):
        swallowed = any(
            found.lies_within(other) for code, other in accepted.items() if code != cause.code
        )
        if not swallowed:
            accepted.setdefault(cause.code, found)
    present = {name for code in accepted for name in CAUSES_BY_CODE[code].names}
    in_order = sorted(accepted.items(), key=lambda pair: pair[1].spans)
    matches = [CauseMatch(CAUSES_BY_CODE[code], found.cue) for code, found in in_order]
    kept = [match for match in matches if present.isdisjoint(match.cause.yields_to)]
    return kept if CONJUNCTION.search(clause) else _heads(kept, accepted)


def _heads(matches: list[CauseMatch], found: Mapping[str, FoundCue]) -> list[CauseMatch]:
    """Of the things that a clause without conjunction names only the last, its head: in
    社工宿舍维修 nothing is told of the social workers. What moved money beside it stays."""
    things = [
        match
        for match in matches
        if not THINGS.isdisjoint(match.cause.names) and match.cause.code not in EVENTS
    ]
    if not things:
        return matches
    head = max(things, key=lambda match: found[match.cause.code].spans[-1]).cause.parent
    return [match for match in matches if match not in things or match.cause.parent == head]


def _standing(clause: str, cues: _Cues, sign: str | None) -> list[tuple[Cause, FoundCue]]:
    """The cues of a clause that no word of the clause excludes: the heaviest first, of equals that in fewer words."""
    found = [(cues.meant(cue.cue, sign), cue) for cue in cues.index.find(clause)]
    excluded = {
        cause.code for cause in {cause for cause, _ in found} if holds_cue(clause, cause.exclude)
    }
    standing = [pair for pair in found if pair[0].code not in excluded]
    return sorted(standing, key=lambda pair: (-pair[1].weight, len(pair[1].spans)))


def _with_clause(clause: str, match: CauseMatch, fiscal_year: str) -> CauseMatch:
    effect, amount = clause_effect(clause, fiscal_year), clause_amount(clause, fiscal_year)
    return CauseMatch(match.cause, match.cue, effect, amount)


def _each_once(matches: Iterable[CauseMatch]) -> tuple[CauseMatch, ...]:
    """Each cause once: with its longest cue and the clause of that."""
    first: dict[str, CauseMatch] = {}
    for match in matches:
        kept = first.setdefault(match.cause.code, match)
        if len(match.cue) > len(kept.cue):
            first[match.cause.code] = match
    return tuple(first.values())
