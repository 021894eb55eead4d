"""The facts of one document: what a disclosure states, and which words state it.

The objects are immutable and know nothing of RDF. Their JSON form (`ingest.facts_json`) is the public
facts format; codes of funds, flows, items and phases are those of its specification.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from ingest.calculations import Calculation

Level = Literal["department", "unit"]
Kind = Literal["final-accounts", "budget", "three-public", "performance"]
Baseline = Literal["previous-final", "initial-budget", "adjusted-budget", "previous-budget"]
Direction = Literal["increase", "decrease", "unchanged"]
Severity = Literal["error", "minor", "rounding"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (counted from 1), in points (1/72 inch) from the page's top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def around(self, other: Box) -> Box:
        """The smallest box around this one and another one of the same page."""
        return Box(
            self.page,
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the document text in code points, half open: `text[start:end] == quote`.

    `boxes` says where it stands on the pages of a paged file, one box a page in reading order; they are
    no part of what makes two spans equal.
    """

    start: int
    end: int
    quote: str
    boxes: tuple[Box, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the document writes it, and where; `text` has its inner white space folded."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Announcement:
    """A stated number of offices or units, how many are named with it, and the words that state it."""

    of: Literal["internal-offices", "subordinate-units"]
    announced: int
    named: int
    span: Span


# The fields of an organisation that hold names.
NAME_LISTS = ("also_known_as", "predecessors", "internal_offices", "subordinate_units")


@dataclass(frozen=True, slots=True)
class Organization:
    """The office that discloses. `name` is its full name without （本级）."""

    name: str
    level: Level
    region: str
    span: Span
    also_known_as: tuple[Name, ...] = ()
    predecessors: tuple[Name, ...] = ()
    internal_offices: tuple[Name, ...] = ()
    internal_office_count: int | None = None
    subordinate_units: tuple[Name, ...] = ()
    announcements: tuple[Announcement, ...] = ()


@dataclass(frozen=True, slots=True)
class Function:
    """One numbered duty (职能) in the words of the document."""

    ordinal: int
    text: str
    span: Span


class ObservationKey(NamedTuple):
    """The point of the fiscal cube that an amount stands at; once a document."""

    fund: str
    flow: str
    item: str
    year: str
    phase: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One separate cause of a change, verbatim (FACTS rule 11)."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """A stated change against a baseline. `delta` is unsigned, in the unit of its observation;
    `percent` is unsigned and as printed; both are None where the document gives none.
    `percent_direction` is what the word before the percentage says (减少…，下降…%), None without one."""

    baseline: Baseline
    direction: Direction
    delta: Decimal | None
    percent: Decimal | None
    span: Span
    reason: Span | None = None
    reasons: tuple[Reason, ...] = ()
    percent_direction: Direction | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that states an observation: digits and unit as printed (`unit` None if left out)."""

    value: Decimal
    unit: str | None
    span: Span
    section: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One amount at one point of the cube.

    `value` keeps the printed digits (Decimal("350.10")) and is in `unit` (万元, 元, …). `share` is a
    percentage of the item `share_of`, which is None where the words name no known item. `span` is the
    sentence of the first mention with its comparisons, `completion_span` the clause of the completion.
    """

    key: ObservationKey
    value: Decimal
    unit: str
    span: Span
    share: Decimal | None = None
    share_of: str | None = None
    completion: Decimal | None = None
    completion_span: Span | None = field(default=None, compare=False)
    comparisons: tuple[Comparison, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things: vehicles, batches, people. `unit` is the measure word."""

    item: str
    value: int
    unit: str
    year: str
    span: Span


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the indicator table of a self-evaluation; numbers as printed, percent signs gone."""

    name: str
    span: Span
    level1: str | None = None
    level2: str | None = None
    unit: str | None = None
    comparator: str | None = None
    target: str | None = None
    actual: str | None = None
    deviation: str | None = None
    score_rate: str | None = None
    weight: str | None = None
    score: str | None = None
    core: bool | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """The self-evaluation of one project; amounts in 万元 unless `unit` says otherwise."""

    name: str
    span: Span
    unit: str = "万元"
    score: str | None = None
    initial_budget: str | None = None
    adjusted_budget: str | None = None
    executed: str | None = None
    execution_rate: str | None = None
    execution_weight: str | None = None
    execution_score: str | None = None
    goals: str | None = None
    achieved: str | None = None
    indicators: tuple[Indicator, ...] = ()
    # Where the total score stands, its label included; the JSON form leaves it out.
    score_span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Performance:
    """How many projects with how much money (万元) were evaluated, and their tables."""

    project_count: int | None = None
    funds: Decimal | None = None
    span: Span | None = None
    projects: tuple[Project, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry."""

    term: str
    definition: str
    span: Span


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A contradiction in the document. `why` shows the arithmetic in English, `why_zh` in Chinese, and
    `calculation` is the arithmetic itself, where there is any. `about` names the facts involved:
    `fund.flow.item.year.phase`, with `~baseline` for a comparison, or `count.item`."""

    kind: str
    severity: Severity
    why: str
    span: Span
    about: tuple[str, ...] = ()
    why_zh: str = ""
    calculation: Calculation | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A clause with a number that no template reads, and the role of its section."""

    section: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReadingTally:
    """How much of a document was read, and what was not understood beside the unread clauses.

    `form` is the kind and layout (`budget/parts`). A clause of the prose counts when it states a figure
    that is no date, an `amount_clause` when that is money. A table counts when it holds figures, and a
    figure is read when its row and column are known, even if it has no point of its own in the cube.
    `unread_tables` are the first rows of tables of which nothing was read, `unread_figures` what was not
    read of the others. `remarks` tell what the file holds that cannot be read (a scanned page, …).
    """

    form: str = ""
    clauses: int = 0
    clauses_read: int = 0
    amount_clauses: int = 0
    amount_clauses_read: int = 0
    tables: int = 0
    tables_read: int = 0
    figures: int = 0
    figures_read: int = 0
    unread_tables: tuple[Span, ...] = ()
    unread_figures: tuple[Span, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentFacts:
    """All that was read in one document.

    `sha256` is the digest of the document text in UTF-8 (64 hex digits), `characters` its length in code
    points: the offsets of every span count in that text. `media_type`, `content_sha256` and `pages` are
    of the file that was read; a file without pages has none.
    """

    source: str
    sha256: str
    characters: int
    title: Name
    fiscal_year: str
    kind: Kind
    organization: Organization
    functions: tuple[Function, ...] = ()
    amounts: tuple[Observation, ...] = ()
    counts: tuple[Count, ...] = ()
    # Staff in post and establishment: beside `counts`, which holds what the national template counts.
    staff: tuple[Count, ...] = ()
    performance: Performance = Performance()
    terms: tuple[Term, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
    unread: tuple[Unread, ...] = ()
    reading: ReadingTally = ReadingTally()
    media_type: str = "text/plain"
    content_sha256: str = field(default="", compare=False)
    pages: int = 0

    def observation(self, key: ObservationKey) -> Observation | None:
        """The observation at a point of the cube, or None."""
        return self._observations.get(key)

    @cached_property
    def _observations(self) -> dict[ObservationKey, Observation]:
        """The observations by point; of several at one point the first."""
        return {observation.key: observation for observation in reversed(self.amounts)}

    def comparisons(self) -> Iterator[tuple[Observation, Comparison]]:
        """Every comparison with the observation that it belongs to."""
        for observation in self.amounts:
            for comparison in observation.comparisons:
                yield observation, comparison

    def with_anomalies(self, anomalies: tuple[Anomaly, ...]) -> DocumentFacts:
        """The same facts with these anomalies."""
        return replace(self, anomalies=anomalies)
