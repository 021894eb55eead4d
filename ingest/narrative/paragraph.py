"""What is known while a paragraph is being read: the amounts, changes and words that the next clause goes on from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.facts import Span, Unread
from ingest.narrative.clauses import Clause
from ingest.narrative.folding import Folded
from ingest.narrative.statements import StatedChange, Statement

Point = tuple[str, str, str]


@dataclass(slots=True)
class CountStatement:
    """A number of things as read: the words that name them and the measure word."""

    topic: str
    measure: str
    value: int
    start: int
    end: int


@dataclass(slots=True)
class Paragraph:
    """One paragraph while it is read. Results are `statements`, `counts`, `unread` and the
    two figures of performance; the rest is what the next clause may go on from.

    `earlier` are the statements of the section before this paragraph: a comparison may name their item.
    """

    paragraph: Folded
    section: str
    fund: str
    year: str
    phase: str = "final"
    earlier: Sequence[Statement] = ()
    statements: list[Statement] = field(default_factory=list)
    counts: list[CountStatement] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    project_count: tuple[int, Clause] | None = None
    project_funds: tuple[Decimal, Clause] | None = None
    targets: list[Statement] = field(default_factory=list)
    changed: list[StatedChange] = field(default_factory=list)
    # Those of them that are of amounts which the section stated before this paragraph.
    of_earlier: list[StatedChange] = field(default_factory=list)
    pending_baseline: str = ""
    # The baseline of the last comparison: the parts behind 其中 may be compared with it in silence.
    last_baseline: str = ""
    # The points that amounts without an item are of, and whether a title told them (till the paragraph ends).
    subject: tuple[Point, ...] = ()
    subject_is_title: bool = False
    # Whether a title names something unknown: amounts without an item are then of nothing that is known.
    subject_is_unknown: bool = False
    # The points of a list (分别为) whose amounts are still to come.
    awaited: list[Point] = field(default_factory=list)
    # Whether the sentence tells of vehicles to buy: what it says of their uses is no stock.
    purchases_told: bool = False
    # Whether parts are told (其中) of a whole that was not read, and the counts before this sentence.
    whole_is_unknown: bool = False
    # Whether the last part was told in passing: ，其中年初结转和结余5.00万元，较上年….
    part_is_aside: bool = False
    # Whether each part told behind 其中 has a reason of its own: it is then not that of the whole.
    parts_have_reasons: bool = False
    first_count: int = 0
    sentence_start: int = 0
    first_of_sentence: int = 0
    # The amounts before a bracket with parts, and those before 其中.
    bracketed: list[Statement] = field(default_factory=list)
    whole: list[Statement] = field(default_factory=list)

    def place_of(self, index: int) -> int:
        """Where a character of the folded paragraph stands in the document."""
        return self.paragraph.places[index]

    def span_of(self, clause: Clause) -> Span:
        return self.paragraph.span(clause.start, clause.end)

    def end_of(self, clause: Clause) -> int:
        return self.place_of(clause.end - 1) + 1

    def extend(self, target: Statement, end: int) -> None:
        """Let a statement of this paragraph reach to an offset of the document."""
        if target in self.statements:
            target.end = max(target.end, end)

    def note_change(self, target: Statement, change: StatedChange) -> None:
        """Keep a change that was read of a statement: its percentage and its reason may follow."""
        self.extend(target, change.end)
        self.changed.append(change)
        if target not in self.statements:
            self.of_earlier.append(change)

    def find_statements(self, item: str) -> list[Statement]:
        """The latest statements of an item in the phase and year of the document."""
        known = [
            one
            for one in (*self.earlier, *self.statements)
            if (one.key.item, one.key.phase, one.key.year) == (item, self.phase, self.year)
        ]
        return known[-1:]

    def open_changes(self) -> list[StatedChange]:
        """Changes that a reason would belong to: of the current amounts or the current sentence."""
        of_sentence = self.statements[self.first_of_sentence :]
        stated = [*(one for one in self.targets if one not in of_sentence), *of_sentence]
        open_now = [change for one in stated for change in one.changes if change.reason is None]
        before = [change for change in self.of_earlier if change.reason is None]
        return [*(change for change in before if change not in open_now), *open_now]

    def set_title(self, points: tuple[Point, ...]) -> None:
        """What follows is told of these points, till the paragraph ends; of something unknown where
        there is none."""
        self.forget()
        self.subject, self.subject_is_title = points, bool(points)
        self.subject_is_unknown = not points

    def forget(self) -> None:
        """What follows would be said of an amount that was not read, not of the last one."""
        self.targets, self.changed, self.subject, self.awaited = [], [], (), []
