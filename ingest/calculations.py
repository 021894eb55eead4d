"""Calculations: the arithmetic of a finding as figures, so that it can be shown and done again.

A figure keeps its printed digits and its unit; what is subtracted is negative. Amounts of money in several
units are added in the unit of the calculation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Literal

from ingest.bilingual import NOTHING, Bilingual
from ontology.codes import code_list, unit_power

Operator = Literal["sum", "quotient", "percentage"]
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Operand:
    """One figure of a calculation and what it is: a summand, or part of the divisor if it `divides`."""

    label: Bilingual
    value: Decimal
    unit: str = ""
    divides: bool = False


@dataclass(frozen=True, slots=True)
class Calculation:
    """What figures of a document amount to, and what it states instead.

    A `sum` adds its terms; a `quotient` divides the sum of those that do not divide by the sum of those
    that do, a `percentage` is a hundred times that. `label` tells what is computed; `computed` is exact for
    a sum, else rounded half up to its decimals, and `stated` is None where no figure stands against it.
    """

    operator: Operator
    terms: tuple[Operand, ...]
    computed: Decimal
    stated: Decimal | None = None
    unit: str = ""
    label: Bilingual = NOTHING

    @property
    def difference(self) -> Decimal | None:
        """The stated value less the computed one, in the unit of the calculation."""
        return None if self.stated is None else self.stated - self.computed

    def evaluate(self) -> Decimal:
        """The result of the terms, unrounded.

        Raises:
            ZeroDivisionError: the divisor is zero.
        """
        if self.operator == "sum":
            return total(self.terms, self.unit)
        # A percentage has no unit of its own: what is divided and what divides need only have the same.
        unit = self.terms[0].unit if self.operator == "percentage" else self.unit
        divisor = total((term for term in self.terms if term.divides), unit)
        if not divisor:
            raise ZeroDivisionError("The divisor of the calculation is zero.")
        quotient = total((term for term in self.terms if not term.divides), unit) / divisor
        return 100 * quotient if self.operator == "percentage" else quotient


def add_up(
    terms: Iterable[Operand], stated: Decimal | None, unit: str, label: Bilingual = NOTHING
) -> Calculation:
    """The sum of terms against what is stated."""
    known = tuple(terms)
    return Calculation("sum", known, total(known, unit), stated, unit, label)


def divide(
    dividend: Iterable[Operand],
    divisor: Iterable[Operand],
    stated: Decimal | None,
    decimals: int = 2,
    label: Bilingual = NOTHING,
    unit: str = PERCENT,
) -> Calculation:
    """A percentage against the stated one, or a quotient where its unit is another one.

    Raises:
        ZeroDivisionError: the divisor is zero.
    """
    terms = (*dividend, *(Operand(one.label, one.value, one.unit, divides=True) for one in divisor))
    operator: Operator = "percentage" if unit == PERCENT else "quotient"
    exact = Calculation(operator, terms, Decimal(0), stated, unit, label).evaluate()
    return Calculation(operator, terms, rounded(exact, decimals), stated, unit, label)


def total(terms: Iterable[Operand], unit: str) -> Decimal:
    """The exact sum of terms in a unit, with all decimals that they print."""
    return sum((in_unit(term, unit) for term in terms), Decimal(0))


def in_unit(term: Operand, unit: str) -> Decimal:
    """The value of a term in another unit of money; one of things counts as it is."""
    powers = powers_of_ten()
    if term.unit not in powers or unit not in powers:
        return term.value
    # Written out: 5万元 are 50000 yuan, not 5E+4.
    return Decimal(format(term.value.scaleb(powers[term.unit] - powers[unit]), "f"))


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Rounded half up, as the documents do."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@cache
def powers_of_ten() -> dict[str, int]:
    """The printed units of money by what they are worth in yuan, as a power of ten."""
    powers = {one.label_zh: unit_power(name) for name, one in code_list("unit").items()}
    return {unit: power for unit, power in powers.items() if power is not None}
