"""Clauses that go on from the one before: 各增加7.20万元 of a baseline told before, 和3.40万元 of a list."""

from __future__ import annotations

from ingest.narrative.templates.changes import EACH, EXTENT
from ingest.narrative.templates.template import Template

PENDING = (
    Template("figure-without-sign", "bare-figure", r"(?:同比)?{direction}(?:了|率|幅度|比例|幅|为)*{amount}", "增长6.35"),
    Template("change-of-pending", "change-of-pending", rf"{{lead}}{{topic}}{EACH}{{direction}}{EXTENT}{{amount}}{{unit}}?", "财政拨款收、支总计各增加7.20万元"),
    Template("unchanged-of-pending", "change-of-pending", r"{lead}{topic}(?:均|都)?(?:基本|总体)?{unchanged}", "支出无增减"),
    Template("percent-of-pending", "change-of-pending", rf"{{lead}}{{topic}}{EACH}{{direction}}(?:了|率|幅度|比例|为)*{{percent}}%", "支出总计各增长3.10%"),
    Template("direction-of-pending", "change-of-pending", r"{lead}{topic}(?:有所|略有)?{direction}", "支出略有下降"),
    Template("flow-title", "title", r"{lead}{flow}", "收入预算"),
    Template("class-title", "title", r"{lead}{class}(?:支出|决算|情况|说明)*", "1.一般公共服务支出"),
    Template("item-title", "title", r"{lead}{item}(?:支出|决算|预算|情况|说明|费用|费)*", "公务接待费"),
    Template("amount-of-list", "amount-of-list", r"(?:和|与|及|以及)?{amounts}", "3.40万元和5.00万元"),
)  # fmt: skip
