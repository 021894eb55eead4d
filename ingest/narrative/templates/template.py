"""A clause template: a wording with typed gaps, and what it finds in a clause.

`{slot}` is a typed gap (`ingest.narrative.slots`), the rest is a regular expression on folded text; a
template reads a whole clause. The `act` names what the fold does with the reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ingest.narrative.slots import slot_patterns


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
