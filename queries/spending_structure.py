"""What the expenditure of several offices is made up of, side by side, as shares of the same whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from ontology.namespaces import DEFAULT_BASE
from queries.answering import ask, year_term
from queries.compared_functions import Topic
from queries.coverage import Coverage
from queries.definitions import Words
from queries.narrowness import notation
from queries.table import Value
from store.graph import Graph, Term

HUNDREDTH = Decimal("0.01")
# What is chosen first: all money before a part of it, the department before one unit, the account
# before the budget.
FUNDS = ("all", "fiscal", "general", "gov-fund", "state-capital", "non-fiscal")
SCOPES = ("department", "unit")
PHASES = ("final", "initial-budget")


@dataclass(frozen=True, slots=True)
class PartsOfWhole:
    """Parts of the expenditure whose shares are of one whole: the total of their fund, or its basic
    expenditure (`whole_key`). `parts` are the keys of `part_key`, None for all function classes.
    `is_exhaustive`: the parts make up the whole, so that a remainder can be told."""

    name: str
    title: Words
    whole: Words
    parts: tuple[str, ...] | None
    whole_key: str = "total"
    is_exhaustive: bool = False

    def has(self, key: str) -> bool:
        """Whether a part belongs here."""
        return key.startswith("func-") if self.parts is None else key in self.parts

    def place(self, key: str) -> tuple[int, str]:
        """Where a part stands: function classes by code, the others as they are listed."""
        return self.parts.index(key) if self.parts else 0, key


TOTAL = Words("支出合计", "total expenditure")
BASIC = Words("基本支出", "basic expenditure")
BLOCKS = (
    PartsOfWhole(
        "function-classes",
        Words("支出功能分类（类）", "Function classes"),
        TOTAL,
        None,
        is_exhaustive=True,
    ),
    PartsOfWhole(
        "natures",
        Words("基本支出与项目支出", "Basic and project expenditure"),
        TOTAL,
        ("basic", "project", "operating", "remit-to-superior", "subsidy-to-affiliated"),
        is_exhaustive=True,
    ),
    PartsOfWhole(
        "basic",
        Words("人员经费与公用经费", "Personnel and public funds"),
        BASIC,
        ("personnel", "public"),
        "basic",
        is_exhaustive=True,
    ),
    PartsOfWhole(
        "three-public",
        Words("“三公”经费", "Three public expenses"),
        TOTAL,
        ("three-public", "abroad", "vehicle-purchase", "vehicle-operation", "reception"),
    ),
    PartsOfWhole(
        "operation",
        Words("机关运行", "Running the office"),
        TOTAL,
        ("agency-operation", "meeting", "training"),
    ),
    PartsOfWhole(
        "procurement",
        Words("政府采购", "Government procurement"),
        TOTAL,
        ("procurement", "procurement-goods", "procurement-works", "procurement-services"),
    ),
)


@dataclass(frozen=True, slots=True)
class StructureAmount:
    """An amount in 万元 and its share of the whole in %, two decimals; None where the whole is not
    stated or 0. `observation_iri` and `span_iri` are None for a remainder, which is computed."""

    amount: Decimal
    share: Decimal | None
    observation_iri: str | None = None
    span_iri: str | None = None


@dataclass(frozen=True, slots=True)
class StructureLine:
    """One part, with what each office states, in the order of the offices; None where it states
    nothing. `part` is None for what the parts leave over of the whole."""

    part: Topic | None
    amounts: tuple[StructureAmount | None, ...]


@dataclass(frozen=True, slots=True)
class StructureBlock:
    """Parts with the whole that their shares are of.

    `funds` tells by office which fund the amounts are of, None where it states none of the parts;
    `wholes` are the amounts that the shares are of, each of the same fund as the parts.
    """

    name: str
    title: Words
    whole: Words
    funds: tuple[Topic | None, ...]
    wholes: tuple[StructureAmount | None, ...]
    lines: tuple[StructureLine, ...]


@dataclass(frozen=True, slots=True)
class SpendingStructure:
    """The structure by office: `scopes` and `phases` tell which of several an office is shown in,
    None where it states no amounts. Blocks without a line are left out."""

    scopes: tuple[Topic | None, ...]
    phases: tuple[Topic | None, ...]
    blocks: tuple[StructureBlock, ...]


@dataclass(frozen=True, slots=True)
class StatedPart:
    """One row of the query."""

    key: str
    part: Topic
    fund: Topic
    scope: Topic
    phase: Topic
    amount: Decimal
    observation_iri: str
    span_iri: str


def compare_structures(
    graph: Graph, coverages: Sequence[Coverage], *, base: str = DEFAULT_BASE
) -> SpendingStructure:
    """The structures of the covered documents, one query an office."""
    stated = [read_parts(graph, coverage, base=base) for coverage in coverages]
    scopes = choose([[part.scope for part in parts] for parts in stated], SCOPES)
    stated = [kept(parts, lambda p: p.scope, scope) for parts, scope in pairs(stated, scopes)]
    # An account is never laid aside for a budget, however many offices have no more than that.
    phases = [first([part.phase for part in parts], PHASES) for parts in stated]
    stated = [kept(parts, lambda p: p.phase, phase) for parts, phase in pairs(stated, phases)]
    blocks = (structure_block(block, stated) for block in BLOCKS)
    return SpendingStructure(
        scopes=tuple(scopes),
        phases=tuple(phases),
        blocks=tuple(block for block in blocks if block.lines),
    )


def read_parts(
    graph: Graph, coverage: Coverage, *, base: str = DEFAULT_BASE
) -> tuple[StatedPart, ...]:
    """What the covered documents of one office state: one query. Where several documents state the
    same, the first counts."""
    terms: dict[str, Term] = {
        "office": NamedNode(coverage.office.iri),
        "year": year_term(coverage.year),
    }
    first_stated: dict[tuple[str, Topic, Topic, Topic], StatedPart] = {}
    for record in ask(graph, "spending-structure", terms, base=base).records():
        part = stated_part(record)
        first_stated.setdefault((part.key, part.fund, part.scope, part.phase), part)
    return tuple(first_stated.values())


def stated_part(record: Mapping[str, Value]) -> StatedPart:
    item, nature = notation(str(record["item_iri"])), notation(str(record["nature_iri"]))
    named = "item" if nature == "all" else "nature"
    return StatedPart(
        key=part_key(item, nature),
        part=topic(record, named),
        fund=topic(record, "fund"),
        scope=topic(record, "scope"),
        phase=topic(record, "phase"),
        amount=Decimal(record["amount"] or 0),
        observation_iri=str(record["observation_iri"]),
        span_iri=str(record["span_iri"]),
    )


def part_key(item: str, nature: str) -> str:
    """What a part is called: its item, or the nature of a total; a class of one nature is neither.

    >>> part_key("func-201", "all"), part_key("total", "basic"), part_key("func-201", "basic")
    ('func-201', 'basic', 'func-201~basic')
    """
    if nature == "all":
        return item
    return nature if item == "total" else f"{item}~{nature}"


def topic(record: Mapping[str, Value], name: str) -> Topic:
    return Topic(str(record[f"{name}_iri"]), str(record[name]))


def pairs(
    stated: Iterable[tuple[StatedPart, ...]], chosen: Iterable[Topic | None]
) -> Iterator[tuple[tuple[StatedPart, ...], Topic | None]]:
    return zip(stated, chosen, strict=True)


def kept(
    parts: Iterable[StatedPart], dimension: Callable[[StatedPart], Topic], value: Topic | None
) -> tuple[StatedPart, ...]:
    return tuple(part for part in parts if dimension(part) == value)


def choose(offered: Sequence[Iterable[Topic]], order: Sequence[str]) -> list[Topic | None]:
    """One value an office: the one that most offices offer, of equals the first in order; an office
    that does not offer it is shown in the first of its own. None where it offers nothing."""
    counts = Counter(value for values in offered for value in set(values))
    best = min(counts, key=lambda value: (-counts[value], place(value, order)), default=None)
    return [best if best in set(values) else first(values, order) for values in offered]


def first(values: Iterable[Topic], order: Sequence[str]) -> Topic | None:
    return min(values, key=lambda value: place(value, order), default=None)


def place(value: Topic, order: Sequence[str]) -> tuple[int, str]:
    name = notation(value.iri)
    return order.index(name) if name in order else len(order), name


def structure_block(
    block: PartsOfWhole, stated: Sequence[tuple[StatedPart, ...]]
) -> StructureBlock:
    """The parts of one block of all offices, each office in one fund."""
    funds = choose([[p.fund for p in parts if block.has(p.key)] for parts in stated], FUNDS)
    by_key = [
        {part.key: part for part in parts if part.fund == fund}
        for parts, fund in pairs(stated, funds)
    ]
    wholes = [parts.get(block.whole_key) for parts in by_key]
    columns = list(zip(by_key, wholes, strict=True))
    keys = {key for parts in by_key for key in parts if block.has(key)}
    lines = [
        StructureLine(
            next(parts[key].part for parts in by_key if key in parts),
            tuple(amount_of(parts.get(key), whole) for parts, whole in columns),
        )
        for key in sorted(keys, key=block.place)
    ]
    if block.is_exhaustive:
        lines += remainder_line(block, columns)
    return StructureBlock(
        name=block.name,
        title=block.title,
        whole=block.whole,
        funds=tuple(funds),
        wholes=tuple(amount_of(whole, whole) for whole in wholes),
        lines=tuple(lines),
    )


def amount_of(part: StatedPart | None, whole: StatedPart | None) -> StructureAmount | None:
    if part is None:
        return None
    return StructureAmount(
        part.amount, share(part.amount, whole), part.observation_iri, part.span_iri
    )


def remainder_line(
    block: PartsOfWhole, columns: Iterable[tuple[Mapping[str, StatedPart], StatedPart | None]]
) -> Iterator[StructureLine]:
    """What the parts leave over of the whole; no line where they leave nothing over."""
    amounts = tuple(remainder(block, parts, whole) for parts, whole in columns)
    if any(amounts):
        yield StructureLine(None, amounts)


def remainder(
    block: PartsOfWhole, parts: Mapping[str, StatedPart], whole: StatedPart | None
) -> StructureAmount | None:
    told = [part.amount for key, part in parts.items() if block.has(key)]
    if whole is None or not told or sum(told) == whole.amount:
        return None
    left = whole.amount - sum(told)
    return StructureAmount(left, share(left, whole))


def share(amount: Decimal, whole: StatedPart | None) -> Decimal | None:
    """An amount as a percentage of the whole, two decimals."""
    if whole is None or not whole.amount:
        return None
    return (100 * amount / whole.amount).quantize(HUNDREDTH)
