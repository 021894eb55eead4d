"""The update operation of the SPARQL 1.1 Protocol, as it stands in a request (section 2.2)."""

from __future__ import annotations

from dataclasses import dataclass

from server.query_operation import (
    FORM,
    Parameters,
    bad_request,
    graph_iris,
    media_type,
    query_parameters,
    refuse_other_characters,
    the_only,
    unsupported_media_type,
    utf8,
)
from store.graph import DatasetSelection

DIRECT = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class UpdateOperation:
    """An update, and the dataset that its patterns are to use if the request names one."""

    update: str
    using: DatasetSelection | None


def carries_update(content_type: str | None, body: bytes) -> bool:
    """Whether a POST to a path that takes queries too means an update."""
    kind = media_type(content_type)
    if kind == FORM:
        return any(part.startswith(b"update=") for part in body.split(b"&"))
    return kind == DIRECT


def read_update_operation(
    query_string: bytes, content_type: str | None, body: bytes
) -> UpdateOperation:
    """The update operation of a POST, as a form (2.2.1) or directly (2.2.2).

    Raises:
        Problem: 415 for another content type or character set, 400 for parameters that say no one
            update.
    """
    parameters = query_parameters(query_string)
    kind = media_type(content_type)
    if kind not in (FORM, DIRECT):
        raise unsupported_media_type("An update", (FORM, DIRECT), kind)
    refuse_other_characters(content_type)
    parameters += query_parameters(body) if kind == FORM else [("update", utf8(body))]
    if any(name == "query" for name, _ in parameters):
        raise bad_request("A query is no update: it is sent as query to the query path.")
    return UpdateOperation(the_only("update", parameters), using_selection(parameters))


def using_selection(parameters: Parameters) -> DatasetSelection | None:
    """The dataset of `using-graph-uri` and `using-named-graph-uri` (2.2.3), None without them."""
    default = graph_iris("using-graph-uri", parameters)
    named = graph_iris("using-named-graph-uri", parameters)
    return DatasetSelection(default, named) if default or named else None
