"""Amounts: an item, a class, all money of a fund, what is carried over the edge of the year."""

from __future__ import annotations

from ingest.narrative.templates.template import Template

AMOUNTS = (
    # A functional class told down to 款 or 项; its amount follows behind a colon or at once.
    Template("class-path-amount", "amount", r"{plain_lead}{class_path}{state}{amount}{unit}?", "教育支出（类）普通教育（款）小学教育（项）支出90.00万元"),
    Template("class-path", "subject", r"{plain_lead}{class_path}(?:支出)?(?:决算)?(?:数|情况)?", "1.教育支出（类）教育管理事务（款）行政运行（项）"),
    Template("class-plain-amount", "amount", r"{plain_lead}{class_plain}{state}{amount}{unit}?", "教育支出类普通教育款小学教育项90.00万元"),
    Template("class-code-first-amount", "amount", r"{lead}{code_first}{state}{amount}{unit}?", "2050202小学教育90.00万元"),
    Template("class-code-first", "subject", r"{lead}{code_first}", "2050202小学教育"),
    Template("class-dashes-amount", "amount", r"{plain_lead}{class_dashes}{state}{amount}{unit}?", "教育支出-普通教育-小学教育90.00万元"),
    Template("class-code-amount", "amount", r"{plain_lead}{class_code}{state}{amount}{unit}?", "行政运行（2010301）90.00万元"),
    Template("class-code", "subject", r"{plain_lead}{class_code}(?:支出)?(?:决算)?(?:数|情况)?", "行政运行（2010301）"),
    Template("carried", "carried", r"{lead}(?:使用|动用|其他)?{edge}{fund}?{rests}{state}{amount}{unit}?", "使用年初财政拨款结转结余资金17万元"),
    Template("carried-of-fund", "carried", r"{lead}{fund}(?:收入|支出)?{edge}{rests}{state}{amount}{unit}?", "政府性基金预算财政拨款收入年初结转和结余5.00万元"),
    Template("shares-of-small", "ignored", r"{lead}(?:货物|工程|服务)采购授予[中小微型]{2,4}企业(?:的)?合同金额占(?:货物|工程|服务)(?:采购)?(?:支出)?(?:总|合同)?(?:金额|额)?的?(?:比重|比例)?(?:为)?{quiet_amount}%", "货物采购授予中小企业合同金额占货物支出金额的90.00%"),
    Template("reserved-for-small", "ignored", r"{lead}(?:面向|预留给?|专门)(?:[一-龥]{0,12}?)(?:中小|小微|小型)[一-龥]{0,8}?(?:预留)?(?:的)?(?:政府)?采购(?:项目)?(?:份额|预算)*(?:预算)?(?:金额|总额|额)?(?:共|为|:)*{quiet_amount}{money}", "面向中小企业预留政府采购项目预算金额12.00万元"),
    Template("contracts-of-reserved", "ignored", r"(?:政府)?采购(?:合同)?金额(?:为|:)?{quiet_amount}{money}", "采购金额12.00万元"),
    Template("fund-flow", "amount", r"{lead}{fund}(?:当年|本年)?{flow}{state}{amount}{unit}?", "2022年度一般公共预算财政拨款支出120.50万元"),
    Template("item", "amount", r"{lead}{item}{state}(?:(?<=费[预决]算)总计)?{amount}{unit}?", "2022年度收入总计120.50万元"),
    Template("fund-item", "amount", r"{lead}{fund}(?:安排|开支|列支)?(?:支出(?!总|合))?的?{item}{state}{amount}{unit}?", "2022年度财政拨款收、支总计120.50万元"),
    Template("item-fund", "amount", r"{lead}{item}(?:中)?(?:的)?(?:当年|本年)?{fund}{state}{amount}{unit}?", "“三公”经费财政拨款支出年初预算为9.50万元"),
    Template("phase-item", "amount", r"{lead}{phase}(?:安排|批复|下达|为|中)?(?:的)?{item}{filler}{amount}{unit}?", "年初预算安排公务接待费1.20万元"),
    Template("class", "amount", r"{lead}{class}{state}{amount}{unit}?", "（1）一般公共服务支出80.00万元"),
    Template("class-within-amount", "class-within", r"{plain_lead}{within}{state}{amount}{unit}?", "“普通教育”（款）60.00万元"),
    Template("class-within", "class-within", r"{plain_lead}{within}(?:支出)?(?:决算)?(?:数|情况)?", "小学教育（项）"),
    Template("class-of-level", "subject", r"{plain_lead}(?=[^()]*\(类\)){class}(?:支出)?(?:决算)?(?:数|情况)?", "3.教育支出（类）"),
    Template("fund-class", "amount", r"{lead}{fund}(?:安排)?的?{class}{state}{amount}{unit}?", "一般公共预算财政拨款教育支出80.00万元"),
    Template("named-in-bracket", "amount", r".{0,80}?\((?:以下)?(?:统称|简称|即)?:?{item}\){state}{amount}{unit}?", "因公出国（境）费、公务接待费（简称“三公”经费）支出合计24.75万元"),
    Template("item-described", "amount", r"{lead}[一-龥、()]{2,60}等{item}(?:(?<=人员经费)|(?<=公用经费)|(?<=经费支出)){state}{amount}{unit}?", "基本工资、津贴补贴等人员经费支出60.00万元"),
    Template("operation-described", "amount", r"{lead}(?:[^\d，；:]|\d{1,3}(?=[家个所户])){4,90}的{item}(?:(?<=机关运行经费)|(?<=机关运行经费财政拨款))(?:财政拨款)?{state}{amount}{unit}?", "维持机关日常运行的机关运行经费合计46.20万元"),
    Template("listed-alike", "listed-alike", r"{lead}(?P<listed>[一-龥、\"()]{4,60}?)(?:均|各|都)(?:为|是|:)?{amount}{unit}?", "收入总计、支出总计均为100.00万元"),
    Template("respective", "respective", r"{lead}(?P<listed>[一-龥、\"()]{4,60}?)分别{quiet_state}{amounts}", "收入总计和支出总计分别为100.00万元和90.00万元"),
    Template("economic-class", "economic-amount", r"{lead}{economic}{state}{amount}{unit}?", "本年度差旅费支出5.15万元"),
    Template("fund-amount", "amount", r"{lead}{fund}{state}{amount}{unit}?", "一般公共预算当年拨款300.00万元"),
    Template("subject-amount", "subject-amount", r"{lead}(?:本年|当年|实际)?(?:支出)?(?:(?P<phase>决算数?|执行数?)|完成|实际支出)(?:数|支出)?{filler}{amount}{unit}?", "支出决算为50.00万元"),
    Template("average-of-operation", "average", r"{lead}(?P<average>(?:平均)?每[辆台](?:车|公务用车)?(?:平均)?|[车辆]均|单车平均)(?:支出|费用)?(?:为|约)?{amount}{unit}", "平均每辆2.90万元"),
    Template("average-of-guests", "average", r"{lead}(?P<average>人均|每人次?)(?:支出|费用|消费)?(?:为|约)?{amount}{unit}", "人均90.00元"),
    Template("flow", "flow", r"{lead}{flow}{state}{amount}{unit}?", "使用非财政拨款结余和专用结余0.00万元"),
    Template("baseline-value", "baseline-value", r"{lead}{baseline}{state}{amount}{unit}?", "年初预算数0.00万元"),
)  # fmt: skip
