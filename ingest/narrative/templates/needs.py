"""Needs: the characters that a clause must hold for a template to read it.

A template of which the clause lacks a needed character cannot read it, and its expression need not be tried.
Every set of characters of which one is needed is a bit; a clause has the bits of its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ingest.narrative.folding import fold_characters
from ingest.narrative.slots import COMPARING, EDGE, meaning
from ontology.classes import economic_classes
from ontology.lexicon import load_lexicon

# A group without a group inside; an escaped bracket is a character.
INNER_GROUP = re.compile(r"(?<!\\)\((?:[^()\\]|\\.)*(?<!\\)\)[?*+]*(?:\{\d,?\d*\})?")
# A choice between plain words that is not optional.
PLAIN_CHOICE = re.compile(r"(?<!\\)\(\?:([一-龥]+(?:\|[一-龥]+)*)\)(?![?*]|\{0)")
# A choice of characters, with how often it is made.
CHARACTER_CHOICE = re.compile(r"(?<!\\)\[(?:[^\]\\]|\\.)*\](?:[?*+]|\{\d*,?\d*\})?\??")
SLOT = re.compile(r"\{([a-z_]+)\}(?![?*])")
LITERAL = re.compile(r"([一-龥])(?![?*])")
DIGITS = frozenset("0123456789")


def needs_of(pattern: str) -> frozenset[frozenset[str]]:
    """The sets of characters of each of which a clause must hold one to be read by a template's pattern.

    >>> sorted(map(sorted, needs_of("(?:约)?占(?:总|全)部?")))
    [['全', '总'], ['占']]
    """
    outer = top_level(pattern)
    choices = [first_characters(found.split("|")) for found in PLAIN_CHOICE.findall(outer)]
    outer = PLAIN_CHOICE.sub("", outer)
    slots = [need for name in SLOT.findall(outer) for need in slot_needs().get(name, ())]
    literals = [frozenset(character) for character in LITERAL.findall(SLOT.sub("", outer))]
    return frozenset(need for need in (*choices, *slots, *literals) if need)


def top_level(pattern: str) -> str:
    """The pattern without the groups that hold groups, and without those that are optional."""
    pattern = CHARACTER_CHOICE.sub("", pattern)
    while True:
        outer = INNER_GROUP.sub(keep_choice, pattern)
        if outer == pattern:
            return outer
        pattern = outer


def keep_choice(group: re.Match[str]) -> str:
    """A choice that stands in no group is kept; any other group says nothing that is needed."""
    before = re.sub(r"\\.", "", group.string[: group.start()])
    is_outer = before.count("(") == before.count(")")
    return group.group() if is_outer and PLAIN_CHOICE.fullmatch(group.group()) else ""


def first_characters(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[0] for word in words)


@cache
def slot_needs() -> dict[str, tuple[frozenset[str], ...]]:
    """What the slots need that are no option."""
    directions = lexicon_words("direction")
    kinds = {
        kind: [word for word in directions if (meaning("direction", word) == "unchanged") == same]
        for kind, same in (("direction", False), ("unchanged", True))
    }
    decreases = [word for word in directions if meaning("direction", word) == "decrease"]
    economic = [fold_characters(one.name) for one in economic_classes().values()]
    return {
        **dict.fromkeys(("amount", "amounts", "percent", "percents", "number", "base"), (DIGITS,)),
        **{name: (first_characters(words),) for name, words in kinds.items()},
        "comparing": (first_characters(COMPARING),),
        "decrease": (first_characters(decreases),),
        "quiet_amount": (DIGITS,),
        "fund": (first_characters(lexicon_words("fund")),),
        "item": (first_characters(lexicon_words("item")),),
        "flow": (first_characters(lexicon_words("flow")),),
        "count": (first_characters(lexicon_words("count-item")),),
        "phase": (first_characters(lexicon_words("phase")),),
        "edge": (first_characters(EDGE),),
        "economic": (first_characters(economic),),
        "baseline": (first_characters(lexicon_words("baseline")) | DIGITS,),
        "class_path": (frozenset("类"), frozenset("款"), frozenset("(")),
        "class_plain": (frozenset("类"), frozenset("款"), frozenset("项")),
        "class_dashes": (frozenset("-"),),
        "class_code": (frozenset("("), DIGITS),
        "code_first": (DIGITS,),
        "within": (frozenset("("), frozenset("款项")),
    }


def lexicon_words(kind: str) -> list[str]:
    return [fold_characters(word) for word in load_lexicon().words(kind)]


class NeedBits:
    """The bits of the needs of all templates, by number and by character."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._needs = [needs_of(pattern) for pattern in patterns]
        distinct = {need: 1 << i for i, need in enumerate(dict.fromkeys(self._all()))}
        self.masks = [sum(distinct[need] for need in needs) for needs in self._needs]
        self._of_character: dict[str, int] = {}
        for need, bit in distinct.items():
            for character in need:
                self._of_character[character] = self._of_character.get(character, 0) | bit

    def _all(self) -> Iterator[frozenset[str]]:
        for needs in self._needs:
            yield from sorted(needs, key=sorted)

    def of_clause(self, clause: str) -> int:
        """The bits that the characters of a clause have."""
        bits, known = 0, self._of_character
        for character in clause:
            bits |= known.get(character, 0)
        return bits
