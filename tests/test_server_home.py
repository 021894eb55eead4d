"""The home page over the samples: what the graph holds and where, and the questions as forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.tables import read_table
from queries.catalogue import Catalogue
from server.covered_places import CoveredPlaces
from server.featured_questions import FEATURED
from server.province_tiles import DEPTHS, TILES, depth, tiles
from server.settings import Settings
from tests.serving import Service, running
from tests.test_server_pages import Page

BASE = "https://w3id.org/guanlian/id/div/"


@pytest.fixture(scope="module")
def service(samples_data: Path) -> Iterator[Service]:
    with running(Settings(data=samples_data)) as service:
        yield service


# ---------------------------------------------------------------- places


def row(code: str, offices: int, first: str = "2020", last: str = "2020") -> dict[str, str]:
    return {
        "place": BASE + code,
        "name": f"地方{code}",
        "offices": str(offices),
        "documents": str(2 * offices),
        "first_year": first,
        "last_year": last,
    }


ABOVE = {
    BASE + "990101": (BASE + "990100", "示例市"),
    BASE + "990102": (BASE + "990100", "示例市"),
    BASE + "990100": (BASE + "990000", "示例省"),
}


def test_places_hold_what_is_below_them() -> None:
    places = CoveredPlaces(
        [row("990101", 3, "2019"), row("990102", 1, last="2023"), row("990000", 2), row("0-a", 1)],
        ABOVE,
    )
    assert [(root.code, root.offices) for root in places.roots()] == [("990000", 6), ("0-a", 1)]
    province = places.places["990000"]
    assert (province.documents, province.first_year, province.last_year) == (12, "2019", "2023")
    city = places.below(province)
    assert [(place.name, place.offices) for place in city] == [("示例市", 4)]
    assert [place.code for place in places.below(city[0])] == ["990101", "990102"]
    assert [place.code for place in places.path(places.places["990102"])] == [
        "990000",
        "990100",
        "990102",
    ]
    assert places.within(city[0]) == {BASE + "990101", BASE + "990102"}
    assert places.within(province) == {BASE + "990101", BASE + "990102", BASE + "990000"}


@given(st.dictionaries(st.sampled_from(["990101", "990102", "990100", "7-b"]), st.integers(1, 9)))
def test_roots_hold_every_office_once(offices: dict[str, int]) -> None:
    places = CoveredPlaces([row(code, number) for code, number in offices.items()], ABOVE)
    assert sum(root.offices for root in places.roots()) == sum(offices.values())
    found = [iri for root in places.roots() for iri in places.within(root)]
    assert sorted(found) == sorted(places.covered)


def test_places_in_a_circle_are_told_once() -> None:
    circle = {BASE + "1": (BASE + "2", "乙"), BASE + "2": (BASE + "1", "甲")}
    places = CoveredPlaces([row("1", 1)], circle)
    assert [root.code for root in places.roots()] == ["2"]


# ---------------------------------------------------------------- the map


def test_every_province_has_one_tile_of_its_own() -> None:
    provinces = {line["code"] for line in read_table("divisions") if line["level"] == "province"}
    assert {tile[0] for tile in TILES} == provinces
    assert len({tile[4:] for tile in TILES}) == len({tile[1] for tile in TILES}) == 34


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_more_offices_are_no_paler(one: int, other: int) -> None:
    most = max(one, other)
    assert 1 <= depth(min(one, other), most) <= depth(most, most) == DEPTHS


def test_tiles_show_what_is_disclosed() -> None:
    places = CoveredPlaces([row("500116", 2)], {BASE + "500116": (BASE + "500000", "重庆市")})
    shown = {tile.zh: tile.place.offices for tile in tiles(places.places) if tile.place}
    assert shown == {"重庆": 2}


# ---------------------------------------------------------------- the page


def test_home_tells_what_the_graph_holds(service: Service) -> None:
    page = service.page("/zh/")
    figures = dict(re.findall(r"<dt>(.*?)</dt><dd>(?:<a [^>]*>)?([^<]*)", page))
    assert figures["文件"] == "10" and figures["机构"] == "9" and figures["年度"] == "2019–2023"
    assert int(figures["金额"].replace(",", "")) > 500
    assert "<title>重庆：2 个机构，2 份文件</title>" in page
    assert "<title>Chongqing: offices 2, documents 2</title>" in service.page("/en/")


def test_home_asks_questions_in_forms(service: Service) -> None:
    page = Page(service.page("/en/"))
    forms = [value for value in page.values("action") if "/queries/" in value]
    assert forms == [f"/en/queries/{name}" for name in FEATURED]
    assert set(FEATURED) <= {query.name for query in Catalogue.load()}
    for form in forms:
        assert service.ask(f"{form}?office=&year=", accept="text/html").status_code in (200, 400)


def test_every_link_of_the_map_leads_to_offices(service: Service) -> None:
    links = {link for link in Page(service.page("/zh/")).values("href") if "place=" in link}
    assert len(links) >= 4
    for link in links:
        assert 'class="title"' in service.page(link), link
