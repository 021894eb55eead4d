"""How an anomaly names the facts that it is about, and the labels that its explanation uses."""

from __future__ import annotations

from ingest.facts import Comparison, Observation, ObservationKey
from ontology.classes import economic_classes, function_classes
from ontology.codes import code_list

BASELINE_LABEL = {
    "previous-final": "上年决算数",
    "initial-budget": "年初预算数",
    "adjusted-budget": "调整预算数",
    "previous-budget": "上年预算数",
}


def key_of(key: ObservationKey) -> str:
    """`fund.flow.item.year.phase`."""
    return ".".join(key)


def comparison_key(observation: Observation, comparison: Comparison) -> str:
    """The key of the observation with `~baseline`."""
    return f"{key_of(observation.key)}~{comparison.baseline}"


def label_of(item: str) -> str:
    """The Chinese label of an item, for people."""
    kind, _, code = item.partition(":")
    if kind == "func" and code in function_classes():
        return function_classes()[code].name
    if kind == "econ" and code in economic_classes():
        return economic_classes()[code].name
    concept = code_list("item").get(item) or code_list("count-item").get(item)
    return concept.label_zh if concept else item
