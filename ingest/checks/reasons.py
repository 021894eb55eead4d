"""Reasons: what a reason says of an item agrees with what the document states of that item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.checks import phrases
from ingest.checks.findings import amount, finding
from ingest.checks.subjects import baseline_label, comparison_key, label_of
from ingest.checks.sums import find_comparison
from ingest.facts import Anomaly, Comparison, DocumentFacts, Observation
from ingest.narrative.folding import fold_characters
from ingest.narrative.slots import alternation, meaning
from ontology.lexicon import load_lexicon

SEGMENT = re.compile(r"[，；。]")
OTHER_YEAR = re.compile(
    r"(?:因|由于|主要是)?(?:上年|上一年|去年|前年|以前年度|(?P<year>[0-9]{4})年)"
)
# Items that a reason may name with a direction; totals and funds are too wide for that.
ITEMS = (
    "three-public", "abroad", "vehicle", "vehicle-purchase", "vehicle-operation", "reception",
    "meeting", "training", "personnel", "public", "agency-operation", "basic", "project",
)  # fmt: skip
# Items that hold the others: a fall of any part explains a fall of these, and no rise.
WHOLES = ("grand-total", "total")
# What may stand between an item and its direction: its measure, and how much.
MEASURE = r"(?:等)?(?:支出|开支|费用|经费)?(?:次数|批次|人次|人数|任务|数量|规模|频次|的|和|、)*"
DEGREE = (
    r"(?:也|均|都|相应|随之|有所|大幅度?|明显|略有|同步|逐年|进一步|同比"
    r"|[较比]上年(?:度|决算数?)?|[较比]年初预算数?)*"
)
# 接待批次增加 is of receptions though it names no cost; only such counts are read without one.
ACTIVITIES = {
    "接待": "reception",
    "用车": "vehicle-operation",
    "出国": "abroad",
    "出国(境)": "abroad",
}
OCCASIONS = r"(?:批次|人次|人数|次数|任务|数量|频次|、|和|及)+"
MONEY = r"(?:支出|开支|费用|经费|费)"
SHORTEST_DIRECTION = 2


def check_reasons(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`reason-conflict` where a reason has an item rise that fell against the same baseline, or fall
    that rose; the item itself, or another one that the reason names."""
    for observation, comparison in facts.comparisons():
        if comparison.reason is None:
            continue
        reason = without_last_year(facts, "".join(fold_characters(comparison.reason.quote).split()))
        claimed = find_contradicted(facts, observation, comparison, reason)
        effects = {*find_effects(reason, observation.key.item)}
        if claimed:
            yield conflict(observation, comparison, *claimed)
        elif len(effects) == 1 and opposite(comparison.direction, *effects) and comparison.delta:
            yield conflict(observation, comparison, (observation, comparison), *effects)


def without_last_year(facts: DocumentFacts, reason: str) -> str:
    """The reason without segments that tell of another year: 上年接待减少 explains a rise."""
    segments = []
    for segment in SEGMENT.split(reason):
        other = OTHER_YEAR.match(segment)
        if other is None or other["year"] == facts.fiscal_year:
            segments.append(segment)
    return "，".join(segments)


Told = tuple[Observation, Comparison]


def find_contradicted(
    facts: DocumentFacts, observation: Observation, comparison: Comparison, reason: str
) -> tuple[Told, str] | None:
    """What the document states against a claim of the reason, and the claimed direction."""
    for item, direction in find_claims(reason):
        told = told_of(facts, observation, comparison, item)
        if told and opposite(told[1].direction, direction):
            return told, direction
    return None


def find_claims(reason: str) -> Iterator[tuple[str, str]]:
    """The (item, direction) pairs that a folded reason claims.

    A segment with several directions claims nothing, nor does 生均公用经费: an average is another thing.

    >>> list(find_claims("天气不好，公务接待批次有所下降"))
    [('reception', 'decrease')]
    """
    for segment in SEGMENT.split(reason):
        claim = claims().search(segment)
        if claim and direction_of(segment):
            for word in item_words().findall(claim.group()):
                yield meaning("item", word), direction_of(segment)


def find_effects(reason: str, item: str) -> Iterator[str]:
    """The directions of money or occasions in segments that name no other item: 接待开支上升, 接待批次增加.
    Of all money, a part may be named: 人员经费减少.

    A segment that goes the other way makes the reason a weighing of both, which contradicts nothing.
    """
    for segment in SEGMENT.split(reason):
        named = {meaning("item", word) for word in item_words().findall(segment)}
        own = any(ACTIVITIES[word] == item for word in occasions().findall(segment))
        of_item = named <= {item} or item in WHOLES
        if of_item and (own or effects().search(segment)) and direction_of(segment):
            yield direction_of(segment)


def direction_of(segment: str) -> str:
    """The one direction of a segment, or the empty string."""
    found = {meaning("direction", word) for word in direction_words().findall(segment)}
    return found.pop() if len(found) == 1 else ""


@cache
def item_words() -> re.Pattern[str]:
    return re.compile(item_pattern())


def item_pattern() -> str:
    words = load_lexicon().words("item")
    return alternation(word for word in words if names_one_item(word))


def names_one_item(word: str) -> bool:
    """Whether a word names an item in any sentence: 运行经费 alone may be of a school or of a service."""
    item = meaning("item", word)
    return item in ITEMS and (item != "agency-operation" or "机关" in word)


@cache
def direction_words() -> re.Pattern[str]:
    return re.compile(direction_pattern())


def direction_pattern() -> str:
    words = load_lexicon().words("direction")
    return alternation(word for word in words if len(word) >= SHORTEST_DIRECTION)


@cache
def claims() -> re.Pattern[str]:
    item, direction = item_pattern(), direction_pattern()
    listed = rf"(?<!均){item}(?:(?:、|和|及|与){item})*"
    return re.compile(rf"{listed}{MEASURE}{DEGREE}{direction}|{direction}了?{listed}{MONEY}?$")


@cache
def occasions() -> re.Pattern[str]:
    words = alternation(ACTIVITIES)
    return re.compile(rf"({words}){OCCASIONS}{DEGREE}{direction_pattern()}")


@cache
def effects() -> re.Pattern[str]:
    """Money that rises or falls at the end of a segment."""
    return re.compile(rf"{MONEY}{DEGREE}{direction_pattern()}$")


def told_of(
    facts: DocumentFacts, observation: Observation, comparison: Comparison, item: str
) -> tuple[Observation, Comparison] | None:
    """What the document states of an item against the same baseline."""
    for other in facts.amounts:
        same_period = (other.key.year, other.key.phase) == (
            observation.key.year,
            observation.key.phase,
        )
        if other.key.item == item and same_period and other.key.flow == "expenditure":
            found = find_comparison(other, comparison.baseline)
            if found and found.delta:
                return other, found
    return None


def opposite(one: str, other: str) -> bool:
    return {one, other} == {"increase", "decrease"}


def conflict(
    observation: Observation,
    comparison: Comparison,
    told: tuple[Observation, Comparison],
    direction: str,
) -> Anomaly:
    other, change = told
    sign = "+" if change.direction == "increase" else "-"
    words = phrases.REASON_AGAINST_CHANGE(
        item=label_of(observation.key.item),
        named=label_of(other.key.item),
        word=phrases.DIRECTION[direction],
        baseline=baseline_label(comparison.baseline),
        change=amount(f"{sign}{change.delta}", other.unit),
    )
    return finding(
        "reason-conflict",
        "error",
        words,
        comparison.span,
        (comparison_key(observation, comparison), comparison_key(other, change)),
    )
