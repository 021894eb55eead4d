"""The numbers that Word prints before numbered paragraphs: 一、 （一） 1. ① as their list defines them.

They stand in no text of the file: `numbering.xml` holds for each list and level a number format and a
pattern (`（%1）`), styles bring lists to paragraphs, and a counter runs per abstract list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.reading.wordprocessing import W, attribute, child_value, whole_number

DIGITS = "零一二三四五六七八九"
LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
PLACEHOLDER = re.compile(r"%([1-9])")
LEVELS = 9


def chinese(number: int, digits: str = DIGITS, units: str = "十百千") -> str:
    """A number below 10,000 in words: 一, 十, 十一, 二十, 一百零一.

    >>> [chinese(number) for number in (1, 10, 12, 20, 101, 110)]
    ['一', '十', '十二', '二十', '一百零一', '一百一十']
    """
    if not 0 < number < 10_000:
        return str(number)
    words, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            words += (
                digits[0] * (gap and bool(words))
                + digits[digit]
                + (units[power - 1] if power else "")
            )
        gap = not digit
    return words[1:] if digits is DIGITS and 10 <= number < 20 else words


def chinese_digits(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def roman(number: int) -> str:
    words = ""
    for value, letters in ROMAN:
        words += letters * (number // value)
        number %= value
    return words


def letter(number: int) -> str:
    """A, B … Z, AA, BB: Word repeats the letter."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def one_of(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(
        {48 + d: 0xFF10 + d for d in range(10)}
    ),
    "decimalFullWidth2": lambda number: str(number).translate(
        {48 + d: 0xFF10 + d for d in range(10)}
    ),
    "decimalEnclosedCircle": one_of(CIRCLED),
    "decimalEnclosedCircleChinese": one_of(CIRCLED),
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalEnclosedParen": lambda number: f"({number})",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": chinese_digits,
    "taiwaneseDigital": chinese_digits,
    "japaneseDigitalTenThousand": chinese_digits,
    "chineseLegalSimplified": lambda number: chinese(number, LEGAL_DIGITS, "拾佰仟"),
    "ideographLegalTraditional": lambda number: chinese(number, LEGAL_DIGITS, "拾佰仟"),
    "ideographTraditional": one_of(STEMS),
    "ideographZodiac": one_of(BRANCHES),
    "ideographEnclosedCircle": one_of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": letter,
    "lowerLetter": lambda number: letter(number).lower(),
    "none": lambda number: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how a number looks, and the pattern around it."""

    start: int = 1
    number_format: str = "decimal"
    pattern: str = ""
    is_legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class List:
    """A numbered list (`w:num`): its levels and the abstract list that it counts along with."""

    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        abstracts = read_abstracts(numbering)
        self.lists = dict(read_lists(numbering, abstracts))
        self.styles = dict(read_styles(styles))
        self.counters: dict[str, list[int | None]] = {}
        self.begun: set[str] = set()

    def number(self, paragraph: etree._Element) -> str:
        """What is printed before a paragraph, empty when it is not numbered. Counts it."""
        list_id, level = self.place(paragraph)
        numbered = self.lists.get(list_id or "")
        if numbered is None or list_id is None or level not in numbered.levels:
            return ""
        counters = self.count(list_id, numbered, level)
        chosen = numbered.levels[level]
        if chosen.number_format == "bullet":
            return ""

        def shown(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            other = numbered.levels.get(index, Level())
            value = counters[index] or other.start
            name = "decimal" if chosen.is_legal else other.number_format
            return FORMATS.get(name, str)(value)

        return PLACEHOLDER.sub(shown, chosen.pattern)

    def place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """The list and level of a paragraph: its own, else those of its style and the styles beneath."""
        properties = paragraph.find(W + "pPr")
        list_id, level = numbering_of(properties)
        style = child_value(properties, "pStyle")
        seen: set[str] = set()
        while (list_id is None or level is None) and style in self.styles and style not in seen:
            seen.add(style)
            style_list, style_level, beneath = self.styles[style]
            if list_id is None and style_list is not None:
                list_id = style_list
                level = self.level_of_style(style_list, style) if level is None else level
            level = style_level if level is None else level
            style = beneath
        return list_id, level or 0

    def level_of_style(self, list_id: str, style: str) -> int | None:
        levels = self.lists[list_id].levels if list_id in self.lists else {}
        return next((index for index, level in levels.items() if level.style == style), None)

    def count(self, list_id: str, numbered: List, level: int) -> list[int | None]:
        counters = self.counters.setdefault(numbered.abstract, [None] * LEVELS)
        if list_id not in self.begun:
            self.begun.add(list_id)
            for index, start in numbered.restarts.items():
                counters[index] = start - 1
        before = counters[level]
        start = numbered.levels[level].start
        counters[level] = start if before is None else before + 1
        counters[level + 1 :] = [None] * (LEVELS - level - 1)
        return counters


def numbering_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    found = properties.find(W + "numPr") if properties is not None else None
    level = child_value(found, "ilvl")
    return child_value(found, "numId"), level_index(level) if level is not None else None


def level_index(text: str) -> int:
    """A level from 0 to 8; Word knows no others."""
    return min(whole_number(text, 0), LEVELS - 1)


def read_abstracts(numbering: etree._Element | None) -> dict[str, dict[int, Level]]:
    elements = numbering.findall(W + "abstractNum") if numbering is not None else []
    return {attribute(one, "abstractNumId"): dict(read_levels(one)) for one in elements}


def read_levels(abstract: etree._Element) -> Iterator[tuple[int, Level]]:
    for element in abstract.findall(W + "lvl"):
        yield level_index(attribute(element, "ilvl")), read_level(element)


def read_level(element: etree._Element) -> Level:
    legal = element.find(W + "isLgl")
    number_format = child_value(element, "numFmt")
    return Level(
        whole_number(child_value(element, "start"), 1),
        number_format or "decimal",
        child_value(element, "lvlText") or "",
        legal is not None and attribute(legal, "val") not in ("0", "false"),
        child_value(element, "pStyle"),
    )


def read_lists(
    numbering: etree._Element | None, abstracts: dict[str, dict[int, Level]]
) -> Iterator[tuple[str, List]]:
    elements = numbering.findall(W + "num") if numbering is not None else []
    for element in elements:
        abstract = child_value(element, "abstractNumId") or ""
        numbered = List(abstract, dict(abstracts.get(abstract, {})))
        for override in element.findall(W + "lvlOverride"):
            index = level_index(attribute(override, "ilvl"))
            for own in override.findall(W + "lvl"):
                numbered.levels[index] = read_level(own)
            start = whole_number(child_value(override, "startOverride"), -1)
            if start >= 0:
                numbered.restarts[index] = start
        yield attribute(element, "numId"), numbered


def read_styles(
    styles: etree._Element | None,
) -> Iterator[tuple[str, tuple[str | None, int | None, str | None]]]:
    """Of each style its list, its level, and the style it is based on."""
    for style in styles.findall(W + "style") if styles is not None else []:
        list_id, level = numbering_of(style.find(W + "pPr"))
        yield attribute(style, "styleId"), (list_id, level, child_value(style, "basedOn"))
