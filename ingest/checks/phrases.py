"""What findings say, in both languages: one phrase a line, with slots for items, figures and quoted words.

Slots that hold words (`item`, `whole`, `baseline`, …) are bilingual themselves; formulas and figures are
written alike.
"""

from __future__ import annotations

from ingest.bilingual import Bilingual, Phrase

# Marks between parts.
COMMA = Bilingual("，", ", ")
ENUMERATION = Bilingual("、", ", ")
# Amounts, labels and directions.
AMOUNT = Phrase("{value}{unit}", "{value} {unit}")
CODE_WITHOUT_ENGLISH = Phrase("{name}", "class {code} “{name}”")
QUOTED_ROW = Phrase("{row}", "row “{row}”")
WITH_FLOW = Phrase("{flow}{item}", "{item} of {flow}")
NATURE = {"basic": Bilingual("基本支出", "basic"), "project": Bilingual("项目支出", "project")}
DIRECTION = {
    "increase": Bilingual("增加", "a rise"),
    "decrease": Bilingual("减少", "a fall"),
    "unchanged": Bilingual("持平", "no change"),
}
LISTED_THINGS = {
    "internal-offices": Bilingual("内设机构", "internal offices"),
    "subordinate-units": Bilingual("下属单位", "subordinate units"),
}
DIRECTION_LABEL = {
    "increase": Bilingual("增加额", "increase"),
    "decrease": Bilingual("减少额", "decrease"),
    "unchanged": Bilingual("增减额", "change"),
}

# What figures of a calculation are.
CHANGE = Bilingual("增减额", "change")
GROWTH_LABEL = Bilingual("增减幅度", "growth")
SHARE_LABEL = Bilingual("占比", "share")
COMPLETION_RATE = Bilingual("完成率", "completion rate")
EXECUTION_RATE = Bilingual("预算执行率", "execution rate")
EXECUTED = Bilingual("全年执行数", "executed")
DEVIATION_LABEL = Bilingual("偏离度", "deviation")
ACTUAL, TARGET = Bilingual("实际值", "actual"), Bilingual("目标值", "target")
TOTAL_SCORE = Bilingual("总分", "total score")
BEFORE, IN_TABLE = Bilingual("前文", "before"), Bilingual("表中", "in the table")
AMONG_INCOME = Bilingual("收入总体情况", "among all income")
TABLES_GIVEN = Bilingual("自评表", "self-evaluation tables")
NAMED = Bilingual("列名", "named")
LAST_GRAND_TOTAL = Bilingual("上年总计", "last year's grand total")
LAST_EXPENDITURE = Bilingual("上年支出", "last year's expenditure")

# Percentages.
GROWTH = Phrase(
    "{item}：{delta}/({value}{sign}{delta})={delta}/{base}={right}%，文中为{stated}%",
    "{item}: {delta}/({value}{sign}{delta})={delta}/{base}={right}%, stated {stated}%",
)
DIVIDED_BY_CURRENT = Phrase(
    "；而{delta}/{value}={wrong}%：除以了本期数",
    "; {delta}/{value}={wrong}%: divided by the current value",
)
DELTA_IS_BASE = Phrase(
    "；{delta}似为基数本身：{delta}-{value}={rest}",
    "; {delta} seems to be the baseline itself: {delta}-{value}={rest}",
)
ZERO_BASE = Phrase(
    "{item}：{value}-{delta}=0，基数为零，没有增减幅度可言；文中为{stated}%",
    "{item}: {value}-{delta}=0: the baseline is zero, so no percentage is defined; stated {stated}%",
)
RATIO = Phrase(
    "{item}：{part}/{whole}={right}%，文中为{stated}%",
    "{item}: {part}/{whole}={right}%, stated {stated}%",
)
RATE_OF_ZERO = Phrase(
    "{item}：{part}/{whole}：预算数为零，没有完成率可言；文中为{stated}%",
    "{item}: {part}/{whole}: the budget is zero, so no rate is defined, stated {stated}%",
)
DEVIATION = Phrase(
    "{project}，{indicator}：|{actual}-{target}|/{target}={right}%，文中为{stated}%",
    "{project}, {indicator}: |{actual}-{target}|/{target}={right}%, stated {stated}%",
)

# Sums.
SUM = Phrase("{what}：{sum}，文中{whole}为{stated}", "{what}: {sum}, stated {whole} {stated}")
CHANGES = Phrase(
    "{what}，与{baseline}相比：{listed}，合计{together}；文中{whole}为{stated}（{unit}）",
    "{what}, against {baseline}: {listed}, together {together}; stated {whole} {stated} ({unit})",
)
CHANGE_OF = Phrase("{item}{change}", "{item} {change}")
TABLE_COLUMNS = Phrase(
    "{row}：各列相加为{right}，表中为{stated}（{parts}）",
    "{row}: its columns add up to {right}, stated {stated} ({parts})",
)
TABLE_ROWS = Phrase(
    "{row}：其下各行相加为{right}，表中为{stated}（{parts}）",
    "{row}: the rows below it add up to {right}, stated {stated} ({parts})",
)
SCORES = Phrase(
    "{project}：{sum}，文中总分为{stated}", "{project}: {sum}, stated total score {stated}"
)
BUDGETS = Phrase(
    "{item}：{sum}，文中财政拨款为{stated}",
    "{item}: {sum}, stated {stated} of all fiscal appropriation",
)
OF_BUDGET = Phrase("{amount}（{budget}）", "{amount} ({budget})")
EXCEEDS = Phrase(
    "{row}：本项预算的{part}超过全部支出的{whole}",
    "{row}: {part} of this budget exceeds {whole} of all expenditure",
)

