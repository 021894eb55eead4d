"""What the accounts of assets and plans of payment state: known by name, no points of the fiscal cube."""

from __future__ import annotations

from ingest.narrative.templates.template import Template

ASSETS = (
    Template("asset", "ignored", r"{lead}(?:资产|流动资产|固定资产|长期投资|对外投资|在建工程|无形资产|货币资金|存货|房屋|其他(?:固定)?资产|负债|净资产|公共基础设施)(?:账面)?(?:总额|合计|总计|价值|原值|净值|面积)*(?:共|为|:)*(?:{number}(?:项|处|台|件))?{quiet_amount}(?:{money}|平方米|亩)", "固定资产30.50万元"),
    Template("payment-plan", "ignored", r"{lead}第?[一二三四1-4]季度(?:用款)?(?:计划|预算)?(?:为|:)?{quiet_amount}{money}", "第一季度用款计划25.80万元"),
    Template("project-budget", "ignored", r"{lead}(?:本)?项目(?:年度)?(?:预算总额|总预算|预算|年度预算|申请预算|总投资|安排资金)(?:资金|金额)?(?:总额)?(?:共|为|是|:)*{quiet_amount}{money}", "2023年度项目总预算170.00万元"),
)  # fmt: skip
