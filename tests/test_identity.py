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
    label,
    normalize_name,
    organization_identifier,
    short_hash,
    short_names,
)

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
        ("市政府办公室", "重庆市政府办公室"),
        ("市政设施管理所", "重庆市开州区市政设施管理所"),
        ("国家税务总局重庆市开州区税务局", "国家税务总局重庆市开州区税务局"),
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
