"""Expenditure by function and by economic class: 政府收支分类科目, with the names of its editions.

The levels 类, 款 and 项 are `class`, `group` and `item`. The same 项 name (行政运行) stands under
dozens of 款, so an 项 is found inside its 款 only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from ontology.tables import Row, read_table

Level = Literal["class", "group", "item"]
Classification = Literal["function", "economic"]
# 与 stands for 和, and quotes are left out or of any kind: “三供一业”, "三供一业".
_WRITTEN_ALIKE = str.maketrans({"与": "和", **dict.fromkeys("“”‘’\"'「」『』")})
_LEVELS: Mapping[str, Level] = {"class": "class", "group": "group", "item": "item"}


@dataclass(frozen=True, slots=True)
class ClassName:
    """A name that a class bears or bore; the years are inclusive, None where open."""

    name: str
    valid_from: int | None = None
    valid_to: int | None = None

    def holds_in(self, year: int) -> bool:
        """Whether an edition of that year has this name."""
        return (self.valid_from or year) <= year <= (self.valid_to or year)

    def is_borne(self, year: int | None) -> bool:
        """Whether an edition of that year has this name; without a year, the present edition."""
        return self.valid_to is None if year is None else self.holds_in(year)


@dataclass(frozen=True, slots=True)
class BudgetClass:
    """A class of expenditure. `parent` is the code above, None for a 类; `verified` is True for a
    code that was seen in a published document; `other_names` are former names and variants, and
    the name itself where an edition gave it or took it away in a known year."""

    code: str
    level: Level
    name: str
    label_en: str
    parent: str | None
    verified: bool
    other_names: tuple[ClassName, ...] = ()

    @property
    def names(self) -> tuple[ClassName, ...]:
        """All names with their years; the name of the class comes first and is open when undated."""
        dated = [name for name in self.other_names if name.name == self.name]
        others = (name for name in self.other_names if name.name != self.name)
        return (*(dated or [ClassName(self.name)]), *others)


@cache
def function_classes() -> Mapping[str, BudgetClass]:
    """Expenditure by function (支出功能分类科目) by code."""
    return _read_classes("function")


@cache
def economic_classes() -> Mapping[str, BudgetClass]:
    """Expenditure by economic class by code: 301… of departments, 501… of governments."""
    return _read_classes("economic")


@cache
def function_class_names() -> tuple[str, ...]:
    """All names of the 类 of expenditure by function, with former names and variants."""
    tops = (known for known in function_classes().values() if known.level == "class")
    names = dict.fromkeys(name.name for known in tops for name in known.names)
    return tuple(names)


def find_function_class(
    name: str, parent: str | None = None, year: int | str | None = None
) -> str | None:
    """The code of the class by function with this name, or None when none or several have it.

    Args:
        name: as printed; width, quotes, 支出 at the end, 与 for 和 and 其它 for 其他 make no difference.
        parent: the code of the class above; only classes right below it are meant. Without it,
            类 and then 款 are sought, never 项.
        year: the fiscal year; of several holders the one that bore the name in it is taken, without
            it the one that bears the name today.

    >>> find_function_class("社会保障与就业支出"), find_function_class("行政运行", parent="20103")
    ('208', '2010301')
    >>> find_function_class("行政运行") is None
    True
    >>> find_function_class("其他商业服务业等支出", "216"), find_function_class("其它商业服务业等", "21699")
    ('21699', '2169999')
    """
    return _find_class("function", name, parent, year)


def find_economic_class(
    name: str, parent: str | None = None, year: int | str | None = None
) -> str | None:
    """The code of the economic class with this name; 类 of departments before 款, as printed.

    >>> find_economic_class("基本工资"), find_economic_class("办公设备购置", parent="310")
    ('30101', '31002')
    """
    return _find_class("economic", name, parent, year)


def _find_class(
    classification: Classification, name: str, parent: str | None, year: int | str | None
) -> str | None:
    index, key = _index(classification), _comparable(name)
    places = [parent] if parent else ["class", "group"]
    for place in places:
        holders = index.get((place, key), ())
        code = _one_holder(holders, int(year) if year else None)
        if code is not None:
            return code
    return None


def _one_holder(holders: tuple[tuple[str, ClassName], ...], year: int | None) -> str | None:
    """The only holder, whatever the year, because offices keep using names that an edition gave up;
    of several the only one that bears the name in the year."""
    codes = {code for code, _ in holders}
    if len(codes) > 1:
        codes = {code for code, name in holders if name.is_borne(year)}
    return codes.pop() if len(codes) == 1 else None


@cache
def _index(
    classification: Classification,
) -> Mapping[tuple[str, str], tuple[tuple[str, ClassName], ...]]:
    """Holders of a comparable name by place: the level (`class`, `group`) or the code above."""
    index: dict[tuple[str, str], tuple[tuple[str, ClassName], ...]] = {}
    for place, known in _places(classification):
        for name in known.names:
            key = (place, _comparable(name.name))
            index[key] = (*index.get(key, ()), (known.code, name))
    return index


def _places(classification: Classification) -> Iterator[tuple[str, BudgetClass]]:
    """Where each class is found. Classes of governments (5…) are found inside their parent only."""
    for known in _classes(classification).values():
        if known.parent:
            yield known.parent, known
        of_government = classification == "economic" and known.code.startswith("5")
        if known.level != "item" and not of_government:
            yield known.level, known


def _comparable(name: str) -> str:
    """A name without what editions and writers vary: width, spaces, quotes, 支出 at the end."""
    folded = "".join(unicodedata.normalize("NFKC", name).split()).translate(_WRITTEN_ALIKE)
    folded = folded.replace("其它", "其他")
    return folded.removesuffix("支出") or folded


def _classes(classification: Classification) -> Mapping[str, BudgetClass]:
    return function_classes() if classification == "function" else economic_classes()


def _read_classes(classification: Classification) -> Mapping[str, BudgetClass]:
    tables = {"function": "function_class", "economic": "economic_class"}
    others = _read_other_names(f"{tables[classification]}_names")
    rows = read_table(f"{tables[classification]}es")
    classes = {row["code"]: _read_class(row, others.get(row["code"], ())) for row in rows}
    return MappingProxyType(classes)


def _read_class(row: Row, other_names: tuple[ClassName, ...]) -> BudgetClass:
    return BudgetClass(
        row["code"],
        _LEVELS[row["level"]],
        row["name"],
        row["label_en"],
        row["parent"] or None,
        row["source"] != "compiled",
        other_names,
    )


def _read_other_names(table: str) -> Mapping[str, tuple[ClassName, ...]]:
    names: dict[str, tuple[ClassName, ...]] = {}
    for row in read_table(table):
        name = ClassName(row["name"], _year(row["valid_from"]), _year(row["valid_to"]))
        names[row["code"]] = (*names.get(row["code"], ()), name)
    return names


def _year(text: str) -> int | None:
    return int(text) if text else None
