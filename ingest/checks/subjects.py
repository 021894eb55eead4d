"""How an anomaly names the facts that it is about, and the labels that its explanation uses."""

from __future__ import annotations

from functools import cache

from ingest.bilingual import Bilingual
from ingest.checks.phrases import CODE_WITHOUT_ENGLISH, QUOTED_ROW, WITH_FLOW
from ingest.facts import Comparison, Observation, ObservationKey
from ontology.classes import BudgetClass, economic_classes, function_classes
from ontology.codes import code_list


def key_of(key: ObservationKey) -> str:
    """`fund.flow.item.year.phase`."""
    return ".".join(key)


def comparison_key(observation: Observation, comparison: Comparison) -> str:
    """The key of the observation with `~baseline`."""
    return f"{key_of(observation.key)}~{comparison.baseline}"


def label_of(item: str) -> Bilingual:
    """The label of an item, for people; a class that has no English name is called by its code."""
    kind, _, code = item.partition(":")
    classes = {"func": function_classes, "econ": economic_classes}.get(kind, dict)()
    if code in classes:
        return label_of_class(classes[code])
    concept = code_list("item").get(item) or code_list("count-item").get(item)
    return Bilingual(concept.label_zh, concept.label_en) if concept else Bilingual.alike(item)


def label_of_class(one: BudgetClass) -> Bilingual:
    if one.label_en:
        return Bilingual(one.name, one.label_en)
    return CODE_WITHOUT_ENGLISH(code=one.code, name=one.name)


def label_of_row(label: str, item: str) -> Bilingual:
    """The printed label of a row; in English that of its item, where it has one."""
    if not item:
        return QUOTED_ROW(row=label)
    known = label_of(item)
    return Bilingual(label or known.zh, known.en)


def label_of_point(key: ObservationKey, beside: ObservationKey) -> Bilingual:
    """The label of a part beside its whole: with its flow where they differ in it."""
    if key.flow == beside.flow:
        return label_of(key.item)
    flow = label_in("flow", key.flow)
    is_whole_flow = key.item == "total" and key.flow not in ("income", "expenditure")
    return flow if is_whole_flow else WITH_FLOW(flow=flow, item=label_of(key.item))


def baseline_label(baseline: str) -> Bilingual:
    """What a comparison is made with: 上年决算数."""
    return label_in("baseline", baseline)


def label_in(code_list_name: str, notation: str) -> Bilingual:
    """The label of a concept within an English sentence."""
    concept = code_list(code_list_name)[notation]
    return Bilingual(concept.label_zh, concept.label_en[:1].lower() + concept.label_en[1:])


def unit_label(unit: str) -> Bilingual:
    """A printed unit with its English name; one that is in no list is quoted."""
    english = english_units().get(unit)
    return Bilingual(unit, english) if english else Bilingual.quoted(unit)


@cache
def english_units() -> dict[str, str]:
    return {one.label_zh: one.label_en for one in code_list("unit").values()} | {"%": "%"}
