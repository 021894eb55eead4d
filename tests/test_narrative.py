"""The fold and the profile: what sentences of the form say, wording by wording."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.extract import extract
from ingest.facts import DocumentFacts, ObservationKey
from ingest.narrative.regions import read_region
from ingest.reading.text import text_document

FRONT = "示例市甲区某局\n2022年度部门决算公开说明\n"
OVERALL = "二、部门决算情况说明\n（一）收入支出决算总体情况说明\n"
GENERAL = "二、部门决算情况说明\n（三）一般公共预算财政拨款支出决算情况说明\n"
THREE_PUBLIC = "三、“三公”经费情况说明\n"
OTHER = "四、其他需要说明的事项\n（一）机关运行经费情况说明\n"

Row = tuple[str, str, str, str]  # fund, flow, item, value


def read(text: str) -> DocumentFacts:
    return extract(text_document("a.txt", FRONT + text))


def amounts(facts: DocumentFacts) -> set[Row]:
    return {(a.key.fund, a.key.flow, a.key.item, str(a.value)) for a in facts.amounts}


AMOUNTS: dict[str, tuple[str, set[Row]]] = {
    "both totals in one word": (
        OVERALL + "2022年度收、支总计均为120.57万元。",
        {("all", "income", "grand-total", "120.57"), ("all", "expenditure", "grand-total", "120.57")},
    ),
    "appropriation is a source in the overall section": (
        OVERALL + "其中：一般公共预算财政拨款收入90.00万元；事业收入10.00万元。",
        {("all", "income", "general-appropriation", "90.00"), ("all", "income", "business", "10.00")},
    ),
    "appropriation is all income in its own section": (
        GENERAL + "2022年度一般公共预算财政拨款收入90.00万元。",
        {("general", "income", "total", "90.00")},
    ),
    "expenditure of a fund": (
        OVERALL + "2022年度财政拨款支出90.00万元。",
        {("fiscal", "expenditure", "total", "90.00")},
    ),
    "carry-over with and without 度": (
        OVERALL + "2022年末结转结余15.00万元。此外，使用年初财政拨款结转结余资金17万元。",
        {("all", "carry-out", "total", "15.00"), ("fiscal", "carry-in", "total", "17")},
    ),
    "use of balances under its names": (
        OVERALL + "此外，使用非财政拨款结余和专用结余1.00万元，结余分配2.00万元。",
        {("all", "non-fiscal-balance-use", "total", "1.00"), ("all", "surplus-distribution", "total", "2.00")},
    ),
    "thousands separators, full-width digits and inner spaces": (
        OVERALL + "2022 年度支出合计1,234.50 万元。其中：基本支出１０００．００万元。",
        {("all", "expenditure", "total", "1234.50"), ("all", "expenditure", "basic", "1000.00")},
    ),
    "a class by a former name": (
        GENERAL + "（1）医疗卫生与计划生育支出12.00万元；",
        {("general", "expenditure", "func:210", "12.00")},
    ),
    "a class told down to its item": (
        GENERAL + "1.教育支出（类）普通教育（款）小学教育（项）：支出决算为5.00万元。",
        {("general", "expenditure", "func:2050202", "5.00")},
    ),
    "an office by its short name": (
        OTHER + "2022年度县妇联机关运行经费支出14.25万元。",
        {("all", "expenditure", "agency-operation", "14.25")},
    ),
    "values of the baselines": (
        THREE_PUBLIC + "公务接待费1.00万元，年初预算数2.00万元，上年支出数3.00万元。",
        {("general", "expenditure", "reception", value) for value in ("1.00", "2.00", "3.00")},
    ),
    "the money of evaluated projects is no amount of the accounts": (
        "五、预算绩效管理情况说明\n本单位对3个项目开展了绩效自评，共涉及资金164.85万元。\n"
        + THREE_PUBLIC + "公务接待费1.00万元。",
        {("general", "expenditure", "reception", "1.00")},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), AMOUNTS.values(), ids=AMOUNTS)
def test_amount_stands_at_its_point_of_the_cube(text: str, wanted: set[Row]) -> None:
    assert amounts(read(text)) == wanted


Change = tuple[
    str, str, str, str | None, str | None
]  # flow.item, baseline, direction, delta, percent
CHANGES: dict[str, tuple[str, set[Change]]] = {
    "of income and expenditure together": (
        OVERALL
        + "2022年度收入总计9.00万元，支出总计9.00万元，收支较上年决算数增加1.00万元，增长12.50%。",
        {
            ("income.grand-total", "previous-final", "increase", "1.00", "12.50"),
            ("expenditure.grand-total", "previous-final", "increase", "1.00", "12.50"),
        },
    ),
    "of income and expenditure of one fund": (
        "二、部门决算情况说明\n（五）政府性基金预算收支决算情况说明\n"
        "本年收入8.00万元，本年支出8.00万元，收支均较上年决算数减少2.00万元，下降20.00%。",
        {
            ("income.total", "previous-final", "decrease", "2.00", "20.00"),
            ("expenditure.total", "previous-final", "decrease", "2.00", "20.00"),
        },
    ),
    "of a whole behind the bracket with its parts": (
        GENERAL + "2022年度一般公共预算财政拨款支出9.00万元（其中：基本支出4.00万元，占44.44%；"
        "项目支出5.00万元，占55.56%），比上年决算数增加1.00万元，增长12.50%。",
        {("expenditure.total", "previous-final", "increase", "1.00", "12.50")},
    ),
    "of a whole in the sentence behind its parts": (
        THREE_PUBLIC
        + "公务用车购置及运行维护费5.00万元，其中：公务用车购置费0万元，公务用车运行维护费5.00万元。"
        "费用支出较年初预算数减少1.00万元，下降16.67%。",
        {("expenditure.vehicle", "initial-budget", "decrease", "1.00", "16.67")},
    ),
    "against two baselines in one word": (
        THREE_PUBLIC + "公务接待费1.00万元，费用支出与年初预算数、上年支出数均持平。",
        {
            ("expenditure.reception", "initial-budget", "unchanged", None, None),
            ("expenditure.reception", "previous-final", "unchanged", None, None),
        },
    ),
    "against a year": (
        OVERALL + "2022年度支出合计9.00万元。与2021年相比，支出增加1.00万元，增长12.50%。",
        {("expenditure.total", "previous-final", "increase", "1.00", "12.50")},
    ),
    "without an amount": (
        OVERALL + "2022年度支出合计9.00万元，较上年决算数下降5.20%。",
        {("expenditure.total", "previous-final", "decrease", None, "5.20")},
    ),
    "not of the amount before one that nobody could read": (
        OVERALL + "2022年度支出合计9.00万元。神秘款项5.00万元，较上年决算数增加1.00万元。",
        set(),
    ),
}


@pytest.mark.parametrize(("text", "wanted"), CHANGES.values(), ids=CHANGES)
def test_change_belongs_to_its_amount(text: str, wanted: set[Change]) -> None:
    found = {
        (
            f"{o.key.flow}.{o.key.item}",
            c.baseline,
            c.direction,
            text_of(c.delta),
            text_of(c.percent),
        )
        for o, c in read(text).comparisons()
    }
    assert found == wanted


def text_of(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


REASONS = {
    "up to the full stop": (
        "较上年增加1万元，主要原因是人员增加；工资上调。此外，无。",
        ["人员增加", "工资上调"],
    ),
    "without 是": ("较上年增加1万元，主要原因人员增加。", ["人员增加"]),
    "behind a colon": ("较上年增加1万元，主要原因：人员增加。", ["人员增加"]),
    "in the next sentence": ("较上年增加1万元。主要原因是人员增加。", ["人员增加"]),
    "that names itself": ("与上年持平，无因公出国（境）计划。", ["无因公出国（境）计划"]),
    "up to the parts": ("较上年增加1万元，主要原因是人员增加，其中：基本支出3万元。", ["人员增加"]),
    "up to the next change": (
        "较年初预算增加1万元，主要是人员增加；较上年增加1万元。",
        ["人员增加"],
    ),
    "over two sentences of an enumeration": (
        "较上年增加1万元，主要原因：一是人员增加。二是工资上调。",
        ["人员增加", "工资上调"],
    ),
    "that keeps 因": ("较上年增加1万元，主要是因人员增加，保险上升。", ["因人员增加，保险上升"]),
}


@pytest.mark.parametrize(("text", "wanted"), REASONS.values(), ids=REASONS)
def test_reason_reaches_as_far_as_its_author_says(text: str, wanted: list[str]) -> None:
    facts = read(OVERALL + f"2022年度支出合计9万元，{text}")
    observation = facts.observation(ObservationKey("all", "expenditure", "total", "2022", "final"))
    assert observation is not None
    assert [reason.text for reason in observation.comparisons[0].reasons] == wanted


def test_reason_belongs_to_every_change_without_one_of_its_own() -> None:
    facts = read(
        THREE_PUBLIC
        + "公务车购置费0.00万元，费用支出与年初预算数持平；与上年支出数持平，无购置计划。"
    )
    (observation,) = facts.amounts
    assert [c.reason.quote if c.reason else None for c in observation.comparisons] == [
        "无购置计划"
    ] * 2


OFFICES = {
    "number before the list": "我局设3个内设机构：综合科、政策科、效能科。",
    "number behind the list": "我局设置综合科、政策科、效能科等3个内设机构。",
    "number behind the word": "街道内设机构3个，分别为：综合科、政策科、效能科。",
    "in Chinese digits": "学校设有综合科、政策科、效能科三个处室。",
    "departments": "内设3个部室，即综合科、政策科、效能科。",
    "without a number behind a colon": "内设机构：综合科、政策科、效能科等3个科室。",
}


@pytest.mark.parametrize("text", OFFICES.values(), ids=OFFICES)
def test_internal_offices_are_read(text: str) -> None:
    facts = read(
        f"一、单位基本情况\n（二）机构设置\n{text}\n" + OVERALL + "2022年度支出合计9万元。"
    )
    assert [name.text for name in facts.organization.internal_offices] == [
        "综合科",
        "政策科",
        "效能科",
    ]
    assert facts.organization.internal_office_count == 3


def test_a_name_with_和_inside_stays_whole() -> None:
    text = "内设办公室、自然保护地和野生动植物保护科、林业改革和产业发展科等3个科室。"
    facts = read(
        f"一、单位基本情况\n（二）机构设置\n{text}\n" + OVERALL + "2022年度支出合计9万元。"
    )
    assert [name.text for name in facts.organization.internal_offices] == [
        "办公室",
        "自然保护地和野生动植物保护科",
        "林业改革和产业发展科",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "下属事业单位2个：某区服务中心、某区林场。",
        "纳入本部门2022年度决算编制的二级预算单位共2个，具体是：\n1.某区服务中心\n2.某区林场",
        "下属事业单位2个：\n1．某区服务中心；\n2．某区林场。",
        "下辖2个事业单位，即某区服务中心和某区林场。",
    ],
)
def test_subordinate_units_are_read(text: str) -> None:
    facts = read(
        f"一、单位基本情况\n（三）单位构成\n{text}\n" + OVERALL + "2022年度支出合计9万元。"
    )
    assert [name.text for name in facts.organization.subordinate_units] == [
        "某区服务中心",
        "某区林场",
    ]


REGIONS = {
    "重庆市开州区某局": "重庆市开州区",
    "开州区某局": "重庆市开州区",
    "巫溪县妇女联合会": "重庆市巫溪县",
    "示例市甲区教育局": "示例市甲区",
    "示例省甲市乙县教育局": "示例省甲市乙县",
    "重庆市城市管理局": "重庆市",
    "示例市甲区城市管理局": "示例市甲区",
    "重庆市市场监督管理局": "重庆市",
    "重庆长寿经济技术开发区管理委员会": "重庆市长寿区",
}


@pytest.mark.parametrize(("name", "region"), REGIONS.items(), ids=REGIONS)
def test_region_is_the_place_that_the_name_begins_with(name: str, region: str) -> None:
    assert read_region(name) == region


def test_section_under_an_unknown_title_is_still_read() -> None:
    facts = read(
        "一、单位基本情况\n（一）职能职责\n1．管理某事。\n2．管理某物。\n"
        "二、收支的总体说明\n2022年度支出合计9.00万元。"
    )
    assert [function.text for function in facts.functions] == ["管理某事。", "管理某物。"]
    assert amounts(facts) == {("all", "expenditure", "total", "9.00")}


@pytest.mark.parametrize(
    "text",
    [
        "示例市甲区图书馆系区文化委员会所属公益一类事业单位，内设办公室、采编部、特藏部3个部室。",
        "示例市甲区医院为区卫生健康委员会所属公益二类事业单位，增挂示例市甲区研究所牌子。",
    ],
)
def test_a_parent_is_no_subordinate_unit(text: str) -> None:
    facts = read(
        f"一、单位基本情况\n（二）机构设置\n{text}\n" + OVERALL + "2022年度支出合计9万元。"
    )
    assert facts.organization.subordinate_units == ()


def test_numbers_of_units_announced_and_named_are_kept_for_the_checks() -> None:
    text = "纳入决算编制的二级预算单位共4个，包括：某区服务中心、某区林场、某区监测站。"
    facts = read(
        f"一、单位基本情况\n（三）单位构成\n{text}\n" + OVERALL + "2022年度支出合计9万元。"
    )
    (announcement,) = facts.organization.announcements
    assert (announcement.of, announcement.announced, announcement.named) == (
        "subordinate-units",
        4,
        3,
    )


def test_a_heading_that_speaks_of_the_unit_makes_it_one() -> None:
    text = "示例市甲区医院\n二、单位决算情况说明\n（一）收支总体情况\n2022年度支出合计9万元。"
    facts = extract(text_document("a.txt", text))
    assert facts.organization.level == "unit"


def test_a_reason_keeps_its_first_word() -> None:
    facts = read(OVERALL + "2022年度支出合计9万元，较上年增加1万元，主要原因是在职人员增加。")
    assert facts.amounts[0].comparisons[0].reasons[0].text == "在职人员增加"


def test_an_economic_class_is_read_by_its_name() -> None:
    facts = read(OTHER + "本年度差旅费支出5.15万元，较上年决算数增加1.25万元，增长32.05%。")
    assert amounts(facts) == {("all", "expenditure", "econ:30211", "5.15")}


def test_fund_of_a_section_is_within_that_of_the_title_above() -> None:
    facts = read(
        "五、一般公共预算财政拨款支出决算情况说明\n（一）财政拨款支出决算总体情况\n"
        "2022年度财政拨款支出567.93万元。"
    )
    assert amounts(facts) == {("general", "expenditure", "total", "567.93")}


def test_what_money_is_divided_into_is_read_and_what_it_is_for_is_listed() -> None:
    facts = read(
        GENERAL
        + "2022年度一般公共预算财政拨款支出10.00万元，主要用于以下方面：教育支出（类）9.00万元。"
        "公用经费1.00万元，主要用于购买3万元的设备。"
    )
    assert ("general", "expenditure", "func:205", "9.00") in amounts(facts)
    assert [unread.span.quote for unread in facts.unread] == ["主要用于购买3万元的设备"]


def test_amount_of_another_year_stands_at_that_year() -> None:
    facts = read(OVERALL + "2022年度支出合计120.00万元，2021年度支出合计100.00万元。")
    assert {(a.key.year, str(a.value)) for a in facts.amounts} == {
        ("2022", "120.00"),
        ("2021", "100.00"),
    }


def test_a_second_change_against_one_baseline_is_not_guessed_at() -> None:
    facts = read(
        OVERALL
        + "2022年度支出合计120.00万元，较上年决算数增加20.00万元，较上年决算数减少3.00万元。"
    )
    assert [str(c.delta) for _, c in facts.comparisons()] == ["20.00"]
    assert [unread.span.quote for unread in facts.unread] == ["较上年决算数减少3.00万元"]


@pytest.mark.parametrize(
    "text",
    [
        "内设4个科室：办公室、未成年人保护科、无线电管理科、机构编制科。",
        "内设4个科室：1.办公室。2.未成年人保护科。3.无线电管理科。4.机构编制科。",
    ],
)
def test_names_that_begin_like_a_denial_are_names(text: str) -> None:
    facts = read(
        f"一、单位基本情况\n（二）机构设置\n{text}\n" + OVERALL + "2022年度支出合计9万元。"
    )
    assert len(facts.organization.internal_offices) == 4


@pytest.mark.parametrize(
    "strange",
    [
        "十十、收入情况",
        "（十十）收入情况",
        "内设两十个科室。",
        "\t项目名称",
        "二一十、",
        "\t项目名称\n\n\t\n",
    ],
)
def test_strange_lines_do_no_harm(strange: str) -> None:
    facts = read(
        f"一、单位基本情况\n（二）机构设置\n{strange}\n五、绩效自评情况\n{strange}\n"
        + OVERALL
        + "2022年度支出合计9万元。"
    )
    assert amounts(facts) == {("all", "expenditure", "total", "9")}


@pytest.mark.parametrize(
    ("definition", "fund"),
    [
        ("指使用一般公共预算财政拨款安排的日常公用经费。", "general"),
        ("指保障单位运行用于购买货物和服务的各项公用经费。", "all"),
    ],
)
def test_the_glossary_says_of_which_fund_an_agency_is_run(definition: str, fund: str) -> None:
    text = (
        OTHER
        + "2022年度机关运行经费支出9.00万元，比上年增加1.00万元，增长12.50%。\n"
        + f"五、名词解释\n（一）机关运行经费：{definition}\n"
    )
    keys = [item.key for item in read(text).amounts]
    assert keys == [ObservationKey(fund, "expenditure", "agency-operation", "2022", "final")]


def test_meetings_are_of_the_fund_that_the_title_above_them_names() -> None:
    facts = read(
        "示例市示例局2023年度部门决算公开说明\n"
        "七、一般公共预算财政拨款“三公”经费、会议费、培训费支出决算情况说明\n"
        "（一）会议费支出情况说明\n2023年会议费支出决算为0.80万元。\n"
    )
    assert [one.key.fund for one in facts.amounts if one.key.item == "meeting"] == ["general"]


@pytest.mark.parametrize(("year", "code"), [("2019", "2089901"), ("2022", "2089999")])
def test_a_class_is_sought_in_the_edition_of_the_year(year: str, code: str) -> None:
    path = "社会保障和就业支出（类）其他社会保障和就业支出（款）其他社会保障和就业支出（项）"
    text = f"{GENERAL}1.{path}：支出决算为9.00万元。".replace("2022", year)
    facts = extract(text_document("a.txt", FRONT.replace("2022", year) + text))
    assert [one.key.item for one in facts.amounts] == [f"func:{code}"]


def test_the_reason_of_a_change_that_was_not_read_is_that_of_no_other() -> None:
    facts = read(
        "示例市示例局2023年度部门决算公开说明\n一、收入支出决算总体情况说明\n"
        "2023年度支出合计70.00万元，较上年增加9.00万元，其中：基本支出增加6.00万元，主要是正常晋升工资；"
        "项目支出增加3.00万元，主要是补助提高。\n"
    )
    assert [one.reason for amount in facts.amounts for one in amount.comparisons] == [None]
    assert [one.span.quote for one in facts.unread] == [
        "基本支出增加6.00万元",
        "项目支出增加3.00万元",
    ]


@pytest.mark.parametrize(
    "topic, is_attached",
    [("接待支出", True), ("该项支出", True), ("", True), ("示例活动支出", False)],
)
def test_a_change_of_what_was_not_read_is_attached_to_nothing(
    topic: str, is_attached: bool
) -> None:
    facts = read(
        "示例市示例局2023年度部门决算公开说明\n一、“三公”经费支出情况说明\n"
        f"公务接待费支出3.00万元，主要用于来客。{topic}较上年减少1.00万元。\n"
    )
    assert [len(one.comparisons) for one in facts.amounts] == [int(is_attached)]
    assert bool(facts.unread) is not is_attached


def test_an_average_behind_an_amount_that_was_not_read_is_of_no_other() -> None:
    facts = read(
        "示例市示例局2023年度部门决算公开说明\n一、“三公”经费支出情况说明\n"
        "公务接待费支出3.00万元，其中：外事接待支出0.50万元，人均625.00元。\n"
    )
    assert [one.key.item for one in facts.amounts] == ["reception"]
