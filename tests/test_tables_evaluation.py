"""Tables of projects: the same fields from every layout of the same table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.checks.evaluations import check_score
from ingest.facts import Project
from ingest.reading.building import DocumentBuilder, NewCell, Run
from ingest.reading.document import Document
from ingest.reading.files import read_file
from ingest.reading.text import text_document
from ingest.tables.evaluation_words import GOAL_COLUMNS, INDICATOR_COLUMNS, MONEY_COLUMNS
from ingest.tables.self_evaluation import read_self_evaluations
from ingest.tables.targets import COMPARATORS, read_target

# A cell and how many columns and rows it covers; a place below or beside it has none.
Merged = tuple[str, int, int]


def merged(table: str) -> list[list[Merged]]:
    """The rows of a table in lines: cells parted by |, a merged one with its columns and rows: 项目名称*2*1."""
    return [[merged_cell(cell) for cell in line.split("|")] for line in table.strip().split("\n")]


def merged_cell(cell: str) -> Merged:
    words, *extents = cell.strip().split("*")
    columns, rows = [*map(int, extents), 1, 1][:2]
    return words, columns, rows


MINISTRY = merged("""
    项目支出绩效自评表*9
    （2031年度）*9
    项目名称*2|示例系统维护*7
    主管部门*2|示例市示例局*3|实施单位|示例中心*3
    项目资金 （万元）*2*4||年初预算数|全年预算数|全年执行数|分值|执行率|得分
    年度资金总额|1,100.00|100.00|95.00|10|95.00%|9.5
    其中：当年财政拨款|1,100.00|100.00|95.00|—|95.00%|—
    其他资金|0.00|0.00|0.00|—|0.00|—
    年度总体目标*1*2|预期目标*4|实际完成情况*4
    让系统在全年平稳运行。*4|系统在全年平稳运行。*4
    绩效指标*1*5|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
    产出指标（50分）*1*2|数量指标|巡检次数|≥12次|13次|25|25|无
    质量指标|故障修复率|≥95%|96.5%|25|24|无
    效益指标|社会效益指标|系统可用性|逐步提升|达成预期|30|30|无
    满意度指标|服务对象满意度指标|用户满意度|不低于90%|92%|10|10|无
    总分*6|100|98.5|
