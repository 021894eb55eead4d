"""How an answer says that it was cut at the limit of rows: in a header, a link, and in JSON itself.

An answer that is sent while it is made has its headers behind it when it is cut; JSON tells it at its end.
"""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urlencode

from server.query_operation import QueryOperation, written_parameters
from store.media_types import SPARQL_JSON
from store.sparql_tokens import Token, tokens

Headers = list[tuple[bytes, bytes]]
TRUNCATED = b"guanlian-truncated"
#: A next page that cannot be written in a URL of usual length is not linked.
LONGEST_LINK = 4000


def next_page(path: str, operation: QueryOperation, rows: int) -> str | None:
    """Where the rows after the first so many are: the same operation, further on, however it was sent. A
    query that was cut has no LIMIT of its own, which lets an OFFSET be written at its end."""
    further = replace(operation, query=further_on(operation.query, rows))
    link = f"{path}?{urlencode(written_parameters(further))}"
    return link if len(link) <= LONGEST_LINK else None


def further_on(query: str, rows: int) -> str:
    """The query without its first so many rows; an OFFSET that it ends with grows by as many.

    >>> further_on("SELECT * { ?s ?p ?o } OFFSET 5 # more", 5)
    'SELECT * { ?s ?p ?o } OFFSET 10 # more'
    """
    *_, before, last = [Token("sign", "", 0), *tokens(query)]
    if not (before.is_word("OFFSET") and last.kind == "number"):
        return f"{query}\nOFFSET {rows}"
    return f"{query[: last.start]}{int(last.text) + rows}{query[last.end :]}"


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
