"""How alike two wordings are, which of many is the nearest, and names folded for comparison."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
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
    return cosine(shared, squares(left), squares(right))


class WordingIndex:
    """Wordings to find the nearest of, by the same measure as `wording_similarity`.

    Only wordings that share a character with the one asked for are looked at, each once a shared
    character or pair.
    """

    def __init__(self, wordings: Iterable[str]) -> None:
        self._holders: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._squares: list[int] = []
        for place, wording in enumerate(wordings):
            counts = grams(wording)
            self._squares.append(squares(counts))
            for gram, count in counts.items():
                self._holders[gram].append((place, count))

    def nearest(self, wording: str) -> tuple[int, Decimal] | None:
        """The place of the wording that is most like this one, the first of equals, and how alike
        the two are; None if there is nothing in common."""
        counts = grams(wording)
        shared: defaultdict[int, int] = defaultdict(int)
        for gram, count in counts.items():
            for place, times in self._holders.get(gram, ()):
                shared[place] += count * times
        if not shared:
            return None
        # The square of the cosine orders as the cosine does; that of the asked wording is constant.
        best = min(shared, key=lambda place: (-(shared[place] ** 2) / self._squares[place], place))
        return best, cosine(shared[best], squares(counts), self._squares[best])


def cosine(shared: int, squares_of_one: int, squares_of_other: int) -> Decimal:
    """The cosine in thousandths, from the product of the counts and the squares of each."""
    exact = shared / math.sqrt(squares_of_one * squares_of_other)
    return Decimal(min(exact, 1.0)).quantize(THOUSANDTH)


@lru_cache(maxsize=65536)
def grams(text: str) -> Counter[str]:
    """The characters and the pairs of neighbours, with their counts."""
    folded = fold_wording(text)
    pairs = (one + other for one, other in pairwise(folded))
    return Counter([*folded, *pairs])


def squares(counts: Counter[str]) -> int:
    return sum(count * count for count in counts.values())


def fold_wording(text: str) -> str:
    """The letters and digits of a text in NFKC and lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
