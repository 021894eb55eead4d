"""A clause template: a wording with typed gaps, and what it finds in a clause.

`{slot}` is a typed gap (`ingest.narrative.slots`), the rest is a regular expression on folded text; a
template reads a whole clause. The `act` names what the fold does with the reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ingest.narrative.slots import slot_patterns

# Words that open a comparison in the patterns of templates.
COMPARED = r"(?:比|较|与|和|同|相较于?|相比于?|对比|比较|相对于?)"
FIGURES = re.compile(r"\{(?:quiet_amount|amounts?|percents?|number|base)\}|\[0-9")
# A word that sets one amount beside another.
COMPARES = re.compile(r"[比较与和同]")


class Traits(NamedTuple):
    """What one glance tells of a clause, so that rows that cannot read it need not be tried."""

    has_digit: bool
    ends_with_percent: bool
    compares: bool

    @classmethod
    def of(cls, clause: str) -> Traits:
        """The traits of a clause in folded text."""
        has_digit = not clause.isalpha() and any(map(str.isdigit, clause))
        return cls(has_digit, clause.endswith("%"), COMPARES.search(clause) is not None)


@dataclass(frozen=True)
class Template:
    """A wording: `act` and `pattern`, the example that it reads, and a name that is unique."""

    name: str
    act: str
    pattern: str
    example: str

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The compiled pattern, slots filled in."""
        filled = re.sub(r"\{([a-z_]+)\}", lambda slot: slot_patterns()[slot.group(1)], self.pattern)
        return re.compile(filled)

    def suits(self, traits: Traits) -> bool:
        """Whether a clause with these traits may be read: the pattern asks for nothing that it lacks."""
        if FIGURES.search(self.pattern) and not traits.has_digit:
            return False
        if COMPARED in self.pattern and not traits.compares:
            return False
        if self.pattern.endswith("%"):
            return traits.ends_with_percent
        return (
            not traits.ends_with_percent or "%" in self.pattern[-8:] or "percents" in self.pattern
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a template found in a clause: the words in its slots."""

    template: Template
    words: dict[str, str]

    @property
    def act(self) -> str:
        return self.template.act

    def word(self, slot: str) -> str:
        """The words in a slot; the empty string where an optional slot stayed empty."""
        return self.words.get(slot, "")
