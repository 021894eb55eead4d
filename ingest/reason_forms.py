"""The form of a clause: that nothing changed, that a component changed, that nothing happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.cues import clause_spans, fold
from ingest.facts import Direction
from ontology.classes import function_classes

# The name of an item tells what changed, not why: 公务用车运行维护费 is no word about upkeep.
ITEM = re.compile(
    "公务用?车(?:购置(?:费?[及和])?)?(?:购置|运行(?:及?维护)?|维护)(?:费用?|支出|经费)"
    r"|(?:公务)?接待(?:费用?|支出|经费)|因公出国(?:\(境\))?(?:费用?|支出|经费)"
    "|(?:会议|培训)(?:费用?|支出|开支)|三公(?:经费)?|机关运行经费|工资福利支出"
    "|对个人和家庭的?补助(?:支出)?|人员(?:经费|支出|开支)|(?:日常)?公用(?:经费|支出|开支)"
)
ITEM_MARK = "□"

PART = (
    f"(?:{ITEM_MARK}|基本支出|项目(?:支出|经费|资金|费用)|商品和服务支出|资本性支出|(?:货物|服务|工程)类?采购"
    "|财政拨款|支出|收入|费用|经费|开支|资金)+"
)
PARTS = f"{PART}(?:[、和及与]{PART})*"
LEAD = (
    "(?:导致|造成|使得?|从而|因而|因此|所以|相应|相关|随之|部分|其中|同时|本年度?|今年|较上年)*的?"
)
DEGREE = "(?:也|都|均|等|的|数|额|较上年|较预算|同比|相应|随之|大幅|有所|略有|明显|进一步|总体)*"
CHANGE = "(?:增加|减少|增长|上升|下降|降低|增多|小于|大于|上涨|提高|变大|变小)"
MONEY = r"(?:\d[\d,.]*(?:亿元|万元|元))?"
SUBJECT = (
    f"此|该|上述|相关|{ITEM_MARK}|因公|公务|公车|车|出国|接待|年末|年初"
    "|结转|经营|政府性基金|国有资本|购置|购车|会议|培训|团组|出访|外事|任何"
)
HAPPEN = "发生|产生|开展|购置|安排|使用|组织|召开|举办|编制|涉及"

COMPONENT = re.compile(f"{LEAD}(?:{PARTS}{DEGREE}{CHANGE}|{CHANGE}了?{LEAD}{PARTS})了?{MONEY}")
RESTATED = re.compile(
    "(?:费|费用|经费|支出|开支|收入|拨款|资金|补助|补贴|(?:货物|服务|工程)类?采购)"
    f"{DEGREE}{CHANGE}|{CHANGE}.*(?:费|经费|支出|开支|收入)"
    "|项目(?:结构)?调整|项目变动|结构调整"
)
UNCHANGED = re.compile(
    "(?:严格)?按照?(?:年初|批复的?)?预算(?:数|安排)?(?:执行|支出|开支)"
    "|.*(?:持平|(?<!不)一致|(?:保持|维持)?不变|未变|(?<!不)(?:相同|相等|相符|一样)|零增长"
    "|[无未没](?:有|发生)?(?:增减|变化|变动|差异|增减变[化动]))(?:情况)?"
    r"|(?:较|比|与).{0,8}(?:增加|减少|增长|下降)0(?:\.0+)?(?:万元|元|%)"
)
NOTHING = re.compile(
    "(?!(?:上年|上一年|去年)度?(?![和与及、]))(?!.*(?:原因|影响|疫情)).{0,14}?(?:"
    f"(?:无|没有|不(?:涉及|存在|承担|承办)|(?:未|没有?)(?:{HAPPEN}))(?:{SUBJECT}).{{0,16}}"
    "|(?:未|没有?|不再?|均未|尚未)(?:发生|产生|涉及)(?:.{0,12}(?:支出|费用?|经费|业务|事项|活动|情况))?"
    "|(?:没有|无|未有|不涉及)(?:.{0,10}(?:支出|费用|经费|业务|事项|活动|收入|情况)))"
)
LONG_NAME = 7  # characters: 住房公积金 names a contribution, 行政单位离退休 a class
CHANGED_CLASS = re.compile(rf"(?P<name>.+?)(?:\(项\))?(?:支出)?(?:经费)?{DEGREE}{CHANGE}了?{MONEY}")
CONSEQUENCE = re.compile(
    f"(?:其|相应|相关|因此|因而|所以|导致|造成|使得?|从而|故).*|.*(?:费|支出|补贴|补助|损耗)"
    f"{DEGREE}{CHANGE}|.{{0,4}}(?:资金|款项|经费)(?:结转|结余|未支出).*"
)
CONTRAST = re.compile("但|而|另|同时|此外|虽")


@cache
def class_names() -> frozenset[str]:
    """The folded names of the classes by function that are long enough to be nothing else."""
    names = (fold(name.name) for known in function_classes().values() for name in known.names)
    return frozenset(name for name in names if len(name) >= LONG_NAME)


def restates_class(masked: str) -> bool:
    """Whether a clause only tells that the amount of a class by function changed."""
    found = CHANGED_CLASS.fullmatch(masked)
    return found is not None and not class_names().isdisjoint(
        {found["name"], f"{found['name']}支出"}
    )


def folded_clauses(text: str) -> list[str]:
    """The clauses of a reason, folded (`ingest.cues`)."""
    return [fold(text[start:end]) for start, end in clause_spans(text)]


def mask_items(clause: str) -> str:
    """The clause with a mark for every name of an item."""
    return ITEM.sub(ITEM_MARK, clause)


def whole_forms(masked: str, direction: Direction) -> Iterator[str]:
    """The leaves of `none` that a whole masked clause has the form of.

    What did not happen this year explains no increase.
    """
    if UNCHANGED.fullmatch(masked):
        yield "none.unchanged"
    if COMPONENT.fullmatch(masked) or restates_class(masked):
        yield "none.component"
    if direction != "increase" and NOTHING.fullmatch(masked):
        yield "none.nothing"


def form_of(masked: str, direction: Direction) -> str | None:
    """The leaf of `none` that a clause without a cause belongs to; None if it tells something."""
    whole = next(whole_forms(masked, direction), None)
    return whole or ("none.component" if RESTATED.search(masked) else None)


def tells_consequence(masked: str) -> bool:
    """Whether a later clause only tells what came of the clauses before it."""
    return bool(CONSEQUENCE.fullmatch(masked)) and not CONTRAST.match(masked)
