"""Things counted: vehicles, batches, people."""

from __future__ import annotations

from ingest.narrative.templates.template import Template

COUNTS = (
    Template("count-pair", "count", r"{lead}{count}(?:共计|共|累计|为|:)*{number}{measure}[，、]?(?:共|计)*{second}{second_measure}", "国内公务接待4批次60人"),
    Template("count", "count", r"{lead}{count}(?:共计|共|累计|数|为|是|有|:)*{number}{measure}", "公务车保有量为1辆"),
    Template("abroad-count", "count", r"{lead}(?:组织|安排|参加)?(?P<topic>因公出国(?:\(境\))?)(?:团组)?(?:费用?)?(?:共计|共|累计|为|:)*{number}{measure}(?:[，、]{second}{second_measure})?", "因公出国（境）共计0个团组"),
    Template("count-continued", "count", r"(?:共计|共|累计|出国\(境\))?{number}{measure}", "0人"),
)  # fmt: skip
