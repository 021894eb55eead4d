"""The profile: title, year, kind, office, region and the bodies around it, in the forms of many provinces."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.narrative.duties import read_functions
from ingest.narrative.folding import fold_characters
from ingest.narrative.glossary import read_glossary
from ingest.narrative.internal_offices import find_offices
from ingest.narrative.outline import find_sections
from ingest.narrative.profile import Profile, read_profile
from ingest.narrative.regions import read_region
from ingest.narrative.title import read_kind, with_digits
from ingest.reading.building import DocumentBuilder, NewCell, Run
from ingest.reading.document import Document, DocumentError
from ingest.reading.text import text_document
from tests.fronts import FRONTS, Front


def profile(document: Document) -> Profile:
    return read_profile(document, find_sections(document))


def functions(document: Document) -> list[str]:
    sections = find_sections(document)
    duties = [section for section in sections if section.role == "duties"]
    return [function.text for one in duties for function in read_functions(document, one)]


@pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS)
def test_front_has_its_profile(front: Front) -> None:
    read = profile(text_document("a.txt", front.text))
    office = read.organization
    assert (office.name, read.fiscal_year, read.kind) == (front.name, front.year, front.kind)
    assert (office.level, office.region) == (front.level, front.region)


@pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS)
def test_front_has_its_bodies(front: Front) -> None:
    office = profile(text_document("a.txt", front.text)).organization
    assert tuple(name.text for name in office.internal_offices) == front.offices
    assert tuple(name.text for name in office.subordinate_units) == front.units
    assert tuple(name.text for name in office.also_known_as) == front.also_known_as


@pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS)
def test_front_has_its_functions(front: Front) -> None:
    assert len(functions(text_document("a.txt", front.text))) == front.functions


KINDS = {
    "某局2022年度部门决算": "final-accounts",
    "某局2022年度部门决算及“三公”经费决算公开": "final-accounts",
    "某局2022年度部门决算和绩效自评公开": "final-accounts",
    "某局2023年部门预算公开": "budget",
    "某局2023年预算及“三公”经费预算公开": "budget",
    "某局2023年“三公”经费预算公开": "three-public",
    "某局2022年度“三公”经费决算情况说明": "three-public",
    "某局2022年度部门预算绩效自评报告": "performance",
    "某局2022年度项目支出绩效评价报告": "performance",
}


@pytest.mark.parametrize(("title", "kind"), KINDS.items(), ids=KINDS)
def test_kind_is_told_by_the_title(title: str, kind: str) -> None:
    assert read_kind(text_document("a.txt", title), title) == kind


@given(st.integers(0, 99))
def test_year_in_chinese_digits_reads_as_the_same_year(year: int) -> None:
    digits = "〇一二三四五六七八九"
    written = "二〇" + digits[year // 10] + digits[year % 10]
    assert with_digits(f"某局{written}年度部门决算") == f"某局20{year:02}年度部门决算"


def test_year_of_the_accounts_goes_before_other_years() -> None:
    text = (
        "示例市某局\n部门预算\n一、主要职责\n2024年度，2024年，2024年。2025年部门预算为1.00万元。\n"
    )
    assert profile(text_document("a.txt", text)).fiscal_year == "2025"


def test_units_are_read_from_a_table() -> None:
    builder = DocumentBuilder()
    for line in ("示例市某局2023年度部门决算", "一、部门决算单位构成", "编制范围的单位情况见下表"):
        builder.add_paragraph([Run(line)])
    rows = [
        ("序号", "单位名称", "备注"),
        ("1", "示例市某局（本级）", ""),
        ("2", "示例市某中心", "差额"),
    ]
    builder.add_table([[NewCell.of(text, i) for i, text in enumerate(row)] for row in rows])
    builder.add_table([[NewCell.of(text, i) for i, text in enumerate(("3", "示例市某学院", ""))]])
    office = profile(builder.finish("a", "text/plain", "")).organization
    assert [name.text for name in office.subordinate_units] == [
        "示例市某局（本级）",
        "示例市某中心",
        "示例市某学院",
    ]


def test_duties_are_read_from_a_table() -> None:
    builder = DocumentBuilder()
    for line in ("示例市某局2023年度部门决算", "一、主要职责"):
        builder.add_paragraph([Run(line)])
    rows = [("序号", "主要职责"), ("1", "管理公路。"), ("2", "管理客运。")]
    builder.add_table([[NewCell.of(text, i) for i, text in enumerate(row)] for row in rows])
    assert functions(builder.finish("a", "text/plain", "")) == ["管理公路。", "管理客运。"]


DUTIES = {
    "marks behind full stops": ("（一）管理甲。（二）管理乙。\n（三）管理丙。", 3),
    "a number is left out": ("1.管理甲。\n2.管理乙。\n4.管理丁。", 3),
    "the numbering begins again": (
        "1.管理甲。\n2.管理乙。\n党组职责：\n1.管理党建。\n2.管理干部。",
        4,
    ),
    "printed twice": ("1.管理甲。\n2.管理乙。\n1.管理甲。\n2.管理乙。", 2),
    "paragraphs behind what leads to them": ("主要职责是：\n管理甲。\n管理乙。", 2),
    "each with a title": ("一、加强建设。管理甲。\n二、统筹发展。管理乙。", 2),
}


@pytest.mark.parametrize(("text", "count"), DUTIES.values(), ids=DUTIES)
def test_duties_are_counted(text: str, count: int) -> None:
    document = text_document("a.txt", f"示例市某局2023年度部门决算\n主要职能\n{text}\n")
    assert len(functions(document)) == count


TERMS = {
    "a colon": ("一、基本支出：指保障运转的支出。", "基本支出", "指保障运转的支出。"),
    "是指": ("（一）基本支出是指保障运转的支出。", "基本支出", "指保障运转的支出。"),
    "a comma": ("（一）“三公”经费，是指三项经费。", "“三公”经费", "指三项经费。"),
    "a dash": ("1.基本支出——指保障运转的支出。", "基本支出", "指保障运转的支出。"),
    "a bracketed number and a comma": ("（一）、基本支出：保障运转的支出。", "基本支出", "保障运转的支出。"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "term", "definition"), TERMS.values(), ids=TERMS)
def test_glossary_entry_is_read(line: str, term: str, definition: str) -> None:
    document = text_document(
        "a.txt", f"示例市某局2023年度部门决算\n第四部分 名词解释\n{line}\n其中：一项。"
    )
    (entry,) = read_glossary(document, find_sections(document)[-1])
    assert (entry.term, entry.definition) == (term, f"{definition} 其中：一项。")


def test_entries_on_one_line_are_parted() -> None:
    text = "一、基本支出：指甲。二、项目支出：指乙。"
    document = text_document("a.txt", f"示例市某局2023年度部门决算\n第四部分 名词解释\n{text}")
    found = read_glossary(document, find_sections(document)[-1])
    assert [entry.term for entry in found] == ["基本支出", "项目支出"]


PLACES = {
    "a town whose name ends like a city": ("示市镇人民政府", ""),
    "a shortened prefecture": ("贵州省黔南州平塘县示例局", "贵州省黔南布依族苗族自治州平塘县"),
    "an office in another city": ("内蒙古自治区兴安盟行政公署驻示例市办事处", "内蒙古自治区兴安盟"),
}


@pytest.mark.parametrize(("name", "region"), PLACES.values(), ids=PLACES)
def test_place_is_that_of_the_office(name: str, region: str) -> None:
    assert read_region(name) == region


NAMED = {
    "part says more": (
        "开州区人大示例会2019年部门决算公开\n目录\n第一部分：开州区人大示例会办公室概况\n"
        "一、主要职能\n第一部分：开州区人大示例会办公室概况",
        "开州区人大示例会办公室",
    ),
    "part has another place": (
        "开州区财政局2019年部门决算公开\n第一部分 重庆市开州区财政局概况",
        "开州区财政局",
    ),
    "list of metadata": ("• 标题: 示例市甲区财政局2019年部门决算公开", "示例市甲区财政局"),
    "department of its place": ("重庆市交通示例部门2019年“三公”经费预算说明", "重庆市交通示例部门"),
    "site before the title": (
        "重庆市示例政府\n市政协2023年度决算说明\n第一部分 重庆市政协示例办公室概况",
        "重庆市政协示例办公室",
    ),
}


@pytest.mark.parametrize(("front", "name"), NAMED.values(), ids=NAMED)
def test_office_has_the_name_that_it_gives_itself(front: str, name: str) -> None:
    document = text_document("a.txt", f"{front}\n一、主要职能\n管理全区事务。\n")
    assert profile(document).organization.name == name


PLACELESS = ("城市管理局", "市场监督管理局", "财政局", "区市场监督管理局")


@pytest.mark.parametrize("name", PLACELESS)
def test_words_that_end_like_a_place_are_none(name: str) -> None:
    assert read_region(name) == ""


def test_document_without_an_office_is_refused() -> None:
    with pytest.raises(DocumentError, match="no office"):
        profile(text_document("a.txt", "2023年度部门决算\n一、主要职责\n"))


@pytest.mark.parametrize("stretch", ["设办公室、", "内设综合", "下设3个", "（包括办公室、"])
def test_offices_are_sought_in_linear_time(stretch: str) -> None:
    def seconds(length: int) -> float:
        begin = time.perf_counter()
        find_offices(fold_characters(stretch * length))
        return time.perf_counter() - begin

    assert seconds(8000) < max(0.2, 12 * seconds(2000))
