"""Identity of public bodies and documents: equal for equal names, whoever writes them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts import DocumentFacts, Name, Organization, Span
from ingest.identifiers import document_graphs, document_identifier, numbered
from ingest.identity import (
    body_class,
    full_name,
    identify,
    label,
    normalize_name,
    organization_identifier,
    short_hash,
    short_names,
)
from ingest.project_names import name_of_all_years, names_of_all_years

DISTRICT = "重庆市开州区"
FICTITIOUS = "示例市甲区"
BARE_NAMES = st.sampled_from(["档案馆", "财政局", "数据服务中心", "图书馆", "公路养护所", "统计局"])
SPAN = Span(0, 1, "示")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("重庆市开州区档案馆", "重庆市开州区档案馆"),
        ("开州区档案馆", "重庆市开州区档案馆"),
        ("重庆开州区档案馆", "重庆市开州区档案馆"),
        ("区档案馆", "重庆市开州区档案馆"),
        ("档案馆", "重庆市开州区档案馆"),
        ("重庆市开州区档案馆（本级）", "重庆市开州区档案馆"),
        ("重庆市 开州区 档案馆", "重庆市开州区档案馆"),
        ("市档案馆", "重庆市档案馆"),
        ("重庆市档案馆", "重庆市档案馆"),
        ("重庆图书馆", "重庆图书馆"),
        ("渝北区档案馆", "重庆市渝北区档案馆"),
        ("市场监督管理局", "重庆市开州区市场监督管理局"),
        ("区域合作中心", "重庆市开州区区域合作中心"),
        ("区民政局", "重庆市开州区民政局"),
        ("区城市管理局", "重庆市开州区城市管理局"),
        ("县城乡建设委员会", "重庆市开州区城乡建设委员会"),
        ("区市政维护中心", "重庆市开州区市政维护中心"),
        ("区史志研究室", "重庆市开州区史志研究室"),
        ("市民服务中心", "重庆市开州区市民服务中心"),
        ("财政部", "财政部"),
        ("国家发展改革委", "国家发展改革委"),
        ("市政府办公室", "重庆市人民政府办公室"),
        ("市政设施管理所", "重庆市开州区市政设施管理所"),
        ("国家税务总局重庆市开州区税务局", "国家税务总局重庆市开州区税务局"),
        ("市城建局", "重庆市城建局"),
        ("区城建局", "重庆市开州区城建局"),
        ("县城规划馆", "重庆市开州区县城规划馆"),
        ("区政管办", "重庆市开州区政管办"),
        ("区人武部", "重庆市开州区人民武装部"),
        ("区老干局", "中共重庆市开州区委老干部局"),
        ("开州区人民政府汉丰街道办事处", "重庆市开州区汉丰街道办事处"),
        ("区政府汉丰街道", "重庆市开州区汉丰街道办事处"),
        ("政府路街道办事处", "重庆市开州区政府路街道办事处"),
    ],
)
def test_full_name_is_read_in_the_district(written: str, meant: str) -> None:
    assert full_name(written, DISTRICT) == meant


@given(BARE_NAMES, st.sampled_from([DISTRICT, FICTITIOUS, "四川省成都市武侯区"]))
def test_identifier_is_equal_for_every_way_of_writing_one_name(bare: str, region: str) -> None:
    district = re.split("(?<=市)", region)[-1]
    ways = (
        region + bare,
        district + bare,
        region[:3] + district + bare,
        "区" + bare,
        bare,
        f"{region}{bare}（本级）",
    )
    assert len({organization_identifier(way, region) for way in ways}) == 1
    assert len({label(way, region) for way in ways}) == 1


@given(st.text(alphabet="政务服务数据局办公室中心（）() 　", min_size=1, max_size=20))
def test_full_name_is_a_fixed_point(name: str) -> None:
    once = full_name(name, FICTITIOUS)
    assert full_name(once, FICTITIOUS) == once


def test_region_without_its_province_is_the_same_region() -> None:
    assert organization_identifier("档案馆", "开州区") == organization_identifier(
        "档案馆", DISTRICT
    )


def test_name_without_a_region_is_left_as_it_is() -> None:
    assert full_name("示例局", "") == "示例局"
    assert short_names("示例局", "") == ()


@given(BARE_NAMES)
def test_identifier_differs_between_districts(bare: str) -> None:
    regions = ("重庆市开州区", "重庆市江津区", "示例市甲区", "示例市乙区")
    assert len({organization_identifier(bare, region) for region in regions}) == len(regions)


def test_identifier_begins_with_the_code_of_the_division() -> None:
    assert organization_identifier("区档案馆", DISTRICT).startswith("500154-")
    assert organization_identifier("市档案馆", DISTRICT).startswith("500000-")
    assert organization_identifier("档案馆", FICTITIOUS).startswith("000000-")


def test_identifier_hashes_the_full_name() -> None:
    identifier = organization_identifier("大数据服务中心", DISTRICT)
    assert identifier == f"500154-{short_hash('重庆市开州区大数据服务中心')}"
    assert re.fullmatch("[0-9]{6}-[0-9a-f]{8}", identifier)


def test_short_names_leave_out_the_divisions_above() -> None:
    assert short_names("档案馆", DISTRICT) == ("开州区档案馆", "区档案馆")
    assert short_names("市档案馆", DISTRICT) == ("市档案馆",)
    assert short_names("档案馆", FICTITIOUS) == ("甲区档案馆", "区档案馆")


def test_label_has_full_width_brackets() -> None:
    assert label("政务科(审改办)", FICTITIOUS) == "示例市甲区政务科（审改办）"


def test_name_is_normalised_in_width_and_white_space() -> None:
    assert normalize_name("示例市 甲区　Ａ局（本级）") == "示例市甲区A局"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("示例市甲区政务服务管理办公室", "Department"),
        ("示例市甲区人民法院", "Department"),
        ("示例市甲区人民检察院", "Department"),
        ("示例市甲区电子政务中心", "PublicInstitution"),
        ("示例市甲区社会福利院", "PublicInstitution"),
        ("示例市甲区第一中学校（本级）", "PublicInstitution"),
    ],
)
def test_class_of_a_body_follows_from_its_name(name: str, kind: str) -> None:
    assert body_class(name) == kind


FACTS = DocumentFacts(
    source="a.txt",
    sha256="0" * 64,
    characters=1,
    title=Name("示", SPAN),
    fiscal_year="2023",
    kind="final-accounts",
    organization=Organization("示例市甲区档案馆", "unit", FICTITIOUS, SPAN),
)


def test_document_identifier_outlives_a_corrected_text() -> None:
    corrected = replace(FACTS, source="b.txt", sha256="1" * 64, title=Name("例", SPAN))
    assert document_identifier(corrected) == document_identifier(FACTS)
    assert re.fullmatch("[0-9a-f]{16}", document_identifier(FACTS))


def test_document_identifier_tells_year_scope_kind_and_office_apart() -> None:
    others = (
        replace(FACTS, fiscal_year="2022"),
        replace(FACTS, kind="budget"),
        replace(FACTS, organization=replace(FACTS.organization, level="department")),
        replace(
            FACTS, organization=replace(FACTS.organization, region="示例市乙区", name="档案馆")
        ),
    )
    assert len({document_identifier(facts) for facts in (FACTS, *others)}) == 1 + len(others)


def test_document_graphs_are_three_and_its_own() -> None:
    graphs = document_graphs("https://example.org/", "00ff")
    assert graphs == (
        "https://example.org/graph/doc/00ff",
        "https://example.org/graph/derived/00ff",
        "https://example.org/graph/quality/00ff",
    )


@given(st.lists(st.sampled_from(["1", "2", "3"])))
def test_numbered_keys_are_unique_and_keep_the_first_as_it_is(keys: list[str]) -> None:
    made = list(numbered((key, position) for position, key in enumerate(keys)))
    assert len({key for key, _ in made}) == len(keys)
    assert [position for _, position in made] == list(range(len(keys)))
    assert {key for key, _ in made} >= set(keys)


ORGANS = [
    # What one body is called, each way after the other.
    ("中共示例市甲区委组织部", "中国共产党示例市甲区委员会组织部", "甲区委组织部", "区委组织部", "中共甲区委组织部"),
    ("中共示例市甲区委员会", "中国共产党示例市甲区委员会", "区委", "中共示例市甲区委"),
    ("中共示例市甲区纪律检查委员会", "区纪委", "甲区纪委", "中共甲区纪律检查委员会"),
    ("中共示例市甲区委机构编制委员会办公室", "区委编办", "区编办", "甲区委编办"),
    ("中共示例市甲区直属机关工作委员会", "区直机关工委", "区委区直机关工委", "中共甲区委直属机关工委"),
    ("示例市甲区总工会", "区总工会", "甲区总工会"),
    ("共青团示例市甲区委员会", "共青团示例市甲区委", "团区委", "中国共产主义青年团甲区委员会", "区团委"),
    ("示例市甲区妇女联合会", "区妇联", "甲区妇联"),
    ("示例市甲区人民代表大会常务委员会办公室", "区人大常委会办公室", "甲区人大办", "区人大办公室"),
    ("政协示例市甲区委员会", "区政协", "甲区政协机关", "政协甲区委员会"),
    ("政协示例市甲区委员会办公室", "中国人民政治协商会议示例市甲区委员会办公室", "区政协办公室"),
    ("示例市甲区人民政府办公室", "区政府办公室", "甲区政府办", "区府办"),
    ("示例市甲区人民法院", "甲区法院", "区法院"),
    ("示例市甲区人民检察院", "甲区检察院", "区检察院"),
    ("示例市公安局甲区分局", "市公安局甲区分局", "区公安分局", "甲区公安分局"),
    ("国家税务总局示例市甲区税务局", "国家税务总局甲区税务局", "区税务局"),
    ("示例市甲区人力资源和社会保障局", "区人社局", "甲区人力资源社会保障局"),
    ("示例市甲区卫生健康委员会", "区卫生健康委", "甲区卫健委", "区卫生健康委员会（本级）"),
    ("示例市甲区乙街道办事处", "甲区乙街道", "乙街道办事处", "乙街道办", "区乙街道办事处"),
    ("示例市甲区乙镇人民政府", "乙镇人民政府", "甲区乙镇", "乙镇政府"),
    ("示例市甲区第一中学", "甲区第一中学", "区第一中学"),
    ("示例市甲区人民医院", "区人民医院", "甲区人民医院（本部）"),
    ("示例市甲区民政局", "区民政局", "示例市甲区民政局（机关）", "区民政局本级", "甲区民政局机关"),
    ("示例市财政局", "市财政局", "示例市财政局（本级）"),
    ("示例市高新技术产业开发区管理委员会", "示例市高新区管委会", "示例高新区管委会"),
]  # fmt: skip


@pytest.mark.parametrize("names", ORGANS, ids=lambda names: names[0])
def test_a_body_is_the_same_by_every_name_that_it_goes_by(names: tuple[str, ...]) -> None:
    assert {full_name(name, FICTITIOUS) for name in names} == {names[0]}
    assert len({organization_identifier(name, FICTITIOUS) for name in names}) == 1


@pytest.mark.parametrize(
    ("region", "names"),
    [
        ("四川省成都市彭州市", ("市财政局", "彭州市财政局", "成都市彭州市财政局", "四川省彭州市财政局")),
        ("四川省成都市彭州市", ("市委宣传部", "中共彭州市委宣传部", "中国共产党彭州市委员会宣传部")),
        ("浙江省杭州市", ("市直属机关幼儿园", "杭州市直属机关幼儿园", "浙江省杭州市直属机关幼儿园")),
        ("浙江省", ("省财政厅", "浙江省财政厅")),
        ("广西壮族自治区南宁市隆安县", ("自治区财政厅", "广西壮族自治区财政厅")),
        ("四川省凉山彝族自治州金阳县", ("州财政局", "凉山州财政局", "四川省凉山彝族自治州财政局")),
        ("四川省凉山彝族自治州金阳县", ("县财政局", "金阳县财政局", "凉山州金阳县财政局", "四川省金阳县财政局")),
        ("重庆市石柱土家族自治县", ("县教委", "石柱县教委", "石柱土家族自治县教育委员会")),
        ("内蒙古自治区鄂尔多斯市伊金霍洛旗", ("旗财政局", "伊金霍洛旗财政局", "鄂尔多斯市伊金霍洛旗财政局")),
        ("新疆生产建设兵团第八师", ("第八师财政局", "师财政局", "新疆生产建设兵团第八师财政局")),
        ("新疆生产建设兵团第八师", ("兵团财政局", "新疆生产建设兵团财政局")),
        ("成都高新区", ("财政局", "高新区财政局", "成都高新区财政局", "成都市高新技术产业开发区财政局")),
    ],
)  # fmt: skip
def test_names_of_every_level_meet(region: str, names: tuple[str, ...]) -> None:
    assert len({full_name(name, region) for name in names}) == 1
    assert len({organization_identifier(name, region) for name in names}) == 1


@pytest.mark.parametrize(
    ("unit", "unit_region", "told", "told_region"),
    [
        ("示例市甲区第一小学", "示例市甲区", "第一小学", "示例市甲区"),
        ("江津区疾病预防控制中心", "重庆市江津区", "区疾病预防控制中心", "江津区"),
        ("重庆市江津区教育委员会", "重庆市江津区", "江津区教委", "重庆市"),
        ("武侯区财政局", "四川省成都市武侯区", "四川省武侯区财政局", "四川省"),
        ("鼓楼区财政局", "江苏省南京市鼓楼区", "鼓楼区财政局", "江苏省南京市玄武区"),
        ("杭州市西湖区民政局", "浙江省杭州市西湖区", "西湖区民政局", "浙江省"),
        ("重庆市财政局", "重庆市", "市财政局", "重庆市江津区"),
    ],
)
def test_units_meet_in_the_documents_of_others(
    unit: str, unit_region: str, told: str, told_region: str
) -> None:
    own = organization_identifier(unit, unit_region)
    assert own == organization_identifier(told, told_region)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("区纪委", "区监委"),
        ("区委办公室", "区政府办公室"),
        ("区委", "区政府"),
        ("区教育局", "市教育局"),
        ("区第一中学", "区第二中学"),
        ("区文化和旅游局", "区文化广电旅游局"),
        ("区委党校", "区委组织部"),
        ("区人民医院", "区中医院"),
        ("区财政局", "乙区财政局"),
    ],
)
def test_bodies_of_other_names_stay_apart(one: str, another: str) -> None:
    assert full_name(one, FICTITIOUS) != full_name(another, FICTITIOUS)


ALL_BARE = st.sampled_from(
    ["委组织部", "委", "纪委", "团委", "政协", "人大常委会办公室", "乙街道", "丙镇", "人社局", "公安分局", "税务局",
     "高新区管委会", "第一中学", "档案馆", "党校", "编办"]
)  # fmt: skip
ALL_REGIONS = st.sampled_from(
    [DISTRICT, FICTITIOUS, "四川省成都市彭州市", "四川省凉山彝族自治州金阳县", "浙江省", "成都高新区", "朝阳区"]
)  # fmt: skip


@given(ALL_BARE, ALL_REGIONS, st.sampled_from(["", "区", "市", "省", "鼓楼区"]))
def test_full_name_of_a_full_name_is_itself(bare: str, region: str, head: str) -> None:
    once = full_name(head + bare, region)
    assert full_name(once, region) == once
    assert organization_identifier(once, region) == organization_identifier(head + bare, region)


@given(ALL_BARE, ALL_REGIONS)
def test_short_names_lead_back_to_their_body(bare: str, region: str) -> None:
    full = full_name(bare, region)
    assert {full_name(short, region) for short in short_names(bare, region)} <= {full}


def test_a_place_that_can_be_several_keeps_its_bodies_apart() -> None:
    places = ("重庆市江津区", "四川省成都市彭州市", FICTITIOUS)
    identifiers = {organization_identifier("鼓楼区财政局", place) for place in places}
    assert len(identifiers) == len(places)
    assert all(identifier.startswith("000000-") for identifier in identifiers)
    body = identify("鼓楼区财政局", "重庆市江津区")
    assert body.is_open
    assert "江苏省南京市鼓楼区" in {division.full_name for division in body.candidates}


def test_one_full_name_in_two_provinces_is_two_bodies() -> None:
    one = organization_identifier("朝阳区财政局", "北京市朝阳区")
    another = organization_identifier("朝阳区财政局", "吉林省长春市朝阳区")
    assert one.startswith("110105-")
    assert another.startswith("220104-")


def test_office_whose_own_place_is_open_is_told_apart_by_its_text() -> None:
    texts = ("a" * 64, "b" * 64)
    made = {organization_identifier("朝阳区财政局", "朝阳区", text) for text in texts}
    assert len(made) == len(texts)
    own = {organization_identifier(name, "朝阳区", texts[0]) for name in ("区财政局", "财政局")}
    assert len(own) == 1


def test_province_that_is_not_told_is_left_open() -> None:
    assert identify("省财政厅", FICTITIOUS).is_open
    assert not identify("市财政局", FICTITIOUS).is_open


@pytest.mark.parametrize(
    ("name", "region", "year", "notation"),
    [
        ("庐江县财政局", "安徽省合肥市庐江县", 2010, "341421"),
        ("庐江县财政局", "安徽省合肥市庐江县", 2023, "340124"),
        ("桥东区财政局", "河北省邢台市桥东区", 2013, "130502-201607"),
        ("襄都区财政局", "河北省邢台市襄都区", 2023, "130502"),
        ("开县财政局", "重庆市开县", 2014, "500234"),
        ("开县财政局", "重庆市开州区", 2023, "500234"),
        ("闸北区财政局", "上海市闸北区", 2014, "310108"),
    ],
)
def test_division_is_the_one_of_the_fiscal_year(
    name: str, region: str, year: int, notation: str
) -> None:
    division = identify(name, region).division(year)
    assert division is not None
    assert division.notation == notation


@pytest.mark.parametrize(
    "names",
    [
        ("2023年示例工程", "示例工程（2024年度）", "“示例”工程", "《示例工程》", "2024 示例工程", "二〇二三年示例工程"),
        ("示例工程（二期）", "2023年示例工程二期", "示例工程【二期】（2024年）"),
    ],
)  # fmt: skip
def test_a_project_goes_on_under_one_name(names: tuple[str, ...]) -> None:
    assert len({name_of_all_years(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("示例工程一期", "示例工程二期"),
        ("示例项目", "示例项目经费"),
        ("10.5万亩农田", "105万亩农田"),
        ("2021-2023年示例工程", "示例工程"),
        ("2023年1月慰问", "2023年春节慰问"),
    ],
)
def test_other_projects_stay_apart(one: str, another: str) -> None:
    assert name_of_all_years(one) != name_of_all_years(another)


WORDS = st.text(alphabet="示例工程项目经费一二期甲乙丙5G", min_size=1, max_size=12).filter(
    lambda word: not word[0].isdigit() and not word[-1].isdigit()
)


FORMS = (
    "{year}年{word}",
    "{year}年度{word}",
    "{word}（{year}年）",
    "“{word}”",
    "【{word}】{year}年",
    "{word}({year})",
)


@given(WORDS, st.integers(2010, 2029), st.sampled_from(FORMS))
def test_year_marks_and_signs_never_tell_projects_apart(word: str, year: int, form: str) -> None:
    assert name_of_all_years(form.format(word=word, year=year)) == name_of_all_years(word)


@given(WORDS, WORDS)
def test_words_always_tell_projects_apart(one: str, another: str) -> None:
    alike = name_of_all_years(one) == name_of_all_years(another)
    assert alike == (one == another)


def test_two_years_side_by_side_are_two_projects() -> None:
    names = names_of_all_years(["2022年示例工程", "2023年示例工程", "其他工程"], "2023")
    assert names["2023年示例工程"] == "示例工程"
    assert names["2022年示例工程"] == "示例工程2022年"
    assert names["其他工程"] == "其他工程"
