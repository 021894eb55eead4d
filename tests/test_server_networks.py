"""`/api/graph/…` over a real release: forms, parameters, problems, and its description."""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import quote

import networkx
import pytest

from guanlian.ingestion import Ingestion
from server.network_formats import MEDIA_TYPES
from server.settings import Settings
from store.releases import DataFolder
from tests.conftest import SAMPLES
from tests.networked import CIVIL_AFFAIRS, SERVICES
from tests.serving import Service, running

BOTH = f"from={CIVIL_AFFAIRS}&to={SERVICES}"
OPERATIONS = {
    "bipartite": "",
    "neighbours": "neighbours=3",
    "similar": f"office={SERVICES}&limit=2",
    "sisters": "threshold=0.3",
    "themes": "limit=5",
    "communities": "seed=2&resolution=1.5",
    "neighbourhood": f"thing={CIVIL_AFFAIRS}&depth=2&most=30",
    "path": f"{BOTH}&limit=2",
}
GRAPHML, NODE_LINK = "application/graphml+xml", "application/vnd.networkx.node-link+json"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("networks")
    Ingestion(sorted(SAMPLES.glob("*.txt")), folder).run()
    with running(Settings(data=folder)) as service:
        yield service


def address(operation: str, parameters: str = "") -> str:
    return f"/api/graph/{operation}?" + quote(parameters, safe="=&/:")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_answer_names_method_parameters_and_release(service: Service, operation: str) -> None:
    response = service.ask(address(operation, OPERATIONS[operation]))
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    account = response.json()["account"]
    release = DataFolder(service.app.state.settings.data).current_id()
    assert account["release"] == release
    assert account["method"]
    for parameter in filter(None, OPERATIONS[operation].split("&")):
        name, _, value = parameter.partition("=")
        if value.replace(".", "").isdigit():
            assert account["parameters"][name] == float(value)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("by_parameter", [True, False])
def test_network_comes_as_graphml_and_as_node_link(
    service: Service, operation: str, by_parameter: bool
) -> None:
    form, accept = ("&format=%s", None) if by_parameter else ("", "%s")
    parameters = OPERATIONS[operation] + form
    graphml = service.ask(
        address(operation, parameters % "graphml" if form else parameters),
        accept=accept and accept % GRAPHML,
    )
    node_link = service.ask(
        address(operation, parameters % "node-link" if form else parameters),
        accept=accept and accept % NODE_LINK,
    )
    assert graphml.headers["content-type"] == GRAPHML
    assert node_link.headers["content-type"] == NODE_LINK
    one = networkx.read_graphml(io.BytesIO(graphml.content))
    other = networkx.node_link_graph(node_link.json(), edges="links")
    assert {*one.nodes} == {*other.nodes}
    assert one.number_of_edges() == other.number_of_edges()


def test_browser_gets_json(service: Service) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = service.ask(address("themes"), accept=accept)
    assert response.headers["content-type"] == "application/json"


def test_form_that_is_not_offered_is_406(service: Service) -> None:
    response = service.ask(address("themes"), accept="image/png")
    assert (response.status_code, response.json()["offered"]) == (406, [*MEDIA_TYPES])


@pytest.mark.parametrize(
    ("operation", "parameters", "nearest"),
    [
        ("similar", "office=示例市乙区民政", CIVIL_AFFAIRS),
        ("neighbourhood", "thing=政务服务培训", "政务服务业务培训"),
        ("path", f"from=示例市乙区民政&to={SERVICES}", CIVIL_AFFAIRS),
    ],
)
def test_unknown_name_is_404_with_the_nearest(
    service: Service, operation: str, parameters: str, nearest: str
) -> None:
    response = service.ask(address(operation, parameters))
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert nearest in response.json()["nearest"]
    assert nearest in response.json()["detail"]


def test_ambiguous_name_is_409_with_the_candidates(service: Service) -> None:
    response = service.ask(address("similar", "office=政务服务管理办公室"))
    assert response.status_code == 409
    assert len(response.json()["candidates"]) > 1


@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("similar", ""),
        ("similar", f"office={SERVICES}&limit=0"),
        ("neighbours", "neighbours=1000"),
        ("sisters", "threshold=nan"),
        ("sisters", "threshold=1.01"),
        ("communities", "resolution=0"),
        ("communities", "seed=-1"),
        ("neighbourhood", f"thing={SERVICES}&depth=3"),
        ("neighbourhood", "thing="),
        ("path", f"from={SERVICES}"),
        ("themes", "format=gexf"),
    ],
)
def test_parameter_that_makes_no_sense_is_400(
    service: Service, operation: str, parameters: str
) -> None:
    response = service.ask(address(operation, parameters))
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


def test_unchanged_answer_is_304(service: Service) -> None:
    first = service.ask(address("communities"))
    again = service.ask(address("communities"), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_operation_and_parameter_is_described(service: Service) -> None:
    paths = service.ask("/openapi.json").json()["paths"]
    for operation in OPERATIONS:
        described = paths[f"/api/graph/{operation}"]["get"]
        assert described["summary"] and described["description"]
        assert {*described["responses"]["200"]["content"]} >= {*MEDIA_TYPES}
        assert {"400", "404", "406", "409"} <= {*described["responses"]}
        for parameter in described["parameters"]:
            assert parameter["description"], parameter
