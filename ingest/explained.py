"""How much of a change the amounts explain that its reasons state, and what they leave over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ingest.causes import text_key
from ingest.facts import Direction
from ingest.reason_amounts import StatedAmount, stated_amounts

SIGNS: Mapping[Direction, int] = {"increase": 1, "decrease": -1, "unchanged": 0}


@dataclass(frozen=True, slots=True)
class ExplainedPart:
    """Parts of a change in yuan, signed.

    `explained` is the sum of the stated amounts whose words say in which direction they work,
    `assumed` that of the others, taken to work as the change does; an amount of the year before may
    well work against it. `remainder` is the change less both.
    """

    explained: Decimal
    assumed: Decimal
    remainder: Decimal


def explained_part(
    delta: Decimal, direction: Direction, texts: Iterable[str], fiscal_year: str = ""
) -> ExplainedPart | None:
    """What the reasons of a change explain of it; None if none of them states an amount.

    Args:
        delta: the change in yuan, signed.
        direction: that of the change.
        texts: the reasons verbatim; the same wording counts once.
        fiscal_year: the year of the document, to know which amounts are of the year before.
    """
    wordings = {text_key(text): text for text in texts}
    stated = [one for text in wordings.values() for one in stated_amounts(text, fiscal_year)]
    if not stated:
        return None
    explained = _with_sign(stated)
    assumed = sum((one.amount for one in stated if not one.effect), Decimal(0)) * SIGNS[direction]
    return ExplainedPart(explained, assumed, delta - explained - assumed)


def _with_sign(stated: Iterable[StatedAmount]) -> Decimal:
    """The sum of the amounts whose effect is told."""
    return sum((one.amount * SIGNS[one.effect] for one in stated if one.effect), Decimal(0))
