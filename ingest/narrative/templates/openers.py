"""Words that open a stretch: a stated reason, or what money is for."""

from __future__ import annotations

import re

# The word for a reason with what makes it one: 主要变动原因是, 增减变化的主要原因:, 主要原因如下.
CAUSE = (
    r"(?:其)?(?:主要)?(?:变动|增减|增加|减少|增长|下降|变化|差异|上升|降低|大于|小于|持平)*(?:情况)?(?:的)?(?:主要)?"
    r"(?:原因|因素)(?:主要)?(?:如下|有|分析)?(?:在于|[是为系:])*"
)
# Openers of a stated reason; what follows on the line is the reason itself.
REASON_OPENER = re.compile(
    rf"(?:[一-龥]{{0,14}}?的)?{CAUSE}"
    r"|(?:增加|减少|增长|下降|变动)?主要(?:还是|是|系|为|在于)(?!用于|包括)"
    r"|(?=(?:主要)?(?:由于|因为|因(?!公)))(?:主要(?=由于|因))?"
)
REASON_OPENER_EXAMPLES = ("主要原因是机构改革", "主要原因机构改革", "主要变动原因是人员减少", "原因：人员减少", "主要是人员减少", "减少的主要原因是人员减少", "主要由于人员减少", "增减变化的主要原因：人员减少", "其主要原因在于人员减少", "主要因素是人员减少")  # fmt: skip
# A reason told in the clause of its change: 决算数小于预算数的主要原因是…, 较上年增加主要是….
INNER_REASON = re.compile(
    r"(?:的)?(?:主要)?(?:变动|变化)?(?:主要)?(?:原因|因素)(?:主要)?(?:如下|有)?(?:在于|[是为系:])*"
    r"|主要(?:还是|是|系|由于|因)(?!用于|包括)"
)
# A clause that says what the money is for: ignored by name.
PURPOSE_OPENER = re.compile(
    r".{0,16}?(?:主要(?:是)?用于|主要包括|用途主要|主要支出|主要开支|用于开支|主要为购买|反映)"
)
# A reason that opens itself: 无因公出国（境）计划, after an unchanged comparison.
BARE_REASON = re.compile(
    r"(?:我|本|该)?(?:单位|部门|办|局|委)?(?:均|也|今年|全年|本年度?|\d{4}年度?)?(?:无|未|没有|不(?!可比))"
)
