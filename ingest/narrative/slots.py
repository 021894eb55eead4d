"""Slots: the typed gaps of a clause template. A slot is a pattern and what the words in it mean.

Patterns are matched on folded text (`ingest.narrative.folding`); words come from the lexicon of the
ontology, so a new wording is one row there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from ingest.narrative.folding import fold_characters
from ontology.classes import economic_classes, function_class_names
from ontology.lexicon import load_lexicon

# No more digits than a budget can have: a longer run is no amount, and is listed as unread.
NUMBER = r"-?[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?|-?[0-9]{1,14}(?:\.[0-9]{1,6})?"

# What may stand before the words that a template is about: numbering, time, who speaks, joining words.
# A named body once at the most: repeated, it could divide a long name in ever so many ways.
LEAD = r"(?:{numbering})?(?:{joint}|{time}|{body})*(?:{named}(?:{joint}|{time}|{body})*)?"
# The same before the name of a class, which may itself begin like a body: 城乡社区支出, 乡镇卫生院.
PLAIN_LEAD = r"(?:{numbering})?(?:{joint}|{time}|{body})*"
LEAD_PARTS = {
    "numbering": r"(?:\(\d{1,2}\)|\d{1,2}[.、](?!\d{1,3}(?:\.\d+)?[万亿]?元)|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、是])",
    "joint": r"(?:(?:按照?|以)?(?:同|可比)口径(?:计算|比较)?|其中|具体(?:为|是|如下)?|分别(?:为|是)|一共|总计|全部|部门(?=预算|收入|支出)|此外|另外|另有?|同时|其次|首先|并|且|及|以及|包括|拟(?=采购|购置|安排)|(?:开支|支出)(?=会议费|培训费|公务|因公)|按照支出性质|用于|安排|实现|形成|发生)",
    "time": r"(?:\d{4}年(?:度)?|(?:截至|截止)?\d{4}年\d{1,2}月\d{1,2}日|本年度?|当年|全年(?!预算|调整|\()|今年|年度|年末|年初(?=结转)|\d{4}年(?:\d{1,2}月)?底)",
    "body": r"(?:(?:所属|下属)?各(?:级)?(?:预算)?(?:单位|部门)|(?:所属|下属)(?:单位|部门)|全(?:[镇县乡市区州省局校院](?![一-龥]?级)|街道)|[本我该](?:单位|部门|级|机关|局|办|委|院|校|中心|街道|镇|乡|会|厅|处|所|站|馆|系统|区|县|市)+(?:\(本级\)|本级)?(?:机关)?)",
    "named": r"(?:[一-龥]{1,24}?(?:局|办公室|委员会|中心|政府|街道|街道办事处|法院|检察院|学校|学院|医院|中学|小学|幼儿园|公司|林场|妇联|工商联|科协|残联|文联|侨联|红十字会|团[市区县]?委|[市区县][一-龥]{0,4}委|总队|支队|大队|联合会|总工会|团委|党校|研究院|管理所|服务站|管委会|福利院|养老院|敬老院|[图博文体档纪][一-龥]{1,3}馆|研究所|监狱|戒毒所|电视台|广播台|报社|救助站|殡仪馆|卫生院|保健院|管理处|管理站|管理局|事务所|事务处|基地|公园|协会|学会|分局|大学|党校|园区|开发区|服务处|检测所|监测站|气象台|执法队|书院|剧院|剧团|歌舞团|镇|乡)(?:\(本级\)|本级|\(部门\)|\(机关\)|\(汇总\))?(?:(?:下属|所属)(?:[0-9]{1,3}[家个](?:(?!财政)[一-龥]){1,12}?(?:和|、|及)?){1,3})?(?:机关)?)",
}
# What may stand between those words and the amount.
# Possessive: 决算 and 数 could else be divided in ever so many ways, and no amount begins with them.
FILLER = r"(?:支出|收入|决算数?|执行数?|实际|金额|资金|费用?|经费|总额|合计|共计|完成|数额?|安排|[共为是有达约均各计:]|\((?:不?含|不?包括|以|均|口径)[^()]{0,30}\))*+"
# The same without the words that name a phase of the budget, which `{phase}` reads.
QUIET_STATE = r"(?:支出|收入|实际|当年|本年|金额|资金|费用?|经费|总额|合计|共计|数额?|[共为是有达约均各计:]|\((?:不?含|不?包括|以|均|口径)[^()]{0,30}\))*+"
# An aside without a figure: 比2022年（上一年度，下同）预算.
ASIDE = r"(?:\([^()0-9]{1,20}\))?"
# Words that compare by themselves: 决算数大于预算数.
COMPARING = ("大于", "小于", "等于", "高于", "低于", "多于", "少于", "超过", "超出", "超")
# The quiet part of a comparison: what is said to have changed.
TOPIC = r"[一-龥、\"()]{0,24}?"
EDGE = {"年初": "carry-in", "初": "carry-in", "末": "carry-out", "上年": "carry-in", "上年末": "carry-in", "以前年度": "carry-in", "年末": "carry-out", "本年末": "carry-out", "年终": "carry-out"}  # fmt: skip
RESTS = r"(?:结转(?:和|与|及|、)?结余|结余(?:和|与|及|、)?结转|结转|结余)(?:资金)?"


def alternation(words: Iterable[str]) -> str:
    """A pattern without groups that finds the longest of the words, shared beginnings tried once.

    >>> alternation(["年初预算", "年初预算数", "上年"])
    '(?:上年|年初预算数?)'
    """
    return trie_pattern(sorted(set(words)))


def trie_pattern(words: list[str]) -> str:
    ends_here = "" in words
    branches: dict[str, list[str]] = {}
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
    parts = []
    for first, rests in branches.items():
        rest = trie_pattern(rests) if rests != [""] else ""
        parts.append(re.escape(first) + rest)
    if not parts:
        return ""
    body = "|".join(parts)
    if ends_here:
        single = len(parts) == 1 and len(body) == 1
        return f"{body}?" if single else f"(?:{body})?"
    return parts[0] if len(parts) == 1 else f"(?:{body})"


def lexicon_pattern(kind: str) -> str:
    """The pattern of all words of one kind of the lexicon, in folded spelling."""
    return alternation(fold_characters(word) for word in load_lexicon().words(kind))


@cache
def slot_patterns() -> dict[str, str]:
    """The pattern of every slot by name; those with a meaning become a named group of the template."""
    word = lexicon_pattern("baseline")
    baseline = (
        rf"(?:\d{{4}}年(?:度|初)?{ASIDE}(?:的|当年|全年|部门|本级)?)?{word}"
        rf"|\d{{4}}年(?:度|底|末)?{ASIDE}(?:的)?(?:决算|支出|收入|实际|执行|同期|完成|预计)*数?"
    )
    units = [
        word for word in load_lexicon().words("unit") if meaning("unit", word).endswith("yuan")
    ]
    directions = load_lexicon().words("direction")
    changed = [word for word in directions if meaning("direction", word) != "unchanged"]
    unchanged = [word for word in directions if meaning("direction", word) == "unchanged"]
    decrease = [word for word in directions if meaning("direction", word) == "decrease"]
    comparing = [word for word in COMPARING if word in directions]
    parts = LEAD_PARTS
    quiet = {
        "plain_lead": PLAIN_LEAD.format(**parts),
        "lead": LEAD.format(**parts),
        "filler": FILLER,
        "rests": RESTS,
        "quiet_state": QUIET_STATE,
        "quiet_amount": f"(?:{NUMBER})",
        "quiet_code": r"[0-9]{3,7}",
        "quiet_direction": alternation(changed),
        "quiet_baseline": f"(?:{baseline})",
        "money": f"(?:{alternation(units)})?",
        "state": rf"{QUIET_STATE}(?:\d{{4}}年(?:度|初)?)?{named('phase', phase_pattern())}?{FILLER}",
    }
    return {
        **quiet,
        "topic": named("topic", TOPIC),
        "amount": named("amount", NUMBER),
        "unit": named("unit", alternation(units)),
        "percent": named("percent", NUMBER),
        "amounts": named("amounts", list_pattern(NUMBER, f"(?:{alternation(units)})?", 5)),
        "percents": named("percents", list_pattern(NUMBER, "%", 5)),
        "base": named("base", NUMBER),
        "base_unit": named("base_unit", alternation(units)),
        "within": rf"\"?(?P<within>(?:{CLASS_NAME}\"?\(款\)[、,，.-]?)?{CLASS_NAME})\"?\((?:款|项)\)\"?",
        "code_first": r"\"?(?P<code>[0-9]{3}(?:[0-9]{2}){0,2})\"?-?\"?[一-龥、()]{3,40}?\"?(?:\((?:类|款|项)\))?\"?",
        "phase": named("phase", phase_pattern()),
        "number": named("number", r"[0-9]{1,9}"),
        "second": named("second", r"[0-9]{1,9}"),
        "measure": named("measure", lexicon_pattern("measure")),
        "second_measure": named("second_measure", lexicon_pattern("measure")),
        "fund": named("fund", lexicon_pattern("fund")),
        "item": named("item", lexicon_pattern("item")),
        "flow": named("flow", lexicon_pattern("flow")),
        "edge": named("edge", alternation(EDGE)),
        "class": named("class", function_class_pattern()),
        "class_path": class_path_pattern(),
        "class_plain": named("path", rf"{CLASS_NAME}类{CLASS_NAME}款{CLASS_NAME}项"),
        "class_dashes": named("path", rf"{CLASS_NAME}(?:-{CLASS_NAME}){{1,2}}"),
        "class_code": named("path", CODED_PATH),
        "economic": named("economic", economic_class_pattern()),
        "count": named("count", lexicon_pattern("count-item")),
        "baseline": named("baseline", baseline),
        "second_baseline": named("second_baseline", baseline),
        "direction": named("direction", alternation(changed)),
        "unchanged": named("unchanged", alternation(unchanged)),
        "decrease": named("direction", alternation(decrease)),
        "comparing": named("direction", alternation(comparing)),
    }


def list_pattern(number: str, behind: str, most: int) -> str:
    """Numbers with what stands behind each, in a list: 1.00万元、2.00万元和3.00万元."""
    one = f"(?:{number}){behind}"
    return rf"{one}(?:[、，]?[和与及以]{{0,2}}{one}){{0,{most}}}"


def named(name: str, pattern: str) -> str:
    return f"(?P<{name}>{pattern})"


def function_class_pattern() -> str:
    """Names of the functional classes (类), those of earlier editions and variants too; with （类） behind it
    a name may lack 支出."""
    names = [fold_characters(name) for name in function_class_names()]
    short = alternation(name.removesuffix("支出") for name in names)
    return rf"\"?(?:{alternation(names)}\"?(?:\(类\)\"?)?|{short}\"?\(类\)\"?)"


def economic_class_pattern() -> str:
    """Names of economic classes that the text gives without a code: 工资福利支出 (类), 差旅费 (款)."""
    known = [one for one in economic_classes().values() if one.code.startswith("3")]
    names = [fold_characters(one.name) for one in known if one.level == "class"]
    names += [name.replace("家庭的", "家庭") for name in names if "家庭的" in name]
    names += [name for one in known if (name := fold_characters(one.name)).endswith("费")]
    return alternation(names)


def phase_pattern() -> str:
    """Words for a phase of the budget, 决算 and 执行 among them, that stand between an item and its amount."""
    return lexicon_pattern("phase")


CLASS_NAME = r"[一-龥、()\"]{2,40}?"
# 行政运行（2010301）, by itself or behind the classes above it with their codes.
CODED_PATH = (
    rf"\"?(?:{CLASS_NAME}\([0-9]{{3}}\)\"?[、,，.-]?)?(?:{CLASS_NAME}\([0-9]{{5}}\)\"?[、,，.-]?)?"
    rf"{CLASS_NAME}\((?:项|款)?[0-9]{{3,7}}(?:项|款)?\)\"?"
)


def class_path_pattern() -> str:
    """A class with its 款 and 项, in quotation marks or not: 教育支出（类）普通教育（款）小学教育（项）."""
    name = CLASS_NAME
    number = r"(?:\d{2,3})?"
    path = (
        rf"{name}\({number}类\)[、,，.-]?{name}\({number}款\)"
        rf"(?:[、,，.-]?(?:{name})?\({number}项\))?"
    )
    return rf"\"?(?P<path>{path})\.?\"?"


def meaning(kind: str, word: str) -> str:
    """The concept of a word of the lexicon."""
    return load_lexicon().meaning(kind, word)


def read_list(text: str) -> list[tuple[str, str]]:
    """The numbers of a list with the unit behind each, or the last one's where one has none.

    >>> read_list("1.00、2.00和3.00万元")
    [('1.00', '万元'), ('2.00', '万元'), ('3.00', '万元')]
    """
    found = re.findall(rf"({NUMBER})([^0-9、和与及以，-]*)", text)
    return [(number, unit or found[-1][1]) for number, unit in found]


def read_number(text: str) -> Decimal:
    """The number with the digits as printed: "1,234.50" is Decimal("1234.50").

    >>> read_number("1,234.50")
    Decimal('1234.50')
    """
    return Decimal(text.replace(",", ""))
