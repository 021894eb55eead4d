"""The samples that are no text files: a PDF and a DOCX file with the tables of the national template."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ingest.evaluation.evaluating import evaluate
from ingest.facts import DocumentFacts
from ingest.facts_json import to_json
from ingest.pipeline import read_facts
from tests.conftest import SAMPLES

PDF = "shili-beijing-wenlv-2020.pdf"
DOCX = "shili-linxi-shichangjianguan-2021.docx"


def facts_of(name: str) -> DocumentFacts:
    return read_facts(SAMPLES / name)[1]


def gold_of(name: str) -> dict[str, Any]:
    text = (SAMPLES / "gold" / name).with_suffix(".json").read_text("utf-8")
    return dict(json.loads(text))


@pytest.mark.parametrize("name", [PDF, DOCX])
def test_facts_are_those_of_the_gold(name: str) -> None:
    scores = evaluate(gold_of(name), to_json(facts_of(name)))
    wrong = {family: score for family, score in scores.items() if score.missed or score.invented}
    assert not wrong
    assert scores["values"].found > 120


def test_a_correct_document_raises_no_error() -> None:
    assert not [one for one in facts_of(DOCX).anomalies if one.severity == "error"]


def test_every_amount_of_a_pdf_says_where_it_stands_on_its_page() -> None:
    facts = facts_of(PDF)
    spans = [mention.span for one in facts.amounts for mention in one.mentions]
    boxes = [box for span in spans for box in span.boxes]
    assert all(span.boxes for span in spans)
    assert {1 <= box.page <= facts.pages for box in boxes} == {True}
    assert all(box.left < box.right and box.top < box.bottom for box in boxes)


def test_points_of_text_and_tables_are_one_observation_with_both_mentions() -> None:
    facts = facts_of(DOCX)
    sections = [{mention.section for mention in one.mentions} for one in facts.amounts]
    assert any({"table-general", "general"} <= stated for stated in sections)
    assert len({one.key for one in facts.amounts}) == len(facts.amounts)
