"""What the nodes of a diagram of flows are called, also those that are no thing of the graph."""

from __future__ import annotations

from collections.abc import Mapping

from server.labels import Labels
from server.office_flow_diagram import Node

#: By kind and stage, in Chinese and English; without a stage for all that are not listed.
NAMES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("unbroken", "income"): ("收入未细分", "Income not broken down"),
    ("unbroken", "expenditure"): ("支出未细分", "Spending not broken down"),
    ("unbroken", "project"): ("项目支出未细分", "Project spending not broken down"),
    ("unbroken", "nature"): ("未分基本与项目", "Basic or project not told"),
    ("unbroken", ""): ("未细分", "Not broken down"),
    ("excess", "income"): ("各项收入超出合计", "Sources exceed the total"),
    ("excess", "expenditure"): ("各类支出超出合计", "Classes exceed the total"),
    ("excess", "project"): ("各项目超出合计", "Projects exceed the total"),
    ("excess", ""): ("分项超出合计", "Parts exceed the total"),
    ("rounding", ""): ("舍入差", "Rounding"),
    ("balance", "left"): ("去向未说明", "Use not stated"),
    ("balance", "short"): ("来源未说明", "Source not stated"),
    ("unsplit", "expenditure"): ("各类支出合计", "Spending of all classes"),
}


def node_name(node: Node, names: Mapping[str, str], labels: Labels) -> str:
    """The name of a node in the language of the labels; `names` are those of offices and projects by IRI."""
    if node.kind in ("office", "project", "concept"):
        iri = node.iri or ""
        return names.get(iri) or labels.of(iri)
    if node.kind == "negative":
        iri = node.iri or ""
        name = names.get(iri) or labels.of(iri)
        return f"{name}（负数）" if labels.language == "zh" else f"{name} (below zero)"
    told = NAMES.get((node.kind, node.stage)) or NAMES[node.kind, ""]
    return told[0 if labels.language == "zh" else 1]
