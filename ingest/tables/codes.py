"""Codes of the rows: 类, 款 and 项 in one cell or three, before the name, or to be found by the name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ingest.tables.words import squeeze, unnumbered
from ontology.classes import (
    BudgetClass,
    economic_classes,
    find_economic_class,
    find_function_class,
    function_classes,
)

CODE = re.compile("[0-9]{1,7}")
# 类, 款 and 项 have three, five and seven digits.
WIDTHS = (3, 5, 7)
CODE_AND_NAME = re.compile(r"([0-9]{7}|[0-9]{5}|[0-9]{3})[-、. ]*([^0-9].*)")
LEVEL_MARK = re.compile(r"\((?:类|款|项)\)$")
# How much alike two names of one class are at the least: 养老保险费 and 养老保险缴费.
LEAST_LIKENESS = 0.6


def split_label(texts: Sequence[str]) -> tuple[str, str]:
    """The printed code, its parts joined, and the words of the label cells of a row.

    >>> split_label(["201", "06", "1", "行政运行"]), split_label(["2010601行政运行"])
    (('2010601', '行政运行'), ('2010601', '行政运行'))
    """
    code, words = "", ""
    for text in map(squeeze, texts):
        if CODE.fullmatch(text):
            code = join_code(code, text)
        elif found := CODE_AND_NAME.fullmatch(text):
            code, words = join_code(code, found.group(1)), words + found.group(2)
        else:
            words += text
    return code, words


def join_code(code: str, part: str) -> str:
    """The code with its next part: 201 and 6 are 20106; a part may repeat what stands before it."""
    if code and part.startswith(code):
        return part
    return code + (part.zfill(2) if code else part)


@dataclass(slots=True)
class ClassLookup:
    """Finds the class of each row of a table in its order: what stands above tells the class of a name.

    `year` chooses among the names of the editions.
    """

    prefix: str
    classes: Mapping[str, BudgetClass]
    find: Callable[[str, str | None, str | None], str | None]
    year: str
    above: str = field(default="")

    @classmethod
    def of_functions(cls, year: str) -> ClassLookup:
        return cls("func:", function_classes(), find_function_class, year)

    @classmethod
    def of_economic(cls, year: str) -> ClassLookup:
        return cls("econ:", economic_classes(), find_economic_class, year)

    def item(self, code: str, label: str) -> str:
        """The item code of the row with this printed code and label, "" where neither is known."""
        known = self.known(self.completed(code), LEVEL_MARK.sub("", unnumbered(label)))
        if known:
            self.above = known
        return f"{self.prefix}{known}" if known else ""

    def completed(self, code: str) -> str:
        """A code whose 类 and 款 are printed in a row above only, as whole as it can be made."""
        if len(code) == 2 and self.above:
            return self.above[: 5 if len(self.above) > 3 else 3] + code
        return code

    def known(self, code: str, name: str) -> str | None:
        if len(code) not in WIDTHS:
            return self.by_name(name, self.above) if not code and name else None
        return (
            self.of_department(code, name) if self.prefix == "econ:" else self.printed(code, name)
        )

    def printed(self, code: str, name: str) -> str | None:
        """A code by function as printed when its edition has it; a wrong one yields to the name. A code that is
        in no list here, but stands under a 类 that is, may be newer than the list and is kept."""
        if code in self.classes:
            return code
        named = self.by_name(name, code[:-2]) or self.by_name(name, self.above)
        if code[:3] not in self.classes:
            return named
        return named if named and len(named) == len(code) else code

    def of_department(self, code: str, name: str) -> str | None:
        """An economic class by its name within its 类: budgets number what they list from 01 on. A code beside
        a name that its class bears in some edition is printed rightly, whatever the year."""
        if len(code) == 3:
            return code if code in self.classes else self.find(name, None, self.year)
        official = self.classes.get(code)
        if official and any(known.name == name for known in official.names):
            return code
        named = self.find(name, code[:3], self.year)
        if named or not name:
            return named or (code if official else None)
        alike = official and SequenceMatcher(None, official.name, name).ratio() >= LEAST_LIKENESS
        return code if alike else None

    def by_name(self, name: str, above: str) -> str | None:
        """The class with this name nearest to the row above: inside it, beside it, or a 类 of its own."""
        places = [above[:width] for width in (5, 3) if len(above) >= width]
        for place in places:
            if found := self.find(name, place, self.year):
                return found
        return self.find(name, None, self.year) if name else None
