"""Extraction: the samples are read as their gold says, whatever the encoding; offsets give back quotes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import jsonschema
import pytest

from ingest.checks import check
from ingest.extract import extract
from ingest.facts import DocumentFacts, Span
from ingest.facts_json import from_json, schema, to_json
from ingest.reading.document import Document
from ingest.reading.files import read_file
from ingest.reading.text import text_document
from tests.conftest import SAMPLES
from tests.scoring import families

NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))
REAL = ("kaizhou-2020", "jiangjin-2023")


def read_sample(name: str) -> tuple[Document, DocumentFacts]:
    return read_facts(SAMPLES / f"{name}.txt")


def read_facts(path: Path) -> tuple[Document, DocumentFacts]:
    document = read_file(path)
    facts = extract(document)
    return document, facts.with_anomalies(check(document, facts))


def spans_in(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_read_as_its_gold_says(name: str) -> None:
    gold = json.loads((SAMPLES / "gold" / f"{name}.json").read_text("utf-8"))
    _, facts = read_sample(name)
    read = families(to_json(facts))
    for family, wanted in families(gold).items():
        assert read[family] == wanted, family


@pytest.mark.parametrize("name", NAMES)
def test_every_span_gives_back_its_quote(name: str) -> None:
    document, facts = read_sample(name)
    spans = [*spans_in(facts)]
    assert len(spans) > 150
    assert all(document.text[span.start : span.end] == span.quote for span in spans)
    assert all(span.quote for span in spans)


@pytest.mark.parametrize("name", NAMES)
def test_facts_survive_their_json_form(name: str) -> None:
    _, facts = read_sample(name)
    written = json.loads(json.dumps(to_json(facts), ensure_ascii=False))
    assert from_json(written) == facts
    jsonschema.validate(written, schema())


@pytest.mark.parametrize("name", NAMES)
def test_extraction_is_deterministic(name: str) -> None:
    assert read_sample(name) == read_sample(name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_facts_do_not_depend_on_the_encoding(encoding: str, tmp_path: Path) -> None:
    source = SAMPLES / f"{NAMES[0]}.txt"
    copy = tmp_path / source.name
    copy.write_bytes(read_file(source).text.replace("\n", "\r\n").encode(encoding))
    (copied, facts), (document, expected) = read_facts(copy), read_facts(source)
    assert (copied.text, facts) == (document.text, expected)


def test_contact_persons_of_the_samples_are_in_no_fact() -> None:
    document, facts = read_sample("shili-yiqu-minzheng-2020")
    published = (SAMPLES / "shili-yiqu-minzheng-2020.txt").read_text("utf-8")
    assert "张某某" in published
    assert len(document.text) == len(published)
    assert "张某某" not in document.text
    assert "12345678" not in document.text
    assert "张某某" not in json.dumps(to_json(facts), ensure_ascii=False)


def test_a_clause_with_a_figure_that_no_template_reads_is_listed() -> None:
    source = SAMPLES / f"{NAMES[0]}.txt"
    strange = "另有神秘款项若干合123.45万元被提及。"
    text = read_file(source).text.replace("四、其他", f"{strange}\n四、其他", 1)
    facts = extract(text_document("a.txt", text))
    assert [unread.span.quote for unread in facts.unread if "神秘" in unread.span.quote] == [
        strange[:-1]
    ]


@pytest.mark.parametrize("name", REAL)
def test_every_span_of_a_real_document_gives_back_its_quote(name: str, corpus: Path) -> None:
    path = corpus / "chongqing" / f"{name}.txt"
    _, facts = read_facts(path)
    published = path.read_text("utf-8")
    assert all(published[span.start : span.end] == span.quote for span in spans_in(facts))


def test_real_documents_are_read_at_f1_of_098_in_every_family(corpus: Path, tmp_path: Path) -> None:
    scorer = corpus.parent / "tools" / "score_facts.py"
    if not scorer.is_file():
        pytest.skip(f"the scorer is not at {scorer}")
    for name in REAL:
        _, facts = read_facts(corpus / "chongqing" / f"{name}.txt")
        (tmp_path / f"{name}.json").write_text(
            json.dumps(to_json(facts), ensure_ascii=False), "utf-8"
        )
    command = [sys.executable, str(scorer), str(corpus / "chongqing" / "gold"), str(tmp_path)]
    lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    scores = {line.split()[0]: float(line.split(" F1 ")[1].split()[0]) for line in lines}
    assert len(scores) == 13
    assert {family: score for family, score in scores.items() if score < 0.98} == {}
