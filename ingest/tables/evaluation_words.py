"""Words in the tables of projects (self-evaluations and targets), and the field that each fills.

Brackets in header words (（%）, （万元）, (A)) are left out before they are looked up.
"""

from __future__ import annotations

import re

# The label that opens the table of a project.
NAMES = frozenset({"项目名称", "政策名称", "项目政策名称", "项目资金名称", "一级项目名称"})
# Labels, each with its value, that may stand before that of the name.
BEFORE_NAME = re.compile("项目(?:编码|编号|代码)|(?:主管|实施|预算)(?:部门|单位)(?:名称)?")
SCORES = frozenset({"自评总分", "自评得分", "总分", "总得分", "自评总得分", "综合得分"})
# Columns of the rows of money.
MONEY_COLUMNS = {
    "年初预算数": "initial_budget",
    "年初预算": "initial_budget",
    "年初预算金额": "initial_budget",
    "全年预算数": "adjusted_budget",
    "全年预算": "adjusted_budget",
    "全年调整预算数": "adjusted_budget",
    "调整预算数": "adjusted_budget",
    "调整后预算数": "adjusted_budget",
    "全年执行数": "executed",
    "全年实际执行数": "executed",
    "实际执行数": "executed",
    "执行数": "executed",
    "预算执行数": "executed",
    "全年决算数": "executed",
    "实际支出": "executed",
    "执行率": "execution_rate",
    "预算执行率": "execution_rate",
    "执行率权重": "execution_weight",
    "分值": "execution_weight",
    "权重": "execution_weight",
    "执行率得分": "execution_score",
    "得分": "execution_score",
}
# Labels of money in the table of a project's targets, each beside its amount.
ANNUAL_AMOUNTS = frozenset(
    {
        "年度资金申请总额",
        "年度资金总额",
        "年度预算资金",
        "项目年度预算",
        "年度预算",
        "当年预算",
        "年度金额",
    }
)
WHOLE_AMOUNTS = frozenset(
    {"项目资金总额", "项目总额", "预算总额", "项目总预算", "预算金额", "预算数"}
)
GOAL_COLUMNS = {
    "年初绩效目标": "goals",
    "年初设定目标": "goals",
    "预期目标": "goals",
    "年度预期目标": "goals",
    "预期绩效目标": "goals",
    "全年目标实际完成情况": "achieved",
    "全年实际完成情况": "achieved",
    "实际完成情况": "achieved",
    "目标实际完成情况": "achieved",
    "年度实际完成情况": "achieved",
    "目标完成情况": "achieved",
}
# Labels with the goal on their right or below; of several in one table the first of these leads.
GOAL_LABELS = (
    "年度总体目标",
    "年度绩效目标",
    "年度目标",
    "总体目标",
    "项目总目标",
    "绩效目标",
    "项目绩效目标",
)
INDICATOR_COLUMNS = {
    "一级指标": "level1",
    "二级指标": "level2",
    "指标名称": "name",
    "三级指标": "name",
    "绩效指标名称": "name",
    "计量单位": "unit",
    "度量单位": "unit",
    "指标性质": "comparator",
    "年初指标值": "target",
    "指标值": "target",
    "年度指标值": "target",
    "目标值": "target",
    "预期指标值": "target",
    "全年目标值": "target",
    "指标目标值": "target",
    "年度目标值": "target",
    "计划指标值": "target",
    "预期值": "target",
    "调整指标值": "adjusted",
    "全年完成值": "actual",
    "实际完成值": "actual",
    "全年实际完成值": "actual",
    "实际完成指标值": "actual",
    "全年实际值": "actual",
    "完成值": "actual",
    "实际值": "actual",
    "偏离度": "deviation",
    "得分系数": "score_rate",
    "指标权重": "weight",
    "权重": "weight",
    "分值": "weight",
    "指标得分": "score",
    "得分": "score",
    "自评得分": "score",
    "是否核心指标": "core",
}
# Labels on the side of the rows of money and of indicators; others in their place open what follows.
SIDE_OF_MONEY = re.compile(".*(?:资金|预算|执行).*|其中.*|.*(?:总额|总金额|拨款)")
SIDE_OF_INDICATORS = re.compile("(?:年度|项目)?绩效指标(?:完成情况)?|绩效目标.*|指标|绩效|")
# What stands in the first cell of a row behind the indicators.
BEHIND_INDICATORS = re.compile(
    "总分|合计|总计|总得分|说明|备注|注[:：].*|填报人.*|其他.*说明.*|自评.*|评价.*|联系.*|.*建议.*"
)
LEVEL1 = re.compile(
    r"(?:产出|效益|满意度|成本|效果|投入|过程|管理|决策|影响力)类?(?:指标)?(?:\([0-9.]+分?\))?"
)
LEVEL2 = re.compile(
    r"(?:数量|质量|时效|成本|经济成本|社会成本|生态环境成本|经济效益|社会效益|生态效益|可持续影响|可持续|服务对象满意度|满意度)(?:指标)?(?:\([0-9.]+分?\))?"
)
BRACKETED = re.compile(r"\((?:%|分|万元|元|百分比|[^()]{0,5})\)")
YES = re.compile(r"核心|是|√")


def header_words(label: str) -> str:
    """The folded label of a header cell without brackets; (调整) in it counts.

    >>> header_words("全年(调整)预算数"), header_words("全年预算数(A)"), header_words("年度(/项目)指标值")
    ('全年调整预算数', '全年预算数', '年度指标值')
    """
    return BRACKETED.sub("", label.replace("(调整)", "调整").replace("(政策)", "政策")).rstrip(
        ":："
    )