""")


def placed(rows: Sequence[Sequence[Merged]]) -> list[list[NewCell]]:
    """The cells on their grid, with their extents."""
    taken: set[tuple[int, int]] = set()
    placed_rows = []
    for number, row in enumerate(rows):
        column, cells = 0, []
        for text, columns, height in row:
            while (number, column) in taken:
                column += 1
            cells.append(NewCell.of(text, column, columns, height))
            taken |= {(number + r, column + c) for r in range(height) for c in range(columns)}
            column += columns
        placed_rows.append(cells)
    return placed_rows


def without_extents(rows: Sequence[Sequence[Merged]]) -> list[list[NewCell]]:
    """As from a reader that knows the place of a cell but not how far it goes."""
    return [[replace(cell, columns=1, rows=1) for cell in row] for row in placed(rows)]


def counted(rows: Sequence[Sequence[Merged]]) -> list[list[NewCell]]:
    """As from a flattened table: cells merged with those above are gone, the others are counted."""
    return [[NewCell.of(text, column) for column, (text, _, _) in enumerate(row)] for row in rows]


def filled(rows: Sequence[Sequence[Merged]]) -> list[list[NewCell]]:
    """As from a grid whose merged cells are blank behind their first place."""
    grid = placed(rows)
    width = max(cell.column + cell.columns for row in grid for cell in row)
    return [
        [
            next((replace(c, columns=1, rows=1) for c in row if c.column == n), NewCell.of("", n))
            for n in range(width)
        ]
        for row in grid
    ]


Layout = Callable[[Sequence[Sequence[Merged]]], list[list[NewCell]]]
LAYOUTS: tuple[Layout, ...] = (placed, without_extents, counted, filled)


def build(*tables: list[list[NewCell]]) -> Document:
    builder = DocumentBuilder()
    builder.add_paragraph([Run("示例市示例局2031年度项目支出绩效自评情况")])
    for table in tables:
        builder.add_table(table)
    return builder.finish("示例.docx", "application/x", "0" * 64)


def read(document: Document) -> list[Project]:
    return [*read_self_evaluations(document, 0, len(document.text))]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_form_of_the_ministry_is_read_from_every_layout(layout: Layout) -> None:
    [project] = read(build(layout(MINISTRY)))
    assert project.name == "示例系统维护"
    assert (project.unit, project.score) == ("万元", "98.5")
    assert (project.initial_budget, project.adjusted_budget, project.executed) == (
        "1100.00",
        "100.00",
        "95.00",
    )
    assert (project.execution_rate, project.execution_weight, project.execution_score) == (
        "95.00",
        "10",
        "9.5",
    )
    assert project.goals == "让系统在全年平稳运行。"
    assert project.achieved == "系统在全年平稳运行。"
    rows = [
        (i.level1, i.level2, i.name, i.comparator, i.target, i.unit, i.actual, i.weight, i.score)
        for i in project.indicators
    ]
    output = "产出指标（50分）"
    assert rows == [
        (output, "数量指标", "巡检次数", "≥", "12", "次", "13", "25", "25"),
        (output, "质量指标", "故障修复率", "≥", "95", "%", "96.5", "25", "24"),
        ("效益指标", "社会效益指标", "系统可用性", None, "逐步提升", None, "达成预期", "30", "30"),
        ("满意度指标", "服务对象满意度指标", "用户满意度", "≥", "90", "%", "92", "10", "10"),
    ]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(LAYOUTS[:2]), st.integers(3, len(MINISTRY) - 1))
def test_table_of_a_project_goes_on_over_a_page(layout: Layout, cut: int) -> None:
    """Wherever the page ends between two rows, all indicators are found but those under a lost header."""
    rows = layout(MINISTRY)
    whole, parted = read(build(rows)), read(build(rows[:cut], rows[cut:]))
    bare = [[replace(i, span=whole[0].span) for i in project.indicators] for project in parted]
    assert bare == [[replace(i, span=whole[0].span) for i in whole[0].indicators]]
    assert [project.executed for project in parted] == ["95.00"]


def test_several_projects_in_one_table_and_a_list_of_projects() -> None:
    second = [*MINISTRY]
    second[2] = [("项目名称", 2, 1), ("示例培训专项资金", 7, 1)]
    listed = [[("项目名称", 1, 1), ("年初预算数", 1, 1)], [("示例系统维护", 1, 1), ("3.00", 1, 1)]]
    named = [[("项目名称", 1, 1), ("示例采购", 1, 1)], [("金额", 1, 1), ("3.00", 1, 1)]]
    nameless = merged("项目名称||项目编码|12\n指标名称|年度指标值|实际完成值\n完成率|5|5")
    document = build(*map(placed, ([*MINISTRY, *second], listed, named, nameless)))
    projects = read(document)
    assert [project.name for project in projects] == ["示例系统维护", "示例培训专项资金"]
    assert [len(project.indicators) for project in projects] == [4, 4]
    for project in projects:
        assert document.text[project.span.start : project.span.end] == project.name


TARGETS_OF_A_BUDGET = merged("""
    项目支出绩效目标申报表*8
    项目名称*2|示例绿地养护*2|项目类别|其他运转类*3
    项目资金（元）*2*2|项目资金总额*2|3,000,000.00|年度资金申请总额*2|1,000,000.00
    其中：财政资金*2|3,000,000.00|其中：当年财政拨款*2|1,000,000.00
    项目绩效目标*1*2|项目总目标*3|年度总体目标*4
    三年内养护全部绿地。*3|本年养护一半绿地。*4
    绩效指标*1*3|一级指标|二级指标|三级指标*3|年度(/项目)指标值*2
    产出指标*1*2|数量指标|养护面积*3|≥1,500.50（平方米）*2
    时效指标|养护及时率*3|=100%*2
""")


@pytest.mark.parametrize("layout", [placed, without_extents])
def test_table_of_targets_of_a_budget(layout: Layout) -> None:
    [project] = read(build(layout(TARGETS_OF_A_BUDGET)))
    assert (project.unit, project.initial_budget) == ("元", "1000000.00")
    assert (project.goals, project.achieved) == ("本年养护一半绿地。", None)
    assert project.score is None
    assert [(i.level1, i.level2, i.name, i.comparator, i.target, i.unit, i.actual) for i in project.indicators] == [
        ("产出指标", "数量指标", "养护面积", "≥", "1500.50", "平方米", None),
        ("产出指标", "时效指标", "养护及时率", "=", "100", "%", None),
    ]  # fmt: skip


TARGETS_BEHIND_A_CODE = merged("""
    项目编码|＊＊＊＊|项目名称|示例健康服务*3
    预算规模及用途*1*2|预算数|1264.50|其中：财政资金|1264.50|0.00
    用于开展示例健康服务。*5
    绩效目标|提高居民健康素养。*5
    一级指标|二级指标|三级指标|绩效指标描述*2|指标值
    产出指标*1*2|数量指标|建档率|建档人数的比例*2|≥85%
    质量指标|老年人|接受管理的比*2|≥70%
