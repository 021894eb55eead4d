"""Reasons to causes: what a stated reason names, which way it works, and the money it mentions."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ingest.cues import FoundCue, clause_spans, find_cues, fold, holds_cue
from ingest.facts import Direction
from ontology.causes import CAUSES, CAUSES_BY_CODE, Cause

Effect = Literal["increase", "decrease"]

SIGN: Mapping[str, str] = {"increase": "+", "decrease": "-"}
YUAN: Mapping[str, Decimal] = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)}

UP = (
    "追加|新增|增加|增长|增多|增大|增支|增收|上升|上涨|上调|上浮"
    "|扩大|加大|调增|补发|新进|提高(?!.{0,6}(?:效率|效能|质量|水平|能力))"
)
DOWN = (
    "追减|减少|下降|压减|压缩|压降|降低|调减|缩减|削减|核减|扣减"
    "|下调|取消|节约|节省|减支|减收|收回|只减不增"
)
NEUTRAL = "增减|[未无不](?:再|予)?(?:增加|减少|新增)"
PREDICATE = re.compile(f"(?P<neutral>{NEUTRAL})|(?P<decrease>{DOWN})|(?P<increase>{UP})")
AMOUNT = re.compile(
    r"(?<![\d.])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    "(?P<unit>亿元|万元|元)"
)

LAST_YEAR_ONCE = re.compile(r"(?:上年|上一年|去年|(?P<year>\d{4})年)度?(?!.*(?:本年|今年)).*一次性")

# The name of an item tells what changed, not why: 公务用车运行维护费 is no word about upkeep.
ITEM = re.compile(
    "公务用?车(?:购置(?:费?[及和])?)?(?:购置|运行(?:及?维护)?|维护)(?:费用?|支出|经费)"
    r"|(?:公务)?接待(?:费用?|支出|经费)|因公出国(?:\(境\))?(?:费用?|支出|经费)"
    "|(?:会议|培训)(?:费用?|支出|开支)|三公(?:经费)?|机关运行经费"
    "|人员(?:经费|支出|开支)|(?:日常)?公用(?:经费|支出|开支)"
)
ITEM_MARK = "□"

PART = (
    f"(?:{ITEM_MARK}|基本支出|项目支出|工资福利支出|商品和服务支出"
    "|财政拨款|支出|收入|费用|经费|开支|资金)+"
)
PARTS = f"{PART}(?:[、和及与]{PART})*"
LEAD = (
    "(?:导致|造成|使得?|从而|因而|因此|所以|相应|相关|随之|部分|其中|同时|本年度?|今年|较上年)*的?"
)
DEGREE = "(?:也|都|均|等|的|数|额|较上年|较预算|同比|相应|随之|大幅|有所|略有|明显|进一步|总体)*"
CHANGE = "(?:增加|减少|增长|上升|下降|降低|增多|小于|大于|上涨|提高|变大|变小)"
SUBJECT = (
    f"此|该|上述|相关|{ITEM_MARK}|因公|公务|公车|车|出国|接待|年末|年初"
    "|结转|经营|政府性基金|国有资本|购置|会议|培训"
)

COMPONENT = re.compile(
    f"{LEAD}(?:{PARTS}{DEGREE}{CHANGE}|{CHANGE}了?{LEAD}{PARTS})了?(?:{AMOUNT.pattern})?"
)
RESTATED = re.compile(
    f"(?:费|费用|经费|支出|开支|收入|拨款|资金|补助|补贴){DEGREE}{CHANGE}"
    f"|{CHANGE}.*(?:费|经费|支出|开支|收入)|项目(?:结构)?调整|项目变动|结构调整"
)
UNCHANGED = re.compile(
    "(?:严格)?按(?:年初)?预算(?:数|安排)?执行|.*(?:持平|(?<!不)一致|保持不变|未变|[无未没](?:有|发生)?(?:增减|变化|变动|增减变[化动]))"
)
NOTHING = re.compile(
    "(?!上年|上一年|去年).{0,14}?"
    "(?:无|没有|不涉及|不存在|未(?:发生|产生|开展|购置|安排|使用|组织))"
    f"(?:{SUBJECT}).{{0,16}}"
)


@dataclass(frozen=True, slots=True)
class CauseMatch:
    """A cause that a reason names, with its cue; for a leaf of `none` the folded clause."""

    cause: Cause
    cue: str


def classify_reason(text: str, direction: Direction) -> tuple[CauseMatch, ...]:
    """The causes that a reason names, in the order of its words; each once, with its longest cue.

    `direction` is that of the change which the reason explains. A leaf of `none` is given only
    where no real cause is found; the answer is empty where the reason is not understood.
    """
    sign = SIGN.get(effect_of(text) or direction)
    clauses = _folded_clauses(text)
    real = [match for clause in clauses for match in _real_causes(clause, direction, sign)]
    without = [match for clause in clauses for match in _no_cause(clause, direction)]
    return _each_once(real or without)


def effect_of(text: str, fiscal_year: str = "") -> Effect | None:
    """Which way a reason works by its own predicates; None if they leave it open.

    Where they disagree, the last clause decides, and in it the predicate that ends it. Money that was
    spent once in the year before makes this year's smaller.
    """
    if is_of_last_year_only(text, fiscal_year):
        return "decrease"
    clauses = [_predicates(clause) for clause in _folded_clauses(text)]
    senses = {sense for clause in clauses for sense, _ in clause}
    if len(senses) > 1:
        senses = {sense for sense, _ in clauses[-1]}
    if len(senses) > 1:
        senses = {sense for sense, ends_clause in clauses[-1] if ends_clause}
    return senses.pop() if len(senses) == 1 else None


def is_of_last_year_only(text: str, fiscal_year: str) -> bool:
    """Whether a reason tells of something that was there once, in the year before."""
    found = LAST_YEAR_ONCE.match(fold(text))
    return found is not None and (
        found["year"] is None or found["year"] == str(int(fiscal_year or 1) - 1)
    )


def amount_in(text: str) -> Decimal | None:
    """The amount in yuan that a reason names; None if it names none or several."""
    amounts = list(AMOUNT.finditer(fold(text)))
    if len(amounts) != 1:
        return None
    (amount,) = amounts
    return Decimal(amount["digits"].replace(",", "")) * YUAN[amount["unit"]]


def text_key(text: str) -> str:
    """The key of a wording, whatever its punctuation and white space.

    8 hex digits of the SHA-256 of its NFKC without white space, punctuation and control characters.
    """
    kept = (
        character
        for character in unicodedata.normalize("NFKC", text)
        if not character.isspace() and unicodedata.category(character)[0] not in "PC"
    )
    return hashlib.sha256("".join(kept).encode()).hexdigest()[:8]


def _folded_clauses(text: str) -> list[str]:
    return [fold(text[start:end]) for start, end in clause_spans(text)]


def _mask_items(clause: str) -> str:
    return ITEM.sub(ITEM_MARK, clause)


def _predicates(clause: str) -> list[tuple[Effect, bool]]:
    """The predicates of a clause: the sense, and whether no more than an amount follows."""
    bare = AMOUNT.sub("", clause).rstrip("了的")
    return [
        ("decrease" if found["decrease"] else "increase", found.end() == len(bare))
        for found in PREDICATE.finditer(bare)
        if not found["neutral"]
    ]


def _real_causes(clause: str, direction: Direction, sign: str | None) -> list[CauseMatch]:
    masked = _mask_items(clause)
    if any(pattern.fullmatch(masked) for _, pattern in _whole_clause_patterns(direction)):
        return []
    accepted: dict[str, FoundCue] = {}
    standing = sorted(_standing_cues(masked, sign), key=lambda pair: -pair[1].weight)
    for cause, found in standing:
        swallowed = any(
            found.lies_within(other) for code, other in accepted.items() if code != cause.code
        )
        if not swallowed:
            accepted.setdefault(cause.code, found)
    in_order = sorted(accepted.items(), key=lambda pair: pair[1].spans)
    return [CauseMatch(CAUSES_BY_CODE[code], found.cue) for code, found in in_order]


def _standing_cues(clause: str, sign: str | None) -> Iterator[tuple[Cause, FoundCue]]:
    for cause in CAUSES:
        found = [cue for cue in find_cues(clause, cause.cues) if _meant(cue.cue, sign) is cause]
        if found and not holds_cue(clause, cause.exclude):
            yield from ((cause, cue) for cue in found)


def _contenders() -> dict[str, list[Cause]]:
    leaves = defaultdict(list)
    for cause in CAUSES:
        for cue in cause.cues:
            leaves[cue].append(cause)
    return dict(leaves)


LEAVES_BY_CUE = _contenders()


def _meant(cue: str, sign: str | None) -> Cause:
    """The leaf that a cue means; of two siblings the one that works as the change does."""
    leaves = LEAVES_BY_CUE[cue]
    return next((leaf for leaf in leaves if leaf.typical_direction == sign), leaves[0])


def _whole_clause_patterns(direction: Direction) -> Iterator[tuple[str, re.Pattern[str]]]:
    yield "none.unchanged", UNCHANGED
    yield "none.component", COMPONENT
    if direction != "increase":  # what did not happen this year explains no increase
        yield "none.nothing", NOTHING


def _no_cause(clause: str, direction: Direction) -> Iterator[CauseMatch]:
    masked = _mask_items(clause)
    codes = [code for code, whole in _whole_clause_patterns(direction) if whole.fullmatch(masked)]
    if RESTATED.search(masked):
        codes.append("none.component")
    yield from (CauseMatch(CAUSES_BY_CODE[code], clause) for code in codes[:1])


def _each_once(matches: Iterable[CauseMatch]) -> tuple[CauseMatch, ...]:
    first: dict[str, CauseMatch] = {}
    for match in matches:
        kept = first.setdefault(match.cause.code, match)
        if len(match.cue) > len(kept.cue):
            first[match.cause.code] = match
    return tuple(first.values())
