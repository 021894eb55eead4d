"""The tally of a reading: what was read is told from what was not, and nothing vanishes between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.facts import DocumentFacts, Kind, Span
from ingest.facts_json import from_json, to_json
from ingest.narrative.forms import LAYOUTS, form_of
from ingest.reading.document import Cell, Document, Table
from ingest.reading.files import read_file
from ingest.reading.text import text_document
from ingest.tally import Stretches, tally_reading
from tests.conftest import SAMPLES

SAMPLE = SAMPLES / "shili-jiaqu-zhengwu-2021.txt"
STRANGE = "另有神秘款项若干合123.45万元被提及。"


def sample_with(words: str, before: str) -> DocumentFacts:
    text = read_file(SAMPLE).text
    assert before in text
    return extract(text_document("a.txt", text.replace(before, f"{words}\n{before}", 1)))


@pytest.fixture(scope="module")
def sample() -> DocumentFacts:
    return extract(read_file(SAMPLE))


def test_everything_of_a_sample_is_read(sample: DocumentFacts) -> None:
    reading = sample.reading
    assert reading.form == "final-accounts/numbered"
    assert reading.clauses_read == reading.clauses > reading.amount_clauses > 50
    assert reading.amount_clauses_read == reading.amount_clauses
    assert (reading.tables, reading.tables_read) == (1, 1)
    assert reading.figures_read == reading.figures > 5


def test_clause_that_no_template_reads_lowers_the_share(sample: DocumentFacts) -> None:
    reading = sample_with(STRANGE, "四、其他").reading
    assert reading.clauses == sample.reading.clauses + 1
    assert reading.clauses_read == sample.reading.clauses_read
    assert reading.amount_clauses == sample.reading.amount_clauses + 1
    assert reading.amount_clauses_read == sample.reading.amount_clauses_read


def test_amount_where_none_is_looked_for_is_unread_too(sample: DocumentFacts) -> None:
    facts = extract(text_document("a.txt", f"{STRANGE}\n{read_file(SAMPLE).text}"))
    found = [unread for unread in facts.unread if unread.span.quote == STRANGE[:-1]]
    assert [unread.section for unread in found] == ["front"]
    assert facts.reading.amount_clauses == sample.reading.amount_clauses + 1
    assert facts.reading.amount_clauses_read == sample.reading.amount_clauses_read


def with_table(*rows: tuple[str, ...]) -> Document:
    """The sample with a table at its end that nothing reads."""
    text = read_file(SAMPLE).text.rstrip("\n") + "\n"
    start, cells = len(text), []
    for row in rows:
        places = []
        for column, words in enumerate(row):
            places.append(Cell(len(text) + 1, len(text) + 1 + len(words), column))
            text += f"\t{words}"
        text += "\n"
        cells.append(tuple(places))
    document = read_file(SAMPLE)
    table = Table(start, len(text), tuple(cells))
    return replace(document, text=text, tables=(*document.tables, table))


def test_table_that_nothing_reads_is_listed_by_its_first_row() -> None:
    document = with_table(("项目", "金额"), ("甲类支出", "1,234.50"), ("乙类支出", "0.00"))
    reading = extract(document).reading
    assert (reading.tables, reading.tables_read) == (2, 1)
    assert ["".join(span.quote.split()) for span in reading.unread_tables] == ["项目金额"]
    assert reading.unread_figures == ()


def test_codes_and_numbers_of_rows_are_no_figures_of_a_table() -> None:
    document = with_table(("科目编码", "行次"), ("2010301", "12"))
    assert extract(document).reading.tables == 1


def test_amounts_of_sentences_in_a_table_are_unread_clauses(sample: DocumentFacts) -> None:
    """A text with odd indents may be taken for a table; its sentences must not vanish in it."""
    facts = extract(with_table(("说明", f"本年{STRANGE}")))
    assert [one.section for one in facts.unread if "神秘" in one.span.quote] == ["table"]
    assert facts.reading.amount_clauses == sample.reading.amount_clauses + 1


def test_figures_that_were_understood_are_read_even_without_a_fact() -> None:
    document = with_table(("项目", "金额"), ("甲类支出", "1,234.50"), ("乙类支出", "0.00"))
    facts = extract(document)
    start = document.text.index("1,234.50")
    reading = tally_reading(document, facts, [], [Span(start, start + 8, "1,234.50")])
    assert reading.tables_read == facts.reading.tables_read + 1
    assert [span.quote for span in reading.unread_figures][-1] == "0.00"


def test_figure_of_a_self_evaluation_that_was_not_read_is_listed() -> None:
    document = read_file(SAMPLE)
    facts = extract(document)
    (project,) = facts.performance.projects[:1]
    blind = replace(project, initial_budget=None, adjusted_budget=None, executed=None)
    others = facts.performance.projects[1:]
    performance = replace(facts.performance, projects=(blind, *others))
    reading = tally_reading(document, replace(facts, performance=performance), [])
    assert reading.tables_read == facts.reading.tables_read
    assert len(reading.unread_figures) > len(facts.reading.unread_figures)


def test_remarks_of_the_reader_are_told() -> None:
    remarks = ("page 3: a picture without text, not read",)
    assert extract(replace(read_file(SAMPLE), remarks=remarks)).reading.remarks == remarks


def test_facts_written_before_there_was_a_tally_are_still_read(sample: DocumentFacts) -> None:
    written = to_json(sample)
    del written["reading"]
    assert from_json(written).reading.clauses == 0
    assert from_json(to_json(sample)) == sample


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_layout_has_its_example(layout: object) -> None:
    assert layout in LAYOUTS
    (found,) = [one for one in LAYOUTS if one is layout]
    assert found.mark.search(found.example)


FORMS = {
    "final-accounts/nine-tables": "收入支出决算总表\n收入决算表\n支出决算表\n财政拨款收入支出决算总表\n",
    "budget/budget-tables": "部门收支总表\n部门收入总表\n部门支出总表\n财政拨款收支总表\n一、\n二、",
    "budget/parts": "第一部分 单位概况\n第二部分 预算安排\n一、收入\n二、支出",
    "three-public/numbered": "一、出国费\n二、接待费",
    "budget/free": "本年安排5万元。",
}


@pytest.mark.parametrize(("form", "text"), FORMS.items())
def test_form_is_told_by_kind_and_layout(form: str, text: str) -> None:
    kind = cast(Kind, form.partition("/")[0])
    assert form_of(kind, text) == form


PAIRS = st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda pair: (pair[0], sum(pair)))


@given(st.lists(PAIRS, max_size=8), PAIRS)
def test_stretches_touch_what_shares_a_character(
    stretches: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    wanted = any({*range(*one)} & {*range(*asked)} for one in stretches)
    assert Stretches.of(Span(start, end, "") for start, end in stretches).touch(*asked) == wanted


def test_text_of_the_samples_leaves_no_amount_uncounted(samples: Path) -> None:
    for path in sorted(samples.glob("*.txt")):
        reading = extract(read_file(path)).reading
        assert reading.amount_clauses_read == reading.amount_clauses > 50, path.name
