"""Performance: how many projects with how much money are evaluated. 涉及资金 is no amount of the accounts."""

from __future__ import annotations

from ingest.narrative.templates.template import Template

PERFORMANCE = (
    Template("evaluated-by-form", "ignored", r"{lead}以.{2,20}(?:形式|方式)(?:组织)?(?:开展|进行|实施)(?:绩效)?(?:自评|评价){number}[项个]", "以填报自评表形式开展自评5项"),
    Template("project-count", "project-count", r"{lead}(?:组织)?对(?:\d{4}年(?:度)?)?(?:.{0,40}?(?:和|、|及|等))?{number}个(?:[一-龥]{0,8})?项目(?:支出)?(?:组织)?(?:开展|进行|实施)了?(?:[一-龥]{0,6})?(?:绩效)?自?(?:评价|评)", "本单位对3个项目开展了绩效自评"),
    Template("project-count-named", "project-count", r"(?!.*(?:评级|等级|评为|评定|得分|问题)){lead}[^\d，。；:]{0,24}?(?:编报|开展|实施|绩效|自评)[^\d，。；:]{0,14}的?(?:\d{4}年度?)?项目(?:支出)?(?:共计|共|总计|合计|为|有|:)*{number}个", "本部门编报绩效目标的项目共3个"),
    Template("project-count-before", "project-count", r"{lead}(?:共有|共|有)?{number}个(?:[一-龥]{0,8}?)?项目(?:支出)?(?:编报|编制|纳入|设置|申报|实行|实施|开展)了?(?:[一-龥]{0,6}?)绩效(?:目标)?(?:管理|自评|评价)?", "本部门共7个项目纳入绩效目标管理"),
    Template("project-count-involved", "project-count", r"{lead}(?:共|合计|总计)?涉及(?:一般公共预算)?项目(?:共)?{number}个", "共涉及项目4个"),
    Template("project-funds-bare", "project-funds", r"(?:共计|合计)?资金(?:总额|共计|合计|共|为|:)*{amount}{unit}", "资金823.23万元"),
    Template("project-funds", "project-funds", r"{lead}(?:共|合计|总)?涉及(?:[一-龥]{0,14}?)(?:资金|金额|拨款|预算)(?:总额|总量|共计|合计|总计|共|为|:)*{amount}{unit}?", "共涉及资金60.00万元"),
    Template("project-score", "ignored", r"{lead}(?:项目|绩效|评价|自评)*(?:平均|综合|总|最终)?(?:得|评|自评)?分(?:数|值)?(?:为|是|:)?[0-9.]{1,6}分", "平均得分99.40分"),
    Template("project-grades", "ignored", r"{lead}(?:绩效)?(?:自评|评价|评级|等级|结果)*(?:为)?\"?(?:优秀?|良好?|中|差|合格|不合格)\"?(?:等次)?的?(?:项目)?(?:共|有|为)?{number}[个项]", "绩效评级为“优”的项目4个"),
    Template("project-problems", "ignored", r"{lead}(?:绩效自评中|绩效评价中|自评中)?(?:共|已经?|正在)?(?:发现问题|完成整改的?|整改的?){number}[个项条]", "绩效自评中共发现问题2个"),
)  # fmt: skip
