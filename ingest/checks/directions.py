"""Directions: the word of a comparison (增加, 大于, 持平) against the figures that it compares."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.calculations import Calculation, Operand, add_up
from ingest.checks import phrases
from ingest.checks.findings import amount, finding
from ingest.checks.precision import Precision
from ingest.checks.reasons import direction_of, without_last_year
from ingest.checks.subjects import baseline_label, comparison_key, key_of, label_of
from ingest.checks.sums import baseline_key
from ingest.facts import Anomaly, Comparison, DocumentFacts, Observation, Severity
from ingest.narrative.folding import fold_characters


def check_directions(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`direction` where a comparison without a figure of its own contradicts the stated baseline, and
    where no change is given the reason of one."""
    precision = Precision.of(facts)
    for observation, comparison in facts.comparisons():
        yield from check_word(facts, precision, observation, comparison)
        yield from check_percent_word(observation, comparison)
        yield from check_reason_of_no_change(facts, observation, comparison)


def check_word(
    facts: DocumentFacts, precision: Precision, observation: Observation, comparison: Comparison
) -> Iterator[Anomaly]:
    """A comparison that states its change is checked where changes are (`checks.sections`)."""
    stated = facts.observation(baseline_key(observation.key, comparison.baseline))
    if stated is None or comparison.delta is not None or comparison.direction == "unchanged":
        return
    change = precision.value(observation) - precision.value(stated)
    right = "decrease" if change.high < 0 else "increase" if change.low > 0 else "unchanged"
    same = observation.value == stated.value and observation.unit == stated.unit
    if right == comparison.direction or (right == "unchanged" and not same):
        return
    calculation = change_from(observation, stated, comparison.baseline)
    told = phrases.WORD_AGAINST_FIGURES(
        item=label_of(observation.key.item),
        baseline=baseline_label(comparison.baseline),
        word=phrases.DIRECTION[comparison.direction],
        value=amount(observation.value, observation.unit),
        stated=amount(stated.value, stated.unit),
        change=amount(calculation.computed, calculation.unit),
    )
    about = (comparison_key(observation, comparison), key_of(stated.key))
    yield finding("direction", "error", told, comparison.span, about, calculation)


def change_from(observation: Observation, stated: Observation, baseline: str) -> Calculation:
    """The change from a stated baseline; no figure stands against it, but a word."""
    terms = (
        Operand(label_of(observation.key.item), observation.value, observation.unit),
        Operand(baseline_label(baseline), -stated.value, stated.unit),
    )
    return add_up(terms, None, observation.unit, phrases.CHANGE)


def check_percent_word(observation: Observation, comparison: Comparison) -> Iterator[Anomaly]:
    """减少0.54万元，增长11.59%: the amount and the percentage go different ways."""
    told = comparison.percent_direction
    if told in (None, comparison.direction) or not comparison.percent:
        return
    words = phrases.TWO_DIRECTIONS(
        item=label_of(observation.key.item),
        word=phrases.DIRECTION[comparison.direction],
        delta=amount(comparison.delta, observation.unit),
        other=phrases.DIRECTION[told or comparison.direction],
        percent=comparison.percent,
    )
    about = (comparison_key(observation, comparison),)
    yield finding("direction", "error", words, comparison.span, about)


def check_reason_of_no_change(
    facts: DocumentFacts, observation: Observation, comparison: Comparison
) -> Iterator[Anomaly]:
    """The reason of a rise or a fall behind 持平. It is an error where the document gives the very same
    reason for a change elsewhere, else a slip: what fell may have been made up for."""
    if comparison.direction != "unchanged" or comparison.reason is None or not observation.value:
        return
    reason = folded(comparison.reason.quote)
    told = direction_of(without_last_year(facts, reason))
    if told not in ("increase", "decrease"):
        return
    others = [*changes_for(facts, reason, told)]
    severity: Severity = "error" if others else "minor"
    word = phrases.DIRECTION[told]
    words = phrases.REASON_OF_CHANGE(item=label_of(observation.key.item), word=word)
    for one, change in others[:1]:
        delta = amount(change.delta, one.unit)
        words += phrases.SAME_REASON_FOR(item=label_of(one.key.item), word=word, delta=delta)
    about = (comparison_key(observation, comparison),)
    yield finding("direction", severity, words, comparison.span, about)


def changes_for(
    facts: DocumentFacts, reason: str, direction: str
) -> Iterator[tuple[Observation, Comparison]]:
    """The changes in this direction that are given this reason."""
    for observation, comparison in facts.comparisons():
        same = comparison.reason is not None and folded(comparison.reason.quote) == reason
        if same and comparison.direction == direction and comparison.delta:
            yield observation, comparison


def folded(text: str) -> str:
    return "".join(fold_characters(text).split()).rstrip("。；，")
