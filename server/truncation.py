"""How an answer says that it was cut at the limit of rows: in a header, a link, and in JSON itself.

An answer that is sent while it is made has its headers behind it when it is cut; JSON tells it at its end.
"""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlencode

from store.media_types import SPARQL_JSON

Headers = list[tuple[bytes, bytes]]
TRUNCATED = b"guanlian-truncated"
#: A next page that cannot be written in a URL of usual length is not linked.
LONGEST_LINK = 4000


def next_page(path: str, query_string: bytes, query: str, rows: int) -> str | None:
    """Where the rows after the first so many are: the same query, further on. A query that was cut has no
    LIMIT or OFFSET of its own, which lets one be written behind it."""
    others = [
        (name, value)
        for name, value in parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)
        if name != "query"
    ]
    link = f"{path}?" + urlencode([("query", f"{query}\nOFFSET {rows}"), *others])
    return link if len(link) <= LONGEST_LINK else None


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