# One figure in several places.
BEFORE_AND_HERE = Phrase(
    "{item}：前文为{before}，此处为{here}", "{item}: {before} before, {here} here"
)
TEXT_AND_TABLE = Phrase(
    "{item}：正文为{text}，表中为{table}{page}",
    "{item}: {text} in the text, {table} in the table{page}",
)
ON_PAGE = Phrase("（第{page}页）", " on page {page}")
SAME_MONEY = Phrase(
    "{item}：收入总体情况中为{among}，该项资金一节中为{section}",
    "{item}: {among} among all income, {section} in the section of the fund",
)
TOLD_TWICE = Phrase(
    "{item}：一处为{first}，另一处为{later}", "{item}: stated as {first} and as {later}"
)
EQUAL_CHANGES = Phrase(
    "{item}：数值{value}，变动为{wrong}；相同的数字在{other}为{right}",
    "{item}: {wrong} on {value}; the same figures are {right} for {other}",
)
STATED_BASELINE = Phrase(
    "{item}：按{told}、本期{value}推算，与文中{baseline}{stated}不符",
    "{item}: {told} to {value} contradicts the stated baseline {stated} ({baseline})",
)
MISREAD = Phrase(
    "{item}：同一事实写有{values}，或是识别有误",
    "{item}: {values} are stated for one point, or the text was misread",
)
CARRIED_TOO_MUCH = Phrase(
    "由增减推算，{last}年总计减支出可结转{left}；{year}年结转{carried}",
    "the changes imply for {last} a grand total less expenditure of {left} to carry over; "
    "{year} carries in {carried}",
)

# Words against figures.
WORD_AGAINST_FIGURES = Phrase(
    "{item}：文字为比{baseline}{word}，但{value}-{stated}={change}",
    "{item}: {word} against {baseline} in words, but {value}-{stated}={change}",
)
TWO_DIRECTIONS = Phrase(
    "{item}：金额为{word}{delta}，百分比却为{other}{percent}%",
    "{item}: {word} of {delta}, but {other} of {percent}%",
)
REASON_OF_CHANGE = Phrase(
    "{item}：写为持平，原因却是{word}的原因",
    "{item}: no change is stated, but the reason is of {word}",
)
SAME_REASON_FOR = Phrase(
    "；同一原因也用于{item}{word}{delta}",
    "; the same reason is given for {item} {word} of {delta}",
)
REASON_AGAINST_CHANGE = Phrase(
    "{item}：原因说{named}比{baseline}{word}，文中为{change}",
    "{item}: the reason tells of {word} of {named} against {baseline}; the document states {change}",
)

# Numbers of things.
EVALUATIONS = Phrase(
    "写明自评项目{announced}个，自评表{given}张",
    "{announced} self-evaluated projects announced, {given} of them with a table",
)
ANNOUNCED = Phrase(
    "写明{things}{announced}个，列名{named}个", "{announced} {things} announced, {named} named"
)
VEHICLES = Phrase("{what}：{sum}，文中为{stated}", "{what}: {sum}, stated {stated}")
AVERAGE = Phrase(
    "{item}：{amount}/{number}={right}，文中为{stated}",
    "{item}: {amount}/{number}={right}, stated {stated}",
)
NO_UNIT = Phrase(
    "{item}：{value}未写计量单位，按{unit}读", "{item}: {value} has no unit; read as {unit}"
)

# Tables, lists, purposes and names.
EMPTY_TABLE = Phrase(
    "表中没有数字，也没有说明无此项收支",
    "the table holds no figure and no note says that there was none",
)
LISTED_BUT_ZERO = Phrase(
    "{item}列在{use}之内，表中却没有金额{instead}",
    "{item} is listed among {use}, but the table has nothing for it{instead}",
)
PAID_INSTEAD = Phrase(
    "；表中有金额而未列的：{items}", "; paid by the table and not listed: {items}"
)
FOREIGN_PURPOSE = Phrase(
    "{item}：用途为“{named}”，应由另一科目列支",
    "{item}: the purpose is “{named}”, which another item pays",
)
OTHER_NATURE = Phrase(
    "{item}：用途写为{said}，表中{total}全为{other}",
    "{item}: the purpose says {said} expenditure, the table has all {total} as {other} expenditure",
)
OTHER_YEAR = Phrase(
    "标题写的是{years}年，文件为{year}年", "the title speaks of {years}, the document is of {year}"
)
OTHER_OFFICE = Phrase(
    "这句话说的是“{named}”，文件却是“{office}”的",
    "the sentence is about “{named}”, the document of “{office}”",
)

# Wording, left-overs of the template and numbering.
MISSING_IS = Phrase("“主要原因”后缺“是”", "“是” is missing behind “主要原因”")
STRAY_MARK = Phrase("“原因是”后有多余的标点", "stray punctuation behind “原因是”")
CLOSING_OPENS = Phrase("引文以后引号开头", "a closing quotation mark opens the quotation")
OPENING_CLOSES = Phrase("引文以前引号结尾", "an opening quotation mark closes the quotation")
NUMBER_BEHIND_VERB = Phrase("动词后多一“数”字", "“数” stands behind the verb")
TWO_MARKS = Phrase("标点连用", "two punctuation marks in a row")
BLANK = Phrase("模板空白未填", "a blank of the template")
ALTERNATIVE = Phrase("模板备选词未取舍", "an alternative of the template")
INSTRUCTION = Phrase("模板填写说明未删除", "an instruction of the template")
EMPTY_REASON = Phrase("原因未填写", "a reason that was not filled in")
EDITORS_NOTE = Phrase("编辑批注未删除", "a note of the editor")
NUMBERING = Phrase(
    "标题接着第{level}级第{number}号往下编，编号样式却不同",
    "the title counts on behind level {level} number {number} in another style",
)