""")
# On the next page nothing parts the columns of the description; its first row is the rest of the last one.
NEXT_PAGE = merged("""
    ||规范管理率|例|
    效果指标|社会效益指标|知晓率|抽样调查的结果|≥80%
    满意度指标|服务对象满意度指标|居民满意度|满意人数的比例|100%
""")


@pytest.mark.parametrize("layout", [placed, without_extents])
def test_targets_behind_the_code_of_a_project_go_on_over_a_page(layout: Layout) -> None:
    document = build(layout(TARGETS_BEHIND_A_CODE), layout(NEXT_PAGE))
    [project] = read(document)
    assert (project.name, project.initial_budget) == ("示例健康服务", "1264.50")
    assert project.goals == "提高居民健康素养。"
    assert [(i.level1, i.level2, i.name, i.comparator, i.target) for i in project.indicators] == [
        ("产出指标", "数量指标", "建档率", "≥", "85"),
        ("产出指标", "质量指标", "老年人规范管理率", "≥", "70"),
        ("效果指标", "社会效益指标", "知晓率", "≥", "80"),
        ("满意度指标", "服务对象满意度指标", "居民满意度", None, "100"),
    ]
    assert document.text[project.span.start : project.span.end] == "示例健康服务"


@pytest.mark.parametrize(
    "rows",
    [
        # A list of projects, and a code without a name.
        "项目编码|项目名称|年初预算数\n12|示例健康服务|3.00",
        "项目编码|12|项目名称||金额|3.00",
        "主管部门|示例市示例局|实施单位|示例中心",
    ],
)
def test_rows_that_name_no_project(rows: str) -> None:
    indicators = merged("指标名称|年度指标值|实际完成值\n完成率|5|5")
    assert not read(build(placed([*merged(rows), *indicators])))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_total_score_is_quoted_with_its_label(layout: Layout) -> None:
    document = build(layout(MINISTRY))
    [project] = read(document)
    assert project.score_span is not None
    quote = document.text[project.score_span.start : project.score_span.end]
    assert quote.startswith("总分") and quote.endswith("98.5")
    assert "产出" not in quote


def test_wrong_total_score_is_reported_where_it_stands() -> None:
    rows = [*MINISTRY[:-1], [("总分", 6, 1), ("100", 1, 1), ("97.5", 1, 1)]]
    [project] = read(build(placed(rows)))
    [anomaly] = check_score(project)
    assert anomaly.span.quote.startswith("总分") and anomaly.span.quote.endswith("97.5")


def lines_of(rows: Sequence[Sequence[Merged]]) -> str:
    """One cell a line, blank cells lost."""
    cells = [text for row in rows for text, _, _ in row if text.strip()]
    return "示例市示例局2031年度绩效自评情况\n" + "\n".join(cells)


def without_last(rows: Sequence[Sequence[Merged]]) -> list[list[Merged]]:
    """The rows of indicators with nothing in their last column."""
    return [[*row[:-1], ("", 1, 1)] if row[-1][0] == "无" else [*row] for row in rows]


@pytest.mark.parametrize("rows", [MINISTRY, without_last(MINISTRY)])
def test_form_of_the_ministry_is_read_from_one_cell_a_line(rows: list[list[Merged]]) -> None:
    text = lines_of(rows)
    [flat] = read(text_document("示例.txt", text + "\n八、名词解释\n得分\n5"))
    [laid_out] = read(build(placed(rows)))
    bare = replace(flat, span=laid_out.span, indicators=())
    assert bare == replace(laid_out, indicators=())
    assert [replace(i, span=laid_out.span) for i in flat.indicators] == [
        replace(i, span=laid_out.span) for i in laid_out.indicators
    ]
    for indicator in flat.indicators:
        assert text[indicator.span.start : indicator.span.end] == indicator.name


def test_rows_that_do_not_fit_their_columns_are_not_guessed() -> None:
    text = lines_of(MINISTRY).replace("96.5%\n25\n24", "96.5%\n24")
    [project] = read(text_document("示例.txt", text))
    assert project.executed == "95.00"
    assert not project.indicators


def test_goals_of_several_lines_are_parted_where_their_numbers_begin_again() -> None:
    goals, achieved = "1.系统平稳。\n2.响应及时。", "1.系统已平稳。\n2.响应已及时。"
    text = lines_of(MINISTRY).replace(
        "让系统在全年平稳运行。\n系统在全年平稳运行。", f"{goals}\n{achieved}"
    )
    [project] = read(text_document("示例.txt", text))
    assert (project.goals, project.achieved) == (goals, achieved)


def test_title_behind_a_project_ends_its_table() -> None:
    builder = DocumentBuilder()
    builder.add_table(placed(MINISTRY[:12]))
    builder.add_paragraph([Run("收入决算表")])
    builder.add_table([[NewCell.of(text, n) for n, text in enumerate(["总分", "55.00"])]])
    [project] = read(builder.finish("示例.docx", "application/x", "0" * 64))
    assert project.score is None
    assert len(project.indicators) == 1


def test_flattened_table_of_a_text_file() -> None:
    """One cell a line behind tabs, as in the pages of Chongqing; a blank line ends a row."""
    rows = [
        ["项目名称", "示例维护", "自评总分（分）", "99"],
        ["项目资金（万元）", "", "年初预算数", "全年（调整）预算数", "全年执行数", "执行率（%）"],
        ["", "年度总金额", "20.85", "20.85", "20.85", "100"],
        ["绩效指标", "指标名称", "计量单位", "指标性质", "指标值", "调整指标值", "全年完成值", "得分系数（%）"],
        ["", "完成率", "%", "≥", "50", "", "60", "100"],
        ["", "完成数", "个", "＝", "5", "6", "6", "100"],
        ["说明", "没有其他说明"],
    ]  # fmt: skip
    text = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)
    [project] = read(text_document("示例.txt", text))
    assert (project.score, project.executed, project.execution_rate) == ("99", "20.85", "100")
    assert [(i.name, i.unit, i.comparator, i.target, i.actual) for i in project.indicators] == [
        ("完成率", "%", "≥", "50", "60"),
        ("完成数", "个", "＝", "6", "6"),
    ]


TARGETS = (
    ("≥95.00（%）", ("95.00", "≥", "%")), ("=100%", ("100", "=", "%")), ("１２次", ("12", None, "次")),
    ("5", ("5", None, None)),
    ("不超过1,200元", ("1200", "≤", "元")), ("小于等于3天", ("3", "≤", "天")), ("有效提升", ("有效提升", None, None)),
    ("不少于2次且不多于5次", ("不少于2次且不多于5次", None, None)), ("2031年12月", ("2031年12月", None, None)),
)  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), TARGETS)
def test_targets(text: str, parts: tuple[str, str | None, str | None]) -> None:
    target = read_target(text)
    assert (target.value, target.comparator, target.unit) == parts


@given(
    st.sampled_from(sorted(COMPARATORS)),
    st.decimals(0, 10**6, places=2),
    st.sampled_from(["%", "次", "人", "平方米", ""]),
)
def test_targets_are_told_apart(words: str, value: object, unit: str) -> None:
    target = read_target(f"{words}{value}{unit}")
    assert (target.value, target.comparator) == (str(value), COMPARATORS[words])
    assert target.unit == (unit or None)


def test_header_words_of_one_block_are_not_those_of_another() -> None:
    """分值, 权重 and 得分 alone stand in two blocks: a block is known by other words."""
    shared = {"分值", "权重", "得分"}
    assert MONEY_COLUMNS.keys() & INDICATOR_COLUMNS.keys() == shared
    assert not GOAL_COLUMNS.keys() & (MONEY_COLUMNS.keys() | INDICATOR_COLUMNS.keys())


def test_targets_of_a_real_budget(corpus: Path) -> None:
    projects = read(read_file(corpus / "unlabelled" / "wanli-subdistrict-budget-2023.pdf"))
    assert len(projects) == 5
    assert all(p.unit == "元" and p.goals and p.initial_budget for p in projects)
    assert all(i.level1 and i.level2 and i.target for p in projects for i in p.indicators)
    assert sum(len(p.indicators) for p in projects) > 40
