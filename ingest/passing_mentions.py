"""Words of a clause that name something else than its duty: other bodies, who assigned it, fields.

会同生态环境、水利等部门 names partners, 市文化和旅游局交办的其他任务 names who assigns, and 依法提起生态环境、
食品安全等领域的公益诉讼 lists where a duty is done. Their words say nothing about what the office does.
"""

from __future__ import annotations

import re

BODY = "(?:部门|单位|机关|委员会|(?<!布)局|委(?=[,、]|$))"
PASSING = re.compile(
    # With whom: up to the first word for a body.
    f"(?:会同|配合|协助|协同)[^,;。]{{0,24}}?{BODY}"
    # Who assigned it: up to the word for what was assigned.
    "|(?:完成|承办|承接|办理|承担|做好)[^,;。]{0,40}?(?:交办(?!、)|交付|委托|安排|布置|下达|交代|交待|指派)"
    "[^,;。]{0,8}?(?:任务|事项|工作|事宜)"
    # In which fields an act is done: what is listed after the first, which has the verb before it.
    # Policies and services of the fields (住房保障、就业创业等领域的政策) are duties in each.
    "|(?:、[^,;。、]{2,12})+等(?:领域|方面)"
    "(?=的?[^,;。]{0,8}(?:处罚|强制|许可|审批|执法|诉讼|检察|监督权|交流|合作))"
    # What figures are about: 农业、工业、能源等统计调查, 对科技进步情况进行统计分析.
    "|(?:[^,;。、]{1,12}、)+[^,;。、]{1,12}(?:等|情况)[^,;。、]{0,6}(?=统计)"
    "|对[^,;。]{2,40}(?:进行|开展|实施)(?=[^,;。]{0,4}统计)"
)


def passing_mentions(folded: str) -> list[tuple[int, int]]:
    """Where the folded clause names something else than its duty."""
    return [found.span() for found in PASSING.finditer(folded)]
