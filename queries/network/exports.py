"""Networks as files that other programs read: GraphML (Gephi, yEd, igraph) and node-link JSON (D3)."""

from __future__ import annotations

import re
from typing import Any

import networkx

from queries.network.account import Account

# What XML 1.0 cannot hold, whatever a document printed (section 2.2, Char).
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LISTED = "；"


def to_graphml(graph: networkx.Graph[str], account: Account) -> str:
    """The graph as GraphML with typed attributes; lists become one text, and what is absent is left
    out. The account stands in the attributes of the graph."""
    plain = plain_graph(graph, account)
    return "\n".join(
        [
            "<?xml version='1.0' encoding='utf-8'?>",
            *networkx.generate_graphml(plain, named_key_ids=True),
        ]
    )


def to_node_link(graph: networkx.Graph[str], account: Account) -> dict[str, Any]:
    """The graph as node-link data (`networkx.node_link_graph(data, edges="links")`)."""
    data: dict[str, Any] = networkx.node_link_data(plain_graph(graph, account), edges="links")
    return data


def plain_graph(graph: networkx.Graph[str], account: Account) -> networkx.Graph[str]:
    """A copy whose attributes are texts, numbers and truth values, with the account in it."""
    plain = graph.__class__()
    plain.graph.update(
        method=account.method,
        release=account.release,
        **{f"parameter_{name}": plain_value(value) for name, value in account.parameters.items()},
    )
    for node, about in graph.nodes(data=True):
        plain.add_node(clean(node), **plain_attributes(about))
    for one, other, about in graph.edges(data=True):
        plain.add_edge(clean(one), clean(other), **plain_attributes(about))
    return plain


def plain_attributes(attributes: dict[str, Any]) -> dict[str, str | int | float | bool]:
    return {
        name: plain_value(value) for name, value in attributes.items() if value not in (None, "")
    }


def plain_value(value: object) -> str | int | float | bool:
    if isinstance(value, int | float):
        return value
    if isinstance(value, tuple | list):
        return LISTED.join(clean(str(part)) for part in value)
    return clean(str(value))


def clean(text: str) -> str:
    """The text without characters that XML cannot hold.

    >>> clean("示例\\x0b市")
    '示例市'
    """
    return NO_XML.sub("", text)
