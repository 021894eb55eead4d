"""How alike two wordings are, and names folded for comparison."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

THOUSANDTH = Decimal("0.001")


def wording_similarity(one: str, other: str) -> Decimal:
    """The cosine of the counts of characters and of pairs of characters, 0 to 1, in thousandths.

    Width, case, punctuation and white space make no difference; wordings without a character left
    have nothing in common.

    >>> wording_similarity("推进政务公开", "推进民政政务公开")
    Decimal('0.804')
    """
    left, right = grams(one), grams(other)
    shared = sum(count * right[gram] for gram, count in left.items())
    if not shared:
        return Decimal(0).quantize(THOUSANDTH)
    cosine = shared / math.sqrt(squares(one) * squares(other))
    return Decimal(min(cosine, 1.0)).quantize(THOUSANDTH)


@lru_cache(maxsize=65536)
def grams(text: str) -> Counter[str]:
    """The characters and the pairs of neighbours, with their counts."""
    folded = fold_wording(text)
    pairs = (one + other for one, other in pairwise(folded))
    return Counter([*folded, *pairs])


@lru_cache(maxsize=65536)
def squares(text: str) -> int:
    """The squared length of the vector of counts."""
    return sum(count * count for count in grams(text).values())


def fold_wording(text: str) -> str:
    """The letters and digits of a text in NFKC and lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
