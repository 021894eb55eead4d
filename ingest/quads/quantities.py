"""Quantities of indicators: a printed number with its unit, and what it is in the unit of another one.

Only units that measure the same in several ways are known (money, ratios, time); 次, 人 and all others count
what the indicator names. 万 and 亿 scale any unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

COUNTED = "count"
SCALE = re.compile("[万亿]")
SCALES: Mapping[str, Decimal] = {"万": Decimal(10**4), "亿": Decimal(10**8)}
#: What each unit measures, and how many of the smallest unit it is. A working day is no day.
UNITS: Mapping[str, tuple[str, Decimal]] = {
    "个百分点": ("ratio", Decimal(10)),
    "百分点": ("ratio", Decimal(10)),
    "%": ("ratio", Decimal(10)),
    "‰": ("ratio", Decimal(1)),
    "元": ("money", Decimal(1)),
    "千元": ("money", Decimal(1000)),
    "分钟": ("time", Decimal(1)),
    "小时": ("time", Decimal(60)),
    "天": ("time", Decimal(24 * 60)),
    "日": ("time", Decimal(24 * 60)),
    "个工作日": ("working time", Decimal(1)),
    "工作日": ("working time", Decimal(1)),
    "个月": ("months", Decimal(1)),
    "月": ("months", Decimal(1)),
    "年": ("months", Decimal(12)),
}
KNOWN = re.compile("|".join(sorted(map(re.escape, UNITS), key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as printed; what its unit measures (None where none is printed) and how much it is."""

    number: Decimal
    measures: str | None
    factor: Decimal

    def values_in(self, other: Quantity) -> tuple[Decimal, ...]:
        """The number in the unit of another quantity: none where they measure different things, two
        where a unit is not printed and may be either.

        >>> quantity("48000", "元").values_in(quantity("5", "万元"))
        (Decimal('4.8'),)
        """
        if self.measures is not None and other.measures is not None:
            same = self.measures == other.measures
            return (self.number * self.factor / other.factor,) if same else ()
        return tuple(dict.fromkeys((self.number, *self._converted(other))))

    def _converted(self, other: Quantity) -> Iterator[Decimal]:
        """What the number may be besides, where only one of the two has its unit printed."""
        if COUNTED in (self.measures, other.measures):
            # 12000 beside 1万人次 are people.
            yield self.number * self.factor / other.factor
        elif self.measures == "money":
            # 48000元 beside a bare 5: budgets are printed in 万元.
            yield self.number * self.factor / SCALES["万"]


def quantity(number: str, unit: str | None) -> Quantity:
    """The quantity of a printed number and the words behind it.

    >>> quantity("1.2", "万人次").measures, quantity("3", "个工作日以内").measures, quantity("3", "").measures
    ('count', 'working time', None)

    Raises:
        InvalidOperation: the number is none.
    """
    value, words = Decimal(number.replace(",", "")), unit or ""
    if not words:
        return Quantity(value, None, Decimal(1))
    scale = SCALE.match(words)
    factor = SCALES[scale.group()] if scale else Decimal(1)
    known = KNOWN.match(words[scale.end() if scale else 0 :])
    measures, smallest = UNITS[known.group()] if known else (COUNTED, Decimal(1))
    return Quantity(value, measures, factor * smallest)
