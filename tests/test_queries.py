"""The library of named queries, asked of a real store with the shipped samples."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad, Store

from ingest.checks import check
from ingest.extract import extract
from ingest.quads import make_quads
from ingest.reading.files import read_file
from ontology.namespaces import DEFAULT_BASE
from ontology.vocabulary import vocabulary_quads
from ontology.wording import wording_similarity
from queries.answering import answer, ask, with_base
from queries.catalogue import Catalogue
from queries.computed import FUNCTIONS
from queries.definitions import (
    Column,
    QueryDefinition,
    Words,
    definition_names,
    load_definition,
    read_definition,
)
from queries.errors import FrontMatterError, ParameterError, UnknownQueryError
from queries.parameters import Asking, read_parameters
from queries.subjects import NAMES, Subject
from queries.table import Table, Value, plain
from store.graph import Solutions
from store.memory import InProcessGraph
from tests.conftest import SAMPLES

DEFINITIONS = [load_definition(name) for name in definition_names()]
CATALOGUE = Catalogue.load()
PARAMETERS = [(d, name) for d in DEFINITIONS for name in d.parameters]
#: Parameters whose value stands in a column of every row; each of the others has its own test.
SHOWN_PARAMETERS = [
    (d, name)
    for d, name in PARAMETERS
    if d.parameters[name].variables in {(column.name,) for column in d.columns}
]
INJECTIONS = (
    '"} DROP ALL #',
    "> . ?s ?p ?o } #",
    "https://w3id.org/guanlian/id/org/x> ?p ?o . <x",
    "?office_iri",
    "' || '1'='1",
    '2022"^^xsd:gYear) (UNDEF',
    "} UNION { ?s ?p ?o",
    "\\u007D UNION \\u007B",
    "x\n} ; DELETE WHERE { ?s ?p ?o } #",
    '"@zh } FILTER(true) {',
    "\u201d\uff5d\u2028} UNION {",
    "\u202e} DROP ALL",
    "urn:x:\u0000> ?p ?o",
    "'; SELECT * WHERE { ?s ?p ?o } --",
    "${office_iri}",
    "<https://w3id.org/guanlian/id/org/x>",
)


def document_quads(paths: Iterable[Path], base: str) -> Iterator[Quad]:
    for path in paths:
        document = read_file(path)
        facts = extract(document)
        facts = facts.with_anomalies(check(document, facts))
        yield from make_quads(facts, document.text, base=base, program_version="0")


def graph_of(paths: Iterable[Path], base: str = DEFAULT_BASE) -> InProcessGraph:
    """A graph of some documents and the vocabulary."""
    store = Store()
    store.extend(vocabulary_quads(base))
    store.extend(document_quads(paths, base))
    return InProcessGraph(store)


@cache
def samples_graph() -> InProcessGraph:
    return graph_of(sorted(SAMPLES.glob("*.txt")))


def run(query: str, /, **parameters: str) -> list[dict[str, Value]]:
    return CATALOGUE[query].run(samples_graph(), parameters).records()


def needed_parameters(definition: QueryDefinition) -> dict[str, str]:
    """What the example of a question says of the parameters that it cannot be without."""
    return {
        name: definition.example[name]
        for name, parameter in definition.parameters.items()
        if not parameter.is_optional and parameter.default is None
    }


def identified(definition: QueryDefinition) -> str:
    return definition.name


# ---------------------------------------------------------------- the files of the library


@pytest.mark.parametrize("definition", DEFINITIONS, ids=identified)
def test_library_file_is_told_in_both_languages(definition: QueryDefinition) -> None:
    told = [definition.title, definition.description]
    told += [parameter.meaning for parameter in definition.parameters.values()]
    told += [column.meaning for column in definition.columns if column.meaning]
    for words in told:
        assert any("\u4e00" <= character <= "\u9fff" for character in words.zh), words
        assert words.en.isascii() or "万元" in words.en, words


@pytest.mark.parametrize("definition", DEFINITIONS, ids=identified)
def test_library_query_projects_its_columns_and_parameters(definition: QueryDefinition) -> None:
    solutions = samples_graph().query(with_base(definition.text, DEFAULT_BASE), maximum=1)
    assert isinstance(solutions, Solutions)
    computed = {column.name: set(column.arguments) for column in definition.computed}
    columns = {column.name for column in definition.columns}
    variables = {v for p in definition.parameters.values() for v in p.variables}
    made = {name for name, arguments in computed.items() if name not in arguments}
    assert set(solutions.variables) == (columns - made) | variables


@pytest.mark.parametrize("definition", DEFINITIONS, ids=identified)
def test_library_file_names_known_columns_and_functions(definition: QueryDefinition) -> None:
    names = [column.name for column in definition.columns]
    assert len(names) == len(set(names))
    for column in definition.computed:
        assert column.function in FUNCTIONS
        assert {column.name, *column.arguments} <= set(names)
    groups = [definition.keep.group] if definition.keep else []
    assert {name for group in groups for name in group} <= set(names)
    assert set(definition.example) <= set(definition.parameters)
    assert set(definition.expected) <= set(names)


@pytest.mark.parametrize(("definition", "name"), PARAMETERS)
def test_parameter_variables_occur_in_the_pattern(definition: QueryDefinition, name: str) -> None:
    pattern = definition.text.split("WHERE", maxsplit=1)[1]
    for variable in definition.parameters[name].variables:
        assert f"?{variable}" in pattern


def test_first_columns_are_those_that_are_promised() -> None:
    promised = {
        "function-themes": "office year ordinal clause theme cue status",
        "reason-causes": "office year item baseline direction reason cause top effect",
        "shared-functions": "theme office_a clause_a office_b clause_b similarity",
    }
    for name, columns in promised.items():
        table = CATALOGUE[name].run(samples_graph())
        assert table.to_csv().splitlines()[0] == columns.replace(" ", ",")


# ---------------------------------------------------------------- answers over the samples


@pytest.mark.parametrize("definition", DEFINITIONS, ids=identified)
def test_example_gives_what_the_file_expects(definition: QueryDefinition) -> None:
    table = CATALOGUE[definition.name].run(samples_graph(), definition.example)
    assert table.columns == definition.columns
    assert len(table) >= definition.expected_rows
    # Some questions ask for what should not be; the samples have none of it.
    assert bool(table.rows) is bool(definition.expected_rows)
    if not table.rows:
        return
    shown = [{key: str(plain(value)) for key, value in row.items()} for row in table.records()]
    assert any(definition.expected.items() <= row.items() for row in shown)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=identified)
def test_query_with_needed_parameters_answers_at_least_its_example(
    definition: QueryDefinition,
) -> None:
    needed = needed_parameters(definition) | {
        name: value
        for name, value in definition.example.items()
        if definition.parameters[name].default is not None
    }
    everything = CATALOGUE[definition.name].run(samples_graph(), needed)
    example = CATALOGUE[definition.name].run(samples_graph(), definition.example)
    assert len(everything) >= len(example)
    assert CATALOGUE[definition.name].run(samples_graph(), needed) == everything


WALKED = [definition for definition in DEFINITIONS if definition.walks]


@pytest.mark.parametrize("definition", WALKED, ids=identified)
def test_walk_gives_the_rows_of_the_query_asked_once(definition: QueryDefinition) -> None:
    walked = answer(samples_graph(), definition)
    at_once = answer(samples_graph(), replace(definition, walks=()))
    assert walked.records() == at_once.records()


@pytest.mark.parametrize("definition", WALKED, ids=identified)
@pytest.mark.parametrize(("offset", "size"), [(0, 1), (3, 7), (40, 1000)])
def test_page_is_a_part_of_the_whole(definition: QueryDefinition, offset: int, size: int) -> None:
    whole = answer(samples_graph(), definition)
    page = answer(samples_graph(), definition, offset=offset, maximum=size)
    assert page.rows == whole.rows[offset : offset + size]
    assert page.truncated is (len(whole) > offset + size)


@pytest.mark.parametrize("definition", [d for d in DEFINITIONS if d.keep], ids=identified)
def test_rows_of_a_group_stand_together(definition: QueryDefinition) -> None:
    """Or the cut of a page could part them."""
    group = definition.keep
    assert group is not None
    plainly = replace(definition, keep=None)
    asking = Asking(samples_graph())
    terms = read_parameters(definition, needed_parameters(definition), asking)
    rows = answer(samples_graph(), plainly, terms).records()
    keys = [key for key, _ in groupby(tuple(row[name] for name in group.group) for row in rows)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("definition", "name"), SHOWN_PARAMETERS)
def test_parameter_keeps_exactly_the_rows_with_its_value(
    definition: QueryDefinition, name: str
) -> None:
    (column,) = definition.parameters[name].variables
    needed = needed_parameters(definition)
    if definition.parameters[name].default is not None or name in needed:
        everything = CATALOGUE[definition.name].run(samples_graph(), definition.example).records()
        needed = {**definition.example}
    else:
        everything = run(definition.name, **needed)
    values = sorted({str(row[column]) for row in everything} - {"None"})
    assert values or not definition.expected_rows
    for value in values[:4]:
        expected = [row for row in everything if str(row[column]) == value]
        assert run(definition.name, **{**needed, name: value}) == expected


def test_theme_parameter_leaves_out_clauses_of_other_themes_and_of_none() -> None:
    rows = run("function-themes", theme="电子政务与数字政府")
    assert {row["theme"] for row in rows} == {"电子政务与数字政府"}
    assert len(rows) == sum(row["theme"] == "电子政务与数字政府" for row in run("function-themes"))


def test_cause_parameter_takes_a_cause_or_the_class_above() -> None:
    everything, whole = run("reason-differences"), run("reason-differences", cause="budget")
    assert whole == [row for row in everything if row["top"] == "预算管理"]
    leaf = run("reason-differences", cause="年中追加")
    assert 0 < len(leaf) < len(whole)
    assert {row["cause"] for row in leaf} == {"年中追加"}


def test_office_parameter_shows_each_pair_with_that_office_first() -> None:
    name = "示例市甲区政务服务管理局"
    everything, given_office = run("shared-functions"), run("shared-functions", office=name)
    assert {row["office_a"] for row in given_office} == {name}
    pairs = {
        (row["theme"], *sorted([row["office_a"], row["office_b"]], key=str))
        for row in everything
        if name in (row["office_a"], row["office_b"])
    }
    assert len(pairs) == len(given_office)
    assert len(given_office) == len(run("shared-functions", other=name))


def test_shared_functions_hold_each_pair_once_and_no_facet() -> None:
    rows = run("shared-functions")
    keys = [(row["theme"], frozenset((row["office_a"], row["office_b"]))) for row in rows]
    assert len(keys) == len(set(keys))
    assert all(len(pair) == 2 for _, pair in keys)
    facets = {row["theme"] for row in run("function-themes") if row["tier"] == "facet"}
    assert "交办的其他任务" in facets
    assert not facets & {theme for theme, _ in keys}
    assert not facets & {row["theme"] for row in run("own-functions")}


def test_shared_and_own_themes_are_apart_and_complete() -> None:
    shared = {row["theme"] for row in run("shared-functions")}
    own = {row["theme"] for row in run("own-functions")}
    every = {row["theme"] for row in run("office-themes")}
    assert not shared & own
    assert shared | own == every


def test_shown_clauses_are_the_most_alike_of_the_pair() -> None:
    themes = [row for row in run("function-themes") if row["status"] == "matched"]
    for row in run("shared-functions"):
        clauses = {
            side: [
                t["clause"] for t in themes if (t["office"], t["theme"]) == (office, row["theme"])
            ]
            for side, office in (("a", row["office_a"]), ("b", row["office_b"]))
        }
        assert row["clause_a"] in clauses["a"]
        assert row["clause_b"] in clauses["b"]
        assert row["similarity"] == max(
            wording_similarity(str(one), str(other))
            for one in clauses["a"]
            for other in clauses["b"]
        )


def test_every_row_of_the_two_questions_leads_to_its_words() -> None:
    words = {}
    spans = samples_graph().query(
        f"SELECT ?span ?text WHERE {{ ?span a <{DEFAULT_BASE}ns#TextSpan> ; "
        f"<{DEFAULT_BASE}ns#text> ?text }}"
    )
    assert isinstance(spans, Solutions)
    for solution in spans:
        words[str(solution["span"].value)] = solution["text"].value  # type: ignore[union-attr]
    for row in run("shared-functions"):
        assert words[str(row["clause_a_iri"])] == row["clause_a"]
        assert words[str(row["clause_b_iri"])] == row["clause_b"]
    for row in run("reason-differences"):
        assert str(row["reason"]) in words[str(row["span_iri"])]


def test_unclassified_functions_are_those_that_function_themes_mark() -> None:
    marked = [r["clause_iri"] for r in run("function-themes") if r["cue"] is None]
    assert [row["clause_iri"] for row in run("unclassified-functions")] == marked


def test_suggested_theme_has_its_example_and_is_never_shared() -> None:
    suggested = [row for row in run("function-themes") if row["status"] == "suggested"]
    assert suggested
    for row in suggested:
        assert row["cue"] is None and row["theme"] and row["nearest_example"]
        assert Decimal("0.30") <= Decimal(str(row["score"])) <= 1
    clauses = {row["clause_iri"] for row in suggested}
    for row in run("shared-functions"):
        assert not clauses & {row["clause_a_iri"], row["clause_b_iri"]}
    asserted = {(r["office_iri"], r["theme_iri"]) for r in run("function-themes") if r["cue"]}
    assert {(row["office_iri"], row["theme_iri"]) for row in run("office-themes")} <= asserted


def test_general_wording_is_recognised_but_shows_no_theme() -> None:
    general = [row for row in run("function-themes") if row["status"] == "general"]
    assert general
    assert all(row["theme"] is None and row["cue"] for row in general)


def test_reason_differences_tell_one_wording_once_of_the_narrowest_item() -> None:
    rows = run("reason-differences", office="示例市丁区样本街道办事处", cause="proj.works")
    works = [row for row in rows if row["baseline"] == "上年决算数"]
    assert len(works) == len({row["text_key"] for row in works})
    repeated = run("reason-causes", office="示例市丁区样本街道办事处")
    keys = {row["text_key"] for row in works}
    assert len({r["change_iri"] for r in repeated if r["text_key"] in keys}) > len(works)
    frugal = run("reason-differences", office="示例市丁区样本街道办事处", cause="frugal.economy")
    assert "公务车运行维护费" in {row["item"] for row in frugal}


def test_flows_of_a_total_add_up_to_it() -> None:
    sums: dict[Value, Decimal] = {}
    totals: dict[Value, Decimal] = {}
    for row in run("funding-flows"):
        total = row["total_iri"]
        sums[total] = sums.get(total, Decimal(0)) + Decimal(row["amount"] or 0)
        totals[total] = Decimal(row["total"] or 0)
    assert sums == totals
    assert len(totals) == 33


def test_flows_do_not_count_an_appropriation_beside_its_parts() -> None:
    rows = run("funding-flows", office="示例市丁区样本街道办事处")
    sources = {row["source"] for row in rows if row["stage"] == "income"}
    assert sources == {
        "一般公共预算财政拨款收入",
        "政府性基金预算财政拨款收入",
        "国有资本经营预算财政拨款收入",
    }


def test_labels_that_an_answer_joins_stay_whole() -> None:
    known = {row["cause"] for row in run("reason-causes")}
    joined = [str(row["causes"]).split("；") for row in run("item-changes") if row["causes"]]
    assert any("、" in cause for causes in joined for cause in causes)
    for causes in joined:
        assert set(causes) <= known
        assert causes == sorted(causes)


@pytest.mark.parametrize(
    "name", ["counteracting-reasons", "reason-amounts", "value-sources", "item-changes"]
)
def test_rows_differ_in_what_is_shown(name: str) -> None:
    shown = CATALOGUE[name].definition.column_names()
    rows = [tuple(row[column] for column in shown) for row in run(name)]
    assert len(rows) == len(set(rows))


def test_budgets_beside_a_reason_are_those_of_its_document() -> None:
    rows = run("reason-amounts")
    for row in rows:
        spans = (row["span_iri"], row["initial_span_iri"], row["adjusted_span_iri"])
        assert len({str(span).partition("#")[0] for span in spans}) == 1
        assert Decimal(row["adjusted"] or 0) - Decimal(row["initial"] or 0) == row["moved"]


def test_answers_do_not_depend_on_the_base() -> None:
    base = "https://example.org/kg/"
    graph = graph_of([SAMPLES / "shili-yiqu-minzheng-2020.txt"], base)
    catalogue = Catalogue.load(base)
    for name, parameters in (
        ("reason-differences", {"office": "乙区民政局", "direction": "减少"}),
        ("function-themes", {"theme": "social-relief", "year": "2020"}),
        ("funding-flows", {"year": "2020"}),
    ):
        expected = (
            CATALOGUE[name].run(samples_graph(), {"office": "乙区民政局", **parameters}).to_csv()
        )
        assert catalogue[name].run(graph, parameters).to_csv() == expected


def test_maximum_cuts_and_says_so() -> None:
    table = CATALOGUE["observations"].run(samples_graph(), {}, maximum=5)
    assert len(table) == 5
    assert table.truncated
    assert not CATALOGUE["offices"].run(samples_graph(), {}, maximum=500).truncated


def test_published_text_needs_no_base_of_the_caller() -> None:
    query = CATALOGUE["offices"]
    solutions = samples_graph().query(query.sparql)
    assert len(solutions) == len(query.run(samples_graph())) == 7  # type: ignore[arg-type]


# ---------------------------------------------------------------- parameters


@pytest.mark.parametrize(("definition", "name"), PARAMETERS)
def test_injection_is_refused_or_finds_nothing(definition: QueryDefinition, name: str) -> None:
    graph = samples_graph()
    size = len(graph.store)
    needed = needed_parameters(definition)
    for payload in INJECTIONS:
        try:
            table = CATALOGUE[definition.name].run(graph, {**needed, name: payload})
        except ParameterError as error:
            assert repr(name) in str(error)
            assert "\n" not in str(error)
            assert definition.parameters[name].kind != "text"
        else:
            assert len(table) == 0
            assert definition.parameters[name].kind == "text"
    assert len(graph.store) == size


@given(st.text(max_size=12) | st.sampled_from(["政务", "数字经济", "示例市", "局", " ", '"', "\\"]))
def test_text_parameter_is_text_whatever_it_holds(text: str) -> None:
    everything = run("offices")
    wanted = text.strip()
    expected = [row for row in everything if wanted in f"{row['office']} {row['nameplates'] or ''}"]
    assert run("offices", name=text) == expected


@pytest.mark.parametrize(
    ("query", "parameters", "message"),
    [
        (
            "anomalies",
            {"year": "twenty"},
            "The parameter 'year' is 'twenty', but a year of four digits such as 2020 is wanted.",
        ),
        ("anomalies", {"year": "２０２２"}, "a year of four digits"),
        (
            "anomalies",
            {"yaer": "2020"},
            "no parameter 'yaer'; it has office, year, kind, severity.",
        ),
        ("anomalies", {"kind": "percentage"}, "such as percent"),
        ("shared-functions", {"theme": "放管服改革"}, "such as 职能转变与“放管服”改革"),
        (
            "shared-functions",
            {"theme": "胡说"},
            "such as 职能转变与“放管服”改革, 行政审批制度改革, ",
        ),
        ("observations", {"item": "雨伞费用"}, "'雨伞费用', but a concept of the list 'item'"),
        ("offices", {"name": "\udcff"}, "text in Unicode"),
        ("observations", {"office": "乙区"}, "示例市乙区大数据发展局、示例市乙区民政局"),
        ("observations", {"office": "甲区教育局"}, "the nearest are "),
    ],
)
def test_wrong_parameter_is_told_in_one_sentence(
    query: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        CATALOGUE[query].run(samples_graph(), parameters)
    assert message in str(caught.value)


def test_item_is_named_by_notation_label_or_word() -> None:
    by_notation = run("observations", item="reception")
    assert by_notation
    assert run("observations", item="公务接待费") == by_notation
    assert run("observations", item=f"{DEFAULT_BASE}code/item/reception") == by_notation
    assert run("observations", item="func:201") == run("observations", item="一般公共服务支出")


def test_label_of_several_concepts_lists_their_notations() -> None:
    with pytest.raises(ParameterError, match=r"one of the notations func-\d+, func-\d+"):
        run("observations", item="行政运行")


def test_blank_parameter_is_not_given() -> None:
    assert run("anomalies", office=" ", year="") == run("anomalies")


COUNTING = """\
#+ title: {zh: 数, en: counting}
#+ subject: offices
#+ description: {zh: 数, en: counting}
#+ parameters:
#+   least: {kind: integer, default: 2, variables: [least], zh: 至少, en: at least}
#+   office: {kind: office, variables: [office_iri], zh: 机构, en: the office to count for}
#+ columns:
#+   least: {zh: 至少, en: at least}
#+ hidden: [office_iri]
#+ example:
#+   rows: 1
SELECT ?least ?office_iri WHERE { }
"""


def test_default_is_taken_and_required_parameter_is_asked_for() -> None:
    definition, asking = read_definition("counting", COUNTING), Asking(samples_graph())
    terms = read_parameters(definition, {"office": "教育局"}, asking)
    assert terms["least"].value == "2"  # type: ignore[union-attr]
    more = read_parameters(definition, {"office": "教育局", "least": "-7"}, asking)
    assert more["least"].value == "-7"  # type: ignore[union-attr]
    with pytest.raises(ParameterError, match="needs the parameter 'office': the office to count"):
        read_parameters(definition, {}, asking)
    with pytest.raises(ParameterError, match=r"'least' is '1\.5', but a whole number is wanted"):
        read_parameters(definition, {"least": "1.5", "office": "教育局"}, asking)


# ---------------------------------------------------------------- catalogue and front matter


def test_unknown_query_lists_the_nearest_names() -> None:
    with pytest.raises(UnknownQueryError, match="did you mean shared-functions") as caught:
        CATALOGUE["shared-function"]
    assert caught.value.nearest[0] == "shared-functions"
    with pytest.raises(UnknownQueryError, match="the queries are amounts-by-name, anomalies"):
        CATALOGUE["***"]


def test_catalogue_is_the_folder_of_the_library() -> None:
    assert [query.name for query in CATALOGUE] == [*definition_names()]
    assert len(CATALOGUE) == len(DEFINITIONS) >= 48
    assert "offices" in CATALOGUE


def test_every_subject_has_questions() -> None:
    assert {query.definition.subject for query in CATALOGUE} == {*Subject}
    assert {subject.value for subject in Subject} == {subject.value for subject in NAMES}


TITLE, HIDDEN = "#+ title: {zh: 数, en: counting}\n", "#+ hidden: [office_iri]"


@pytest.mark.parametrize(
    ("line", "wrong", "message"),
    [
        (TITLE, "#+ title: counting\n", "the key 'title': "),
        (TITLE, "#+ title: {zh: 数}\n", "the key 'title.en': Field required"),
        (TITLE, "#+ title: {zh: 数, en: ' '}\n", "the key 'title.en': "),
        (TITLE, "", "the key 'title': Field required"),
        (TITLE, "#+ title: {zh: 数\n", "line 2 is no YAML that is wanted here: "),
        (TITLE, "#+ title: !!python/object/apply:os.getcwd []\n", "line 1 is no YAML that"),
        (TITLE, "#+ - title\n#+ - en\n#\n", "should begin with `#+ key: value`"),
        ("subject: offices", "subject: weather", "the key 'subject': Input should be 'offices', "),
        (HIDDEN, "#+ colour: red", "the key 'colour': Extra inputs"),
        (
            HIDDEN,
            "#+ title: {zh: 数, en: a}",
            "line 9 is no YAML that is wanted here: 'title' stands",
        ),
        ("default: 2", "defualt: 2", "the key 'parameters.least.defualt'"),
        ("variables: [least]", "variables: []", "the key 'parameters.least.variables'"),
        ("kind: integer", "kind: Whole Number", "the key 'parameters.least.kind'"),
        ("rows: 1", "rows: many", "the key 'example.rows'"),
        ("rows: 1", "rows: 1\n#+   row: {most: 2}", "'example.row': there is no column 'most'"),
        ("rows: 1", "rows: 1\n#+   parameters: {most: 2}", "there is no parameter 'most'"),
        (
            HIDDEN,
            HIDDEN + "\n#+ keep: {highest: x, per: [least]}",
            "'keep': there is no column 'x'",
        ),
    ],
)
def test_front_matter_that_is_not_well_written_is_refused(
    line: str, wrong: str, message: str
) -> None:
    assert line in COUNTING
    with pytest.raises(FrontMatterError, match=r"^counting\.rq: ") as caught:
        read_definition("counting", COUNTING.replace(line, wrong))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


# ---------------------------------------------------------------- tables and wordings


CELLS = st.none() | st.integers() | st.text(st.characters(codec="utf-8", exclude_characters="\r\0"))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_csv_and_tsv_give_back_every_cell(rows: list[tuple[Value, Value]]) -> None:
    table = Table((Column("a", Words("甲", "a")), Column("b", Words("乙", "b"))), tuple(rows))
    expected = [["" if cell is None else str(cell) for cell in row] for row in rows]
    for text, delimiter in ((table.to_csv(), ","), (table.to_tsv(), "\t")):
        header, *found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        assert header == ["a", "b"]
        assert found == expected


def test_table_hides_what_is_for_programs() -> None:
    table = CATALOGUE["offices"].run(samples_graph())
    assert "office_iri" not in table.to_csv()
    assert "office_iri" in table.to_csv(hidden=True)
    records = json.loads(table.to_json())
    assert records[0]["office_iri"].startswith(DEFAULT_BASE)
    assert "office_iri" not in json.loads(table.to_json(hidden=False))[0]
    amounts = json.loads(CATALOGUE["funding-flows"].run(samples_graph()).to_json())
    assert any(row["amount"] == 583.64 for row in amounts)


@given(st.text(max_size=30), st.text(max_size=30))
def test_wording_similarity_is_a_symmetric_share(one: str, other: str) -> None:
    similarity = wording_similarity(one, other)
    assert 0 <= similarity <= 1
    assert similarity == wording_similarity(other, one)


def test_wording_similarity_ranks_what_readers_call_alike() -> None:
    assert wording_similarity("集中办理审批服务事项", "集中办理审批服务事项。") == 1
    near = wording_similarity("推进政务公开", "指导、监督政府信息公开和政务公开工作")
    assert wording_similarity("推进政务公开", "负责婚姻登记") == 0 < near < 1


def test_asking_by_terms_needs_no_reading_of_parameters() -> None:
    assert ask(samples_graph(), "offices") == CATALOGUE["offices"].run(samples_graph())
