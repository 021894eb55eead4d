"""Offices found by what people call them."""

from __future__ import annotations

from collections import defaultdict

import pytest

from queries.errors import AmbiguousOfficeError, UnknownOfficeError
from queries.offices import Office, choose_office, find_office, find_offices, read_offices
from tests.test_queries import samples_graph

KAIZHOU = "重庆市开州区政务服务管理办公室"


@pytest.mark.parametrize(
    ("name", "office"),
    [
        (KAIZHOU, KAIZHOU),
        ("重庆市开州区政务服务管理办公室（本级）", KAIZHOU),
        (" 重庆市 开州区 政务服务管理办公室(本级) ", KAIZHOU),
        ("开州区政务服务管理办公室", KAIZHOU),
        ("重庆开州区政务服务管理办公室", KAIZHOU),
        ("开州政务服务管理办公室", KAIZHOU),
        ("重庆市开州区大数据应用发展管理局", KAIZHOU),
        ("开州区大数据应用发展管理局", KAIZHOU),
        ("大数据应用发展管理局", KAIZHOU),
        ("重庆市开州区", KAIZHOU),
        ("开州区", KAIZHOU),
        ("开州", KAIZHOU),
        ("甲区", "示例市甲区政务服务管理局"),
        ("政务服务管理局", "示例市甲区政务服务管理局"),
        ("示范省样本市", "示范省样本市教育局"),
        ("教育局", "示范省样本市教育局"),
        ("样本街道办事处", "示例市丁区样本街道办事处"),
    ],
)
def test_office_is_found_by_every_name(name: str, office: str) -> None:
    assert find_office(samples_graph(), name).name == office


def test_office_is_found_by_iri_and_by_its_end() -> None:
    office = find_office(samples_graph(), KAIZHOU)
    assert office.division == "重庆市开州区"
    assert "重庆市开州区大数据应用发展管理局" in office.nameplates
    assert find_office(samples_graph(), office.iri) == office
    assert find_office(samples_graph(), office.iri.rpartition("/")[2]) == office


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("乙区", {"示例市乙区大数据发展局", "示例市乙区民政局"}),
        ("政务服务管理办公室", {KAIZHOU, "重庆市江津区政务服务管理办公室"}),
        ("区政务服务管理办公室", {KAIZHOU, "重庆市江津区政务服务管理办公室"}),
    ],
)
def test_name_of_several_offices_lists_them(name: str, candidates: set[str]) -> None:
    with pytest.raises(AmbiguousOfficeError, match="give the full name") as caught:
        find_office(samples_graph(), name)
    assert set(caught.value.candidates) == candidates


@pytest.mark.parametrize("name", ["甲区教育局", "开州区政务服务中心", "民政", "大数据发展"])
def test_unknown_name_lists_the_nearest(name: str) -> None:
    with pytest.raises(UnknownOfficeError, match="the nearest are") as caught:
        find_office(samples_graph(), name)
    assert set(caught.value.nearest) <= {office.name for office in read_offices(samples_graph())}
    assert repr(name) in str(caught.value)


def test_a_name_like_no_other_still_lists_the_nearest() -> None:
    with pytest.raises(UnknownOfficeError, match="the nearest are ") as error:
        find_office(samples_graph(), "zzz")
    assert error.value.nearest


def test_every_listed_name_leads_to_its_office_or_is_ambiguous() -> None:
    offices = read_offices(samples_graph())
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for office in offices:
        for name in (office.name, *office.short_names, *office.nameplates):
            bearers[name].add(office.name)
    for name, names in bearers.items():
        try:
            assert choose_office(offices, name).name in names
        except AmbiguousOfficeError as error:
            assert set(error.candidates) == names
            assert len(names) > 1


def test_full_name_counts_before_the_other_names_of_another_office() -> None:
    plain = Office("https://example.org/1", "示例市甲区数据局", "示例市甲区")
    bearer = Office(
        "https://example.org/2", "示例市甲区办公室", "示例市甲区", nameplates=("示例市甲区数据局",)
    )
    assert choose_office((plain, bearer), "示例市甲区数据局") == plain


def test_several_offices_are_found_in_the_order_of_their_names() -> None:
    found = find_offices(samples_graph(), ["教育局", "开州"])
    assert [office.name for office in found] == ["示范省样本市教育局", KAIZHOU]
