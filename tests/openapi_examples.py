"""The examples of the OpenAPI document: requests to the application over the samples, with its answers.

`python -m tests.openapi_examples` (`just examples`) writes them anew; `tests/test_openapi.py` holds them
against the schemas and against what the application answers now.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from guanlian.ingestion import Ingestion
from guanlian.samples import sample_documents
from queries.catalogue import Catalogue
from server.openapi.document import EXAMPLES, JSON, Document, operations
from server.settings import Settings
from tests.serving import Service, running

Parameters = Mapping[str, str | int | list[str]]
#: Most entries of a list in an answer that is shown.
SHOWN = 2
ROWS = {"limit": 2}
OFFICE, OTHER = "示例市甲区政务服务管理局", "示例市乙区大数据发展局"
#: The parameters of what is no question of the library; those have their own examples.
ASKED: Mapping[str, Parameters] = {
    "/compare": {"office": [OFFICE, OTHER]},
    "/api/offices": {"name": "示例市", **ROWS},
    "/api/offices/{office_id}": {"office_id": "000000-ada5bca9"},
    "/documents/{document_id}/facts.json": {"document_id": "23e1f8cdf80957ee"},
    "/api/flows": {"office": OFFICE, "year": "2022"},
    "/api/audit": {"office": OFFICE, **ROWS},
    "/api/concepts": {"q": "教育", **ROWS},
    "/api/search": {"q": "政务服务", "kind": ["function"], "size": 1},
    "/api/graph/similar": {"office": OFFICE, **ROWS},
    "/api/graph/sisters": {"threshold": "0.3"},
    "/api/graph/themes": ROWS,
    "/api/graph/neighbourhood": {"thing": OFFICE, "most": 4},
    "/api/graph/path": {"from": OFFICE, "to": OTHER, "limit": 1},
    "/api/explore/neighbours": {"node": OFFICE, "relation": "purpose", **ROWS},
    "/api/explore/selection": {"node": [OFFICE, "theme:training"]},
    "/api/explore/things": {"iri": ["https://w3id.org/guanlian/code/theme/training"]},
    "/api/explore/path": {"from": OFFICE, "to": OTHER, "limit": 1, "kind": ["theme"]},
    "/api/explore/evidence": {"source": OFFICE, "target": "theme:training", "relation": "purpose"},
    "/api/explore/network": {"map": "themes"},
}


def asked_parameters(path: str) -> Parameters:
    """The parameters of the example of a path."""
    name = path.removeprefix("/queries/")
    if path.startswith("/queries/"):
        return {**Catalogue.load()[name].definition.example, **ROWS}
    return ASKED.get(path, {})


def address(path: str, parameters: Parameters) -> str:
    """The path with the parameters in it and behind it."""
    inside = {name: value for name, value in parameters.items() if f"{{{name}}}" in path}
    for name, value in inside.items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe="/"))
    behind = {name: value for name, value in parameters.items() if name not in inside}
    return f"{path}?{urlencode(behind, doseq=True)}" if behind else path


def json_operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """The operations that answer JSON that is not a SPARQL result or RDF."""
    for path, method, operation in operations(document):
        content = operation["responses"].get("200", {}).get("content", {})
        if JSON in content and "sparql" not in operation["tags"]:
            yield path, method, operation


def shortened(value: Any) -> Any:
    """A value whose lists are cut."""
    if isinstance(value, dict):
        return {name: shortened(part) for name, part in value.items()}
    return [shortened(part) for part in value[:SHOWN]] if isinstance(value, list) else value


def made_examples(service: Service) -> dict[str, Any]:
    """Every example by method and path."""
    made = {}
    for path, method, _ in json_operations(service.ask("/openapi.json").json()):
        parameters = asked_parameters(path)
        response = service.ask(address(path, parameters), accept=JSON)
        assert response.status_code == 200, f"{path}: {response.text}"
        made[f"{method} {path}"] = {"parameters": parameters, "answer": shortened(response.json())}
    return made


def main() -> None:
    """Write the examples anew."""
    with tempfile.TemporaryDirectory() as folder:
        Ingestion(sample_documents(), Path(folder)).run()
        with running(Settings(data=Path(folder), workers=1)) as service:
            made = made_examples(service)
    text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True)
    EXAMPLES.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
