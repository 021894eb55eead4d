"""Things counted: vehicles, batches, people."""

from __future__ import annotations

from ingest.narrative.templates.template import Template

COUNTS = (
    Template("count-pair", "count", r"{lead}{count}(?:共计|共|累计|为|:)*{number}{measure}[，、]?(?:共|计)*{second}{second_measure}", "国内公务接待4批次60人"),
    Template("count", "count", r"{lead}{count}(?:\([^()0-9]{1,12}\))?(?:共计|共|累计|数|为|是|有|:)*{number}{measure}", "公务车保有量为1辆"),
    Template("abroad-count", "count", r"{lead}(?:组织|安排|参加)?(?P<topic>因公出国(?:\(境\))?)(?:团组)?(?:费用?)?(?:共计|共|累计|为|:)*{number}{measure}(?:[，、]{second}{second_measure})?", "因公出国（境）共计0个团组"),
    Template("vehicles-bought", "count", r"{lead}(?P<topic>购置(?:\(更新\)|更新)?|更新购置)(?:数量|数)?(?:共|为|:)*{number}(?P<measure>辆)", "2020年购置（更新）0辆"),
    Template("guests-received", "count", r"{lead}(?:累计|共计|共|合计)?(?P<topic>接待)(?:来访)?(?:人员|人数|来宾|客人)?(?:共|约|为|:)*{number}(?P<measure>个批次|批次|批|人次|人)", "累计接待104人次"),
    Template("vehicles-of-other-use", "ignored", r"{lead}(?:一般公务用车|一般业务用车|业务用车|实物保障用车|老干部用车)(?:共|为|:)*{number}辆", "一般公务用车3辆"),
    Template("equipment-planned", "ignored", r"{lead}(?:(?:部门|单位)?预算)?(?:安排|拟|计划|新增|申请)*(?:购置|采购)(?:单价|单位价值)[0-9]{2,3}万元?(?:\([^()]{1,6}\))?(?:以上)?(?:的)?(?:通用|专用|大型)?设备(?:\([^()]{1,10}\))?(?:共|为|:)*{number}{measure}", "安排购置单价100万元（含）以上设备（不含车辆）0台（套）"),
    Template("count-named", "count", r"(?:\d{4}年度?)?[一-龥()]{2,40}?{count}(?:共计|共|累计|数|为|是|:)*{number}{measure}", "2025年部门预算安排购置车辆2辆"),
    Template("count-continued", "count", r"(?:共计|共|累计|出国\(境\))?{number}{measure}", "0人"),
)  # fmt: skip
