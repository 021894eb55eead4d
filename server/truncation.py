"""How an answer says that it was cut at the limit of rows: in a header, a link, and in JSON itself.

An answer that is sent while it is made has its headers behind it when it is cut; JSON tells it at its end.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode

from server.query_operation import QueryOperation
from store.media_types import SPARQL_JSON
from store.sparql_tokens import tokens

Headers = list[tuple[bytes, bytes]]
TRUNCATED = b"guanlian-truncated"
#: A next page that cannot be written in a URL of usual length is not linked.
LONGEST_LINK = 4000


def next_page(path: str, operation: QueryOperation, rows: int) -> str | None:
    """Where the rows after the first so many are: the same operation by GET, further on."""
    if len(operation.query) > LONGEST_LINK:
        return None
    link = f"{path}?" + urlencode(
        [("query", further(operation.query, rows)), *other_parameters(operation)]
    )
    return link if len(link) <= LONGEST_LINK else None


def further(query: str, rows: int) -> str:
    """A query that was cut, from where it was cut. It has no LIMIT of its own, so OFFSET ends it, if anything
    does.

    >>> further("SELECT * { ?s ?p ?o } OFFSET 5 # from the sixth", 10)
    'SELECT * { ?s ?p ?o } OFFSET 15'
    """
    found = [*tokens(query)][-2:]
    if len(found) == 2 and found[0].is_word("OFFSET"):
        return f"{query[: found[0].start]}OFFSET {int(found[1].text) + rows}"
    return f"{query}\nOFFSET {rows}"


def other_parameters(operation: QueryOperation) -> list[tuple[str, str]]:
    """What an operation says besides its query, as parameters."""
    parameters: list[tuple[str, str]] = []
    if operation.dataset is not None:
        parameters += [("default-graph-uri", iri) for iri in operation.dataset.default_graphs]
        parameters += [("named-graph-uri", iri) for iri in operation.dataset.named_graphs]
    if operation.answer_as is not None and operation.answer_as.solutions is not None:
        parameters.append(("format", operation.answer_as.solutions))
    if operation.timeout_seconds is not None:
        parameters.append(("timeout", f"{operation.timeout_seconds:g}"))
    return parameters


def truncation_headers(rows: int, link: str | None) -> Headers:
    """The header that tells of the cut, and the link to the next page."""
    told = [(TRUNCATED, f"rows={rows}".encode("ascii"))]
    return told + ([(b"link", f'<{link}>; rel="next"'.encode("ascii"))] if link else [])


def with_truncation(media_type: str, end: bytes, rows: int, link: str | None) -> bytes:
    """The end of an answer; in SPARQL JSON with a member `truncated` (the format lets members be added)."""
    if media_type != SPARQL_JSON or not end.endswith(b"}"):
        return end
    told = json.dumps({"rows": rows, "next": link}).encode("ascii")
    return end[:-1] + b',"truncated":' + told + b"}"
