"""Changes against a baseline: 较上年决算数增加7.20万元, 决算数小于预算数, 与上年持平."""

from __future__ import annotations

from ingest.narrative.templates.template import COMPARED, Template

BEHIND = r"(?:相比较?|比较|对比|数字?|总额|水平|相较|而言)?(?:的)?[，]?"
EACH = r"(?:各|均|都|共|总体|整体|净|同比|分别|(?<![入支出])合计|实际|预计|对比|则|已|将)*"
EXTENT = r"(?:了|额|数|金额|幅度|总额|的金额|为|约)*"
RATE = r"(?:了|率|幅度|比例|比率|幅|约|近|为|达)*"

CHANGES = (
    Template("change-reduced-to-nothing", "change", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}{BEHIND}{EACH}{{decrease}}(?:为|至|到)0(?:\.0+)?{{money}}", "较上年减少为0"),
    Template("change-with-percent", "change", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}{BEHIND}{EACH}{{direction}}{EXTENT}{{amount}}{{unit}}?(?:\(|或|、|和|,)?(?:{{quiet_direction}}){RATE}{{percent}}(?:%\)?)", "较上年增加7.20万元或增长5.10%"),
    Template("change", "change", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}{BEHIND}{EACH}{{direction}}{EXTENT}{{amount}}{{unit}}?", "收支较上年决算数增加7.20万元"),
    Template("change-from-value", "change-from-value", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}(?:累计)?(?:支出|的|为|\()?{{base}}{{base_unit}}?\)?(?:相比)?{EACH}{{direction}}{EXTENT}{{amount}}{{unit}}?", "比上年1.70万元减少0.20万元"),
    Template("change-from-value-percent", "change-from-value", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}(?:累计)?(?:支出|的|为|\()?{{base}}{{base_unit}}\)?(?:相比)?{EACH}{{direction}}{RATE}{{percent}}%", "较年初预算数2.00万元下降50.00%"),
    Template("change-from-value-direction", "change-from-value", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}(?:累计)?(?:支出|的|为|\()?{{base}}{{base_unit}}\)?(?:相比)?{EACH}(?:有所|略有|小幅|大幅|明显)?{{direction}}", "比上年预算2.00万元增加"),
    Template("change-from-value-unchanged", "change-from-value", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}(?:的|为|\()?{{base}}{{base_unit}}\)?(?:相比)?(?:均|都)?(?:基本|总体)?{{unchanged}}", "与上年决算数1.42万元持平"),
    Template("basis-value", "basis-value", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}(?:累计)?(?:支出|的|为|\()?{{base}}{{base_unit}}\)?(?:相比)?", "较年初预算8.00万元"),
    Template("change-respective", "change-respective", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}{BEHIND}{EACH}{{direction}}{EXTENT}{{amounts}}", "较上年分别增加1.20万元和3.40万元"),
    Template("change-percent", "change", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}{BEHIND}{EACH}{{direction}}{RATE}{{percent}}%", "较上年决算数下降5.2%"),
    Template("unchanged-twice", "change-twice", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}(?:、|和|及|与|以及){{second_baseline}}(?:相比|比较)?(?:均|都)?(?:基本|总体)?{{unchanged}}", "费用支出与年初预算数、上年支出数均持平"),
    Template("unchanged", "change", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}{BEHIND}{EACH}(?:基本|总体|大致)?{{unchanged}}(?:0(?:\.0+)?{{money}})?", "费用支出与年初预算数持平"),
    Template("unchanged-between", "change", r"{lead}(?P<topic>[一-龥\"()]{0,12}?)(?:支出|收入)?{baseline}(?:与|和|同|及|、)(?:支出|收入)?(?:决算|执行)数?(?:相比)?(?:均|都)?(?:基本|总体)?{unchanged}", "年初预算数与决算数一致"),
    Template("difference-unsaid", "change-unsaid", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}{BEHIND}(?:存在|有|产生)(?:一定的?|较大)?(?:差异|差距|差额|出入)", "决算数与年初预算数存在差异"),
    Template("not-exceeding", "ignored", r"{lead}{topic}(?:未|没有|不)(?:大于|高于|超过|超出|超)(?:了)?{quiet_baseline}(?:数|的)?", "决算数未超过预算数"),
    Template("change-undetermined", "basis", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}(?:相比较?|比较|比|相较)", "与2021年相比"),
    Template("change-basis-only", "basis", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}", "较上年"),
    Template("change-direction", "change", rf"{{lead}}{{topic}}{COMPARED}{{baseline}}{BEHIND}{EACH}(?:有所|略有|小幅|大幅|明显)?{{direction}}", "较上年有所增加"),
    Template("change-of-topic-behind", "change", rf"{{lead}}{COMPARED}{{baseline}}(?:相比)?(?:的)?(?P<topic>[一-龥\"()]{{2,24}}?){EACH}(?:有所|略有|小幅|大幅|明显)?{{direction}}", "相比上年公务接待费有所减少"),
    Template("change-amount-of-topic-behind", "change", rf"{{lead}}{COMPARED}{{baseline}}(?:相比较?|比较|比|相较)(?P<topic>[一-龥、\"()]{{1,24}}?){EACH}{{direction}}{EXTENT}{{amount}}{{unit}}?", "与上年相比收、支预算总计各增加22.40万元"),
    Template("change-of-named", "change-of-named", rf"{{lead}}{COMPARED}(?P<year>\d{{4}}年)度?(?P<topic>[一-龥、\"()]{{2,24}}?)(?P<plan>预算|决算)数?{BEHIND}{EACH}{{direction}}{EXTENT}{{amount}}{{unit}}?", "比2022年“三公”经费财政拨款预算减少2.70万元"),
    Template("exceeding", "change", r"{lead}{topic}{comparing}{baseline}(?:数|的)?{amount}{unit}?", "决算数大于年初预算数3.50万元"),
    Template("exceeding-percent", "change", r"{lead}{topic}{comparing}{baseline}(?:数|的)?{percent}%", "决算数低于年初预算数3.5%"),
    Template("exceeding-direction", "change", r"{lead}{topic}{comparing}{baseline}", "决算数小于预算数"),
    Template("change-year-on-year", "change", rf"{{lead}}{{topic}}(?P<baseline>同比){EACH}{{direction}}{EXTENT}{{amount}}{{unit}}?", "同比减少6.50万元"),
    Template("unchanged-year-on-year", "change", r"{lead}{topic}(?P<baseline>同比)(?:基本|总体)?{unchanged}", "支出同比持平"),
)  # fmt: skip
