"""The outline: every form of title becomes a section with its role and default fund."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.narrative.contents import find_contents
from ingest.narrative.headings import find_headings
from ingest.narrative.numbering import find_mark
from ingest.narrative.outline import Section, find_sections
from ingest.narrative.roles import ROLES, Role, find_role
from ingest.reading.building import DocumentBuilder, NewCell, Run
from ingest.reading.document import Document
from ingest.reading.text import text_document
from tests.fronts import FRONTS, OFFICE_ON_A_LABEL, PARTS_WITH_CONTENTS, Front

DIGITS = "零一二三四五六七八九"


def outline(text: str) -> tuple[Section, ...]:
    return find_sections(text_document("a.txt", text))


@pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS)
def test_front_has_its_sections(front: Front) -> None:
    found = outline(front.text)
    assert found[0].role == "front"
    assert tuple((section.role, section.fund) for section in found[1:]) == front.sections


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.example)
def test_role_is_found_by_its_example(role: Role) -> None:
    folded = "".join(role.example.split()).replace("“", '"').replace("”", '"')
    folded = folded.replace("（", "(").replace("）", ")")
    mark = find_mark(folded)
    assert find_role(folded[mark.length if mark else 0 :]) is role


def test_contents_end_where_the_first_entry_comes_again() -> None:
    for front in (PARTS_WITH_CONTENTS, OFFICE_ON_A_LABEL):
        document = text_document("a.txt", front.text)
        start, end = find_contents(document)
        assert document.text[start:end].split("\n")[0].replace(" ", "") == "目录"
        assert "主要职能\n" not in document.text[end:][:4]
        assert document.text[end:].lstrip().startswith(("第一部分", front.name))


def test_text_without_contents_has_none() -> None:
    assert find_contents(text_document("a.txt", "一、主要职责\n目录管理工作。\n")) == (0, 0)


ONE_LINE = {
    "a full stop ends the title": ("（一）政府采购支出情况。2022年度支出5万元。", "（一）政府采购支出情况"),
    "the year follows the title": ("（一）机关运行经费支出情况2022年度支出5万元。", "（一）机关运行经费支出情况"),
    "the office follows the title": ("一、收入支出决算总体情况说明本部门收入5万元。", "一、收入支出决算总体情况说明"),
    "a colon ends a title without a number": ("机构设置：本局设办公室。", "机构设置"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "title"), ONE_LINE.values(), ids=ONE_LINE)
def test_title_is_cut_from_the_text_on_its_line(line: str, title: str) -> None:
    document = text_document("a.txt", f"某局2022年度部门决算\n第一部分 部门概况\n{line}\n")
    heading = [*find_headings(document)][-1]
    assert heading.title == title
    assert document.text[heading.body : heading.body + 1] not in ("。", "：")


NO_TITLES = (
    "（1）一般公共服务支出422.47万元，占90%。",
    "8.负责全区政府系统绩效管理，承担督查工作。",
    "（图1：收入支出决算总体情况）（柱状图）",
    "2022年度部门决算情况说明如下，请予监督。",
    "示例市甲区财政局设置办公室、预算科等2个内设机构。",
)


@pytest.mark.parametrize("line", NO_TITLES)
def test_sentence_is_no_title(line: str) -> None:
    front = "某局2022年度部门决算\n第一部分 部门概况\n"
    assert len([*find_headings(text_document("a.txt", front + line + "\n"))]) == 1


def test_rows_of_a_table_are_no_titles() -> None:
    builder = DocumentBuilder()
    for line in ("某局2022年度部门决算", "一、收入支出决算总体情况说明"):
        builder.add_paragraph([Run(line)])
    cells = ["二、政府性基金预算财政拨款收入", "1.00"]
    builder.add_table([[NewCell.of(text, column) for column, text in enumerate(cells)]])
    builder.add_paragraph([Run("三、“三公”经费情况说明")])
    document = builder.finish("a", "text/plain", "")
    roles = [heading.role.name for heading in find_headings(document)]
    assert roles == ["overall", "three-public"]


def test_text_behind_the_title_of_a_table_stays_with_its_section() -> None:
    found = outline(
        "某局2022年度部门决算\n（三）一般公共预算财政拨款支出决算情况说明\n一般公共预算支出决算表\n"
        "2022年度一般公共预算财政拨款支出90.00万元，比上年增加。\n"
    )
    assert [section.role for section in found] == ["front", "general"]


def test_title_on_top_of_every_page_cuts_no_section() -> None:
    top = "示例市某局2022年度部门决算情况说明\n"
    pages = [
        "一、收入支出决算总体情况说明\n收入9万元。\n",
        "支出9万元。\n",
        "结转1万元。\n",
        "结余1万元。\n",
    ]
    found = outline("示例市某局2022年度部门决算\n" + "".join(page + top for page in pages))
    assert [section.role for section in found] == ["front", "overall"]


FUNDS_OF_THREE_PUBLIC = {
    "七、财政拨款“三公”经费支出决算情况说明\n支出1.00万元。": "fiscal",
    "七、一般公共预算财政拨款“三公”经费支出决算情况说明\n支出1.00万元。": "general",
    "七、“三公”经费支出决算情况说明\n支出1.00万元。": "general",
    "七、财政拨款“三公”经费支出决算情况说明\n未使用一般公共预算财政拨款安排“三公”经费。": "general",
    "七、财政拨款“三公”经费情况说明\n八、名词解释\n“三公”经费：指用一般公共预算财政拨款安排的费用。": "general",
}


@pytest.mark.parametrize(("text", "fund"), FUNDS_OF_THREE_PUBLIC.items())
def test_three_public_takes_its_fund_from_title_and_definition(text: str, fund: str) -> None:
    section = outline("某局2022年度部门决算\n" + text + "\n")[1]
    assert (section.role, section.fund) == ("three-public", fund)


def test_other_subject_inside_three_public_keeps_its_own_fund() -> None:
    found = outline("某局2022年度部门决算\n三、“三公”经费情况说明\n（一）机关运行经费情况说明\n")
    assert [(section.role, section.fund) for section in found[1:]] == [
        ("three-public", "general"),
        ("agency-operation", "all"),
    ]


LINES = st.sampled_from(
    sorted({line for front in FRONTS.values() for line in front.text.split("\n")} | {"", "　"})
)


@given(st.lists(LINES, max_size=30))
def test_sections_partition_the_document(lines: list[str]) -> None:
    document: Document = text_document("a.txt", "\n".join(lines))
    found = find_sections(document)
    place = 0
    for section in found:
        begin = section.heading.span.start if section.heading else section.start
        assert begin <= section.start <= section.end <= len(document.text) + 1
        assert document.text[place:begin].strip() == ""
        place = max(place, section.end)
    assert document.text[place:].strip() == ""


def written(value: int) -> str:
    """A number from 1 to 99 in Chinese."""
    tens, ones = divmod(value, 10)
    return (
        ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    )


STYLES = {
    0: "第{c}部分", 1: "{c}、", 2: "({c})", 3: "{d}.", 4: "({d})",
}  # fmt: skip


@given(st.sampled_from(sorted(STYLES)), st.integers(1, 99))
def test_numbering_reads_back_what_is_written(level: int, value: int) -> None:
    text = STYLES[level].format(c=written(value), d=value)
    mark = find_mark(text + "资金情况")
    assert mark is not None
    assert (mark.level, mark.value, mark.length) == (level, value, len(text))
