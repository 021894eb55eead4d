"""The roles of sections: which words of a title tell what a section is about.

The role says which facts a section holds and which fund its amounts belong to when they do not say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """What a section is about. `fund` is the default of its amounts."""

    name: str
    title: re.Pattern[str]
    fund: str
    example: str


def role(name: str, title: str, fund: str, example: str) -> Role:
    return Role(name, re.compile(title), fund, example)


# First title that is found decides; narrower subjects stand before wider ones. Titles are folded.
ROLES = (
    role("glossary", r"名词(?:解释|说明|释义)|术语(?:解释|释义|说明)", "all", "六、专业名词解释"),
    role("contact", r"联系方式|信息反馈|咨询电话|监督电话", "all", "七、决算公开联系方式"),
    role("tasks", r"^(?!.*职[能责]).*(?:重点|主要)工作(?:任务|完成)?(?:介绍|情况)?$|^(?!.*职[能责]).*工作任务(?:介绍|情况|完成情况)?$", "all", "（二）2023年度重点工作任务介绍"),
    role("evaluation", r"自评结果|自评表|自评报告|自评情况|评价结果|评价报告", "all", "（二）绩效自评结果"),
    role("tables", r"(?:决|预)算(?:公开)?(?:报|附)?表$|(?:收入|支出|收支|收、支|经费)[^，。]{0,16}表$|公开(?:报|附)?表$", "all", "第二部分 2023年度部门决算表"),
    role("attachment", r"^附(?:件|表|录)[0-9一二三四五六七八九十]{0,2}$", "all", "第五部分 附件"),
    role("duties", r"^(?:部门|单位|主要)?职[能责]$|机构(?:设置)?(?:情况)?[、，及和与]+(?:主要|部门|单位|工作)?职[责能](?:情况)?$|职能职责|主要职责|部门职责|单位职责|工作职责|机构职责|主要职能|部门职能|单位职能|基本职能|机构职能|职能简介|主要工作职能", "all", "（一）职能职责"),
    role("offices", r"机构设置|机构、职[责能]设置|内设机构|机构情况|机构编制|人员机构|机构概况|机构及人员|机构和人员|机构人员", "all", "（二）机构设置"),
    role("units", r"(?:单位|部门)(?:的)?(?:机构)?(?:构成|组成)|单位(?:预|决)算构成|(?:决|预)算(?:编制|编报)?(?:单位|范围)(?:的)?(?:情况|范围|名单|构成)?$|编报范围|编制范围|下属单位|所属单位|(?:决|预)算单位", "all", "（三）单位构成"),
    role("reform", r"机构改革", "all", "（四）机构改革情况"),
    role("profile", r"(?:单位|部门)(?:基本)?(?:情况|概况)$|概况$|(?:单位|部门)概括$|(?:单位|部门)简介$|^基本情况$", "all", "一、单位基本情况"),
    role("performance", r"绩效", "all", "五、预算绩效管理情况说明"),
    role("agency-operation", r"机关运行经费", "all", "（一）机关运行经费情况说明"),
    # The title may name their fund (FACTS rule 4), and so that of the titles below it.
    role("meeting-training", r"一般公共预算[^，。]*(?:会议费|培训费)", "general", "七、一般公共预算财政拨款“三公”经费、会议费、培训费支出决算情况说明"),
    role("meeting-training", r"会议费|培训费", "all", "（二）会议费和培训费情况"),
    role("assets", r"国有资产(?:占|使用|情况|管理)|国有资源占", "all", "（二）国有资产占用情况说明"),
    role("procurement", r"政府采购", "all", "（三）政府采购支出情况说明"),
    # The title may name the fund of the three public expenses (FACTS rules 4 and 16); else it is general.
    role("three-public", r"一般公共预算\S*\"?三公\"?经费", "general", "七、一般公共预算财政拨款“三公”经费支出决算情况说明"),
    role("three-public", r"财政拨款\S*\"?三公\"?经费|\"?三公\"?经费财政拨款", "fiscal", "七、财政拨款“三公”经费支出决算情况说明"),
    role("three-public", r"\"?三公\"?经费", "general", "三、“三公”经费情况说明"),
    role("gov-fund", r"政府性基金", "gov-fund", "（五）政府性基金预算收支决算情况说明"),
    role("state-capital", r"国有资本经营", "state-capital", "（六）国有资本经营预算财政拨款支出决算情况说明"),
    role("basic", r"(?:财政拨款|一般公共预算)\S*基本支出", "general", "（四）一般公共预算财政拨款基本支出决算情况说明"),
    role("general", r"一般公共(?:预算)?财政拨款|一般公共预算", "general", "（三）一般公共预算财政拨款支出决算情况说明"),
    role("fiscal", r"财政拨款(?:预算|决算)?(?:收入|支出|收支|收、支)", "fiscal", "（二）财政拨款收入支出决算总体情况说明"),
    # What a single project is for and may cost: no money of the office's accounts.
    role("project", r"(?:项目|专项(?:资金)?|资金)(?:\([^)]*\))?经费(?:的)?情况", "all", "某某专项（政策资金）经费情况说明"),
    role("overall", r"(?:收支|收入|支出)(?:预算|决算)?总(?:体情况)?表的?(?:情况)?说明|(?:收入支出|收支|收、支|决算|预算)\S*总体(?:情况|说明)|^总体情况|^(?:本年)?(?:收入|支出)(?:决算|预算)?(?:总体)?情况说明", "all", "（一）收入支出决算总体情况说明"),
    role("accounts", r"(?:决算|预算)[^，。]{0,8}(?:情况|说明)|^(?:收入|支出|收支)(?:决算|预算)?情况$", "all", "二、部门决算情况说明"),
    role("other", r"其他(?:需要|重要|事项|情况|相关|有关)", "all", "四、其他需要说明的事项"),
)  # fmt: skip

# A line of its own that ends like a title ends the section before it, whatever it is about.
UNKNOWN_TITLE = re.compile(r"(?:情况|说明|概况|事项|介绍)$")
UNKNOWN = role("unknown", "$^", "all", "（九）某某情况")


# 部门（单位）职责
IN_PASSING = re.compile(r"(?<=部门)\(单位\)|(?<=单位)\(部门\)")


def find_role(title: str) -> Role | None:
    """The role of a section with this folded title, or None where its words are not known.

    >>> find_role("部门职责").name
    'duties'
    """
    title = IN_PASSING.sub("", title)
    return next((role for role in ROLES if role.title.search(title)), None)
