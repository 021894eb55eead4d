"""Rates: 完成年初预算的90.25%, 占总支出比例40.00%, 增长6.35%."""

from __future__ import annotations

from ingest.narrative.templates.changes import RATE
from ingest.narrative.templates.template import Template

DONE = r"(?:仅|共|已|实际|预算)*(?:完成|为|占|达到?)(?:了)?"

RATES = (
    Template("completion-of-value", "completion", rf"{{lead}}{{topic}}{DONE}{{baseline}}(?:的|数|\()?{{amount}}{{unit}}?\)?的{{percent}}%?", "完成年初预算1,250.00万元的92.00%"),
    Template("completion", "completion", rf"{{lead}}{{topic}}{DONE}{{baseline}}(?:的|数|比例|比率|为)*{{percent}}%?", "完成年初预算的90.25%"),
    Template("completion-rate", "completion", r"{lead}{topic}(?:{quiet_baseline})?(?:预算)?(?:完成|执行|实现)(?:率|进度|比例|比率)(?:为|是|达|达到|约|:)*{percent}%", "预算执行率98.10%"),
    Template("share-named", "share", r"{lead}{item}(?:支出|决算|预算|数)*(?:约|所)?占(?P<whole>[^\d]{0,24}?)(?:的)?(?:比例|比重|比率|比)?(?:为|是|约|达|:)?{percent}%?", "公务接待费支出决算占“三公”经费的12.97%"),
    Template("share", "share", r"{lead}(?:约|分别|所)?占(?P<whole>[^\d]{0,24}?)(?:的)?(?:比例|比重|比率|比)?(?:为|是|约|达|:)?{percent}%?", "占总支出比例40.00%"),
    Template("share-of-value", "share", r"{lead}(?:约)?占(?P<whole>[^\d]{0,24}?){quiet_amount}{money}的{percent}%", "占本年收入合计120.00万元的40.00%"),
    Template("percent-points", "ignored", r"{lead}{topic}{quiet_direction}(?:了|约|为)*[0-9.]{1,8}个?百分点", "提高2.10个百分点"),
    Template("percent", "percent", rf"\(?(?:且|并)?(?:同比|各|均|分别|约)*{{direction}}{RATE}(?:\(%\))?{{percent}}%", "增长6.35%"),
    Template("percents-respective", "percents", rf"(?:同比|分别|各)*{{direction}}{RATE}{{percents}}", "分别增长6.35%和4.10%"),
    Template("percent-named", "percent", r"(?:同比)?(?:变动|增减|变化|增长|下降)(?:率|幅度|比例|比率|幅)(?:为|是|约|:)*{percent}%", "变动幅度6.35%"),
)  # fmt: skip
