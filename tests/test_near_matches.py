"""What is not there is answered with what is spelled like it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.near_matches import candidate, folded, likeness, nearest, pairs
from server.settings import Settings
from tests.serving import Service, running

NAMES = st.text(min_size=1, max_size=40)


@pytest.fixture(scope="module")
def service(samples_data: Path) -> Iterator[Service]:
    with running(Settings(data=samples_data)) as service:
        yield service


@given(NAMES, NAMES)
def test_likeness_is_the_same_both_ways_and_whole_for_the_same(some: str, other: str) -> None:
    assert likeness(pairs(some), pairs(other)) == likeness(pairs(other), pairs(some))
    assert likeness(pairs(some), pairs(some)) == 1
    assert 0 <= likeness(pairs(some), pairs(other)) <= 1


@given(st.lists(NAMES, min_size=1, unique=True))
def test_a_name_that_is_there_comes_first(names: list[str]) -> None:
    candidates = [candidate(f"/offices/{place}-x", name) for place, name in enumerate(names)]
    found = nearest(names[0], candidates)
    assert folded(names[0]) in found[0].folded


@pytest.mark.parametrize(
    ("path", "name", "page"),
    [
        (
            "/offices/000000-ada5bca8",
            "示例市甲区政务服务管理局",
            "/offices/000000-ada5bca9",
        ),
        (
            f"/offices/{quote('甲区政务服务局')}",
            "示例市甲区政务服务管理局",
            "/offices/000000-ada5bca9",
        ),
        (f"/offices/{quote('甲区')}", "示例市甲区政务服务管理局", "/offices/000000-ada5bca9"),
        (
            "/api/offices/000000-ada5bca8",
            "示例市甲区政务服务管理局",
            "/offices/000000-ada5bca9",
        ),
        ("/doc/org/000000-ada5bca", "示例市甲区政务服务管理局", "/offices/000000-ada5bca9"),
        ("/code/theme/approval-handlin", "审批服务事项集中办理", "/code/theme/approval-handling"),
    ],
)
def test_the_nearest_are_told_to_programs_and_linked_on_the_page(
    service: Service, path: str, name: str, page: str
) -> None:
    answer = service.ask(path, accept="application/json")
    assert answer.status_code == 404
    told = answer.json()
    assert told["nearest"][0] == name
    assert told["pages"][0] == page
    shown = service.ask(f"/en{path}", accept="text/html")
    assert shown.status_code == 404
    if not path.startswith("/api/"):
        assert f'<a href="/en{page}">' in shown.text
    assert service.ask(page, accept="text/html").status_code == 200


@pytest.mark.parametrize("path", ["/offices/zzzzqqqq", "/doc/obs/xx/yy", "/doc/nothing"])
def test_what_is_like_nothing_has_no_nearest(service: Service, path: str) -> None:
    answer = service.ask(path, accept="application/json")
    assert answer.status_code == 404
    assert "nearest" not in answer.json()
