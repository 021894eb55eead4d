"""Function classes in the editions of different years: which of them are not the same class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ontology.classes import BudgetClass, function_classes
from queries.definitions import Words


def changed_classes(codes: Iterable[str], years: Sequence[int]) -> Iterator[Words]:
    """The classes by function whose name is not the same in the editions of all years, each with its
    names; a dash where the edition has no such class. The names themselves are Chinese in both languages.

    >>> [words.zh for words in changed_classes(["208", "224"], [2018, 2020])]
    ['224：2018 —、2020 灾害防治及应急管理支出']
    >>> [words.en for words in changed_classes(["208", "224"], [2018, 2020])]
    ['224: 2018 —, 2020 灾害防治及应急管理支出']
    """
    for code in codes:
        known = function_classes().get(code)
        names = {year: edition_name(known, year) for year in years} if known else {}
        if len({(name or "").removesuffix("支出") for name in names.values()}) > 1:
            told = [f"{year} {name or '—'}" for year, name in names.items()]
            yield Words(f"{code}：{'、'.join(told)}", f"{code}: {', '.join(told)}")


def edition_name(known: BudgetClass, year: int) -> str | None:
    """The name of a class in the edition of a year, None where that has no such class. Undated names
    are variants of writing, but for the name of the class itself."""
    dated = [name for name in known.names if name.valid_from or name.valid_to]
    borne = next((name.name for name in dated if name.holds_in(year)), None)
    is_dated = any(name.name == known.name for name in dated)
    return borne or (None if is_dated else known.name)
