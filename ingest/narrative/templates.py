"""The clause templates: one row a wording, each with an example that a test reads back.

`{slot}` is a typed gap (`ingest.narrative.slots`), the rest is a regular expression on folded text; a
template reads a whole clause. The first row that reads a clause decides, so narrower rows stand first.
The `act` names what the fold does with the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ingest.narrative.folding import fold_characters
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


LONGEST_CLAUSE = 160
COMPARED = r"(?:比|较|与|和|同|相较于?|相比于?|对比|比较)"
TEMPLATES = (
    # Changes against a baseline, before amounts: 年初预算 and 收入 are words of both.
    Template("change", "change", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}(?:相比|比较|数)?(?:的)?[，]?(?:各|均|共|净|同比)?{{direction}}(?:了|额|数|为)*{{amount}}{{unit}}?", "收支较上年决算数增加7.20万元"),
    Template("change-percent", "change", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}(?:相比|比较)?(?:各|均|共)?{{direction}}(?:了|率|幅度|比例|为)*{{percent}}%", "较上年决算数下降5.2%"),
    Template("unchanged-twice", "change-twice", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}(?:、|和|及|与|以及){{second_baseline}}(?:相比|比较)?(?:均|都)?(?:基本|总体)?{{unchanged}}", "费用支出与年初预算数、上年支出数均持平"),
    Template("unchanged", "change", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}(?:相比|比较)?(?:的)?(?:基本|总体)?{{unchanged}}", "费用支出与年初预算数持平"),
    Template("change-undetermined", "basis", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}(?:相比|比较|比)", "与2021年相比"),
    Template("change-basis-only", "basis", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}", "较上年"),
    Template("change-year-on-year", "change", r"{lead}{topic}(?P<baseline>同比)(?:各|均|共|净)?{direction}(?:了|额|数|为)*{amount}{unit}?", "同比减少6.50万元"),
    Template("completion-of-value", "completion", r"{lead}{topic}(?:完成|为|占){baseline}(?:的|数)?{amount}{unit}?的{percent}%", "完成年初预算1,250.00万元的92.00%"),
    Template("completion", "completion", r"{lead}{topic}(?:完成|为|占){baseline}的?{percent}%", "完成年初预算的90.25%"),
    Template("share", "share", r"{lead}(?:约)?占(?P<whole>[^\d]{0,24}?)(?:的)?(?:比例|比重|比率|比)?(?:为|是|约|:)?{percent}%", "占总支出比例40.00%"),
    Template("percent", "percent", r"(?:同比)?{direction}(?:了|率|幅度|比例|幅|为)*{percent}%", "增长6.35%"),
    # Performance: 涉及资金 is no amount of the accounts.
    Template("evaluated-by-form", "ignored", r"{lead}以.{2,20}(?:形式|方式)(?:组织)?(?:开展|进行|实施)(?:绩效)?(?:自评|评价){number}[项个]", "以填报自评表形式开展自评5项"),
    Template("project-count", "project-count", r"{lead}(?:组织)?对(?:.{0,40}?(?:和|、|及|等))?{number}个(?:[一-龥]{0,8})?项目(?:支出)?(?:组织)?(?:开展|进行|实施)了?(?:[一-龥]{0,6})?(?:绩效)?自?(?:评价|评)", "本单位对3个项目开展了绩效自评"),
    Template("project-count-named", "project-count", r"(?!.*(?:评级|等级|评为|评定|得分|问题)){lead}[^\d，。；:]{0,24}?(?:编报|开展|实施|绩效|自评)[^\d，。；:]{0,14}的?(?:\d{4}年度?)?项目(?:支出)?(?:共计|共|总计|合计|为|有|:)*{number}个", "本部门编报绩效目标的项目共3个"),
    Template("project-funds", "project-funds", r"{lead}(?:共|合计|总)?涉及(?:[一-龥]{0,10}?)(?:资金|金额)(?:总额|共计|合计|总计|共|为|:)*{amount}{unit}?", "共涉及资金60.00万元"),
    # A functional class told down to 款 or 项; its amount follows behind a colon or at once.
    Template("class-path-amount", "amount", r"{lead}{class_path}{filler}{amount}{unit}?", "教育支出（类）普通教育（款）小学教育（项）支出90.00万元"),
    Template("class-path", "subject", r"{lead}{class_path}(?:支出)?(?:决算)?", "1.教育支出（类）教育管理事务（款）行政运行（项）"),
    # Amounts: an item, or what is carried over the edge of the year, or all money of a fund.
    Template("carried", "carried", r"{lead}(?:使用|动用)?{edge}{fund}?{rests}{filler}{amount}{unit}?", "使用年初财政拨款结转结余资金17万元"),
    Template("fund-flow", "amount", r"{lead}{fund}(?:当年|本年)?{flow}{filler}{amount}{unit}?", "2022年度一般公共预算财政拨款支出120.50万元"),
    Template("item", "amount", r"{lead}{item}{filler}{amount}{unit}?", "2022年度收入总计120.50万元"),
    Template("fund-item", "amount", r"{lead}{fund}的?{item}{filler}{amount}{unit}?", "2022年度财政拨款收、支总计120.50万元"),
    Template("class", "amount", r"{lead}{class}{filler}{amount}{unit}?", "（1）一般公共服务支出80.00万元"),
    Template("economic-class", "economic-amount", r"{lead}{economic}{filler}{amount}{unit}?", "本年度差旅费支出5.15万元"),
    Template("subject-amount", "subject-amount", r"(?:本年|当年)?(?:支出)?决算数?{filler}{amount}{unit}?", "支出决算为50.00万元"),
    Template("flow", "flow", r"{lead}{flow}{filler}{amount}{unit}?", "使用非财政拨款结余和专用结余0.00万元"),
    Template("baseline-value", "baseline-value", r"{lead}{baseline}{filler}{amount}{unit}?", "年初预算数0.00万元"),
    Template("change-of-pending", "change-of-pending", r"{lead}{topic}(?:各|均|共|净|同比)?{direction}(?:了|额|数|为)*{amount}{unit}?", "财政拨款收、支总计各增加7.20万元"),
    Template("unchanged-of-pending", "change-of-pending", r"{lead}{topic}(?:基本|总体)?{unchanged}", "支出无增减"),
    # Things counted.
    Template("count-pair", "count", r"{lead}{count}(?:共计|共|累计|为|:)*{number}{measure}[，、]?(?:共|计)*{second}{second_measure}", "国内公务接待4批次60人"),
    Template("count", "count", r"{lead}{count}(?:共计|共|累计|数|为|是|:)*{number}{measure}", "公务车保有量为1辆"),
    Template("abroad-count", "count", r"{lead}(?:组织|安排|参加)?(?P<topic>因公出国(?:\(境\))?)(?:团组)?(?:费用?)?(?:共计|共|累计|为|:)*{number}{measure}(?:[，、]{second}{second_measure})?", "因公出国（境）共计0个团组"),
    Template("count-named", "count", r"(?:\d{4}年度?)?[一-龥()]{2,40}?{count}(?:共计|共|累计|数|为|是|:)*{number}{measure}", "2025年部门预算安排购置车辆2辆"),
    Template("count-continued", "count", r"(?:共计|共|累计|出国\(境\))?{number}{measure}", "0人"),
)  # fmt: skip

# Openers of a stated reason; what follows on the line is the reason itself.
REASON_OPENER = re.compile(
    r"(?:[一-龥]{0,14}?的)?(?:主要)?(?:变动|增减|增加|减少|增长|下降|变化|差异)?(?:的)?(?:主要)?原因(?:如下|有)?(?:在于|[是为系:])*"
    r"|(?:增加|减少|增长|下降|变动)?主要(?:还是|是|系|为)(?!用于|包括)"
    r"|(?=(?:主要)?(?:由于|因为|因))(?:主要(?=由于|因))?"
)
REASON_OPENER_EXAMPLES = ("主要原因是机构改革", "主要原因机构改革", "主要变动原因是人员减少", "原因：人员减少", "主要是人员减少", "减少的主要原因是人员减少", "主要由于人员减少")  # fmt: skip
# A clause that says what the money is for: ignored by name.
PURPOSE_OPENER = re.compile(
    r".{0,16}?(?:主要(?:是)?用于|主要包括|用途主要|主要支出|主要开支|用于开支|主要为购买|反映)"
)
# A reason that opens itself: 无因公出国（境）计划, after an unchanged comparison.
BARE_REASON = re.compile(
    r"(?:我|本|该)?(?:单位|部门|办|局|委)?(?:均|也|今年|全年|本年度?|\d{4}年度?)?(?:无|未|没有|不)"
)


@lru_cache(maxsize=8192)
def find_reading(clause: str) -> Reading | None:
    """The reading of a clause in folded text by the first template that reads the whole of it, or None.

    No template reads a clause of more than `LONGEST_CLAUSE` characters.
    """
    if len(clause) > LONGEST_CLAUSE:
        return None
    for template in TEMPLATES:
        found = template.expression.fullmatch(clause)
        if found:
            return Reading(template, {k: v for k, v in found.groupdict().items() if v})
    return None


def read_examples() -> Iterator[tuple[Template, Reading | None]]:
    """Every template with the reading of its example, for the test that walks the table."""
    for template in TEMPLATES:
        yield template, find_reading("".join(fold_characters(template.example).split()))
