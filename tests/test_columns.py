"""Columns never change an answer: generated graphs and queries, asked with and without them."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from store.columns import Columns, build_columns
from store.columns.joining import Triples

EXAMPLES = int(os.environ.get("COLUMNS_EXAMPLES", "60"))
EX = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = f"PREFIX : <{EX}>\nPREFIX xsd: <{XSD}>\n"
IRIS = [NamedNode(f"{EX}{name}") for name in ("a", "b", "c", "d", "e")]
DECIMALS = ["0", "1", "-0.5", "1.25", "3", "100000000000.01", "0.333333", "-7.1", "12345678.9"]


def typed(texts: list[str], datatype: str) -> list[Literal]:
    return [Literal(text, datatype=NamedNode(XSD + datatype)) for text in texts]


OBJECTS: dict[str, list[NamedNode | Literal]] = {
    "link": [*IRIS],
    "near": [*IRIS],
    "money": [*typed(DECIMALS, "decimal")],
    "count": [*typed(["0", "1", "2", "-3", "90000000000"], "integer")],
    "year": [*typed(["2021", "2022", "2023"], "gYear")],
    "name": [Literal(text) for text in ("a", "a b", "a!", "甲", "乙\n丙", 'say "a"', "")],
    "label": [Literal(text, language="zh") for text in ("甲", "乙", "甲 乙")],
    "mixed": [
        *typed(["1", "2.5"], "decimal"),
        *typed(["1", "4"], "integer"),
        *typed(["0.1234567"], "decimal"),
        *typed(["1.5e3", "NaN"], "double"),
        *typed(["true"], "boolean"),
        *typed(["12021"], "gYear"),
        Literal("1"),
        Literal("x", language="en"),
        *IRIS[:2],
    ],
}


@st.composite
def graphs(draw: st.DrawFn) -> Store:
    """A graph of a few subjects with all sorts of values."""
    store = Store()
    for name, objects in OBJECTS.items():
        pairs = st.tuples(st.sampled_from(IRIS), st.sampled_from(objects))
        for subject, value in draw(st.lists(pairs, min_size=6, max_size=15)):
            store.add(Quad(subject, NamedNode(EX + name), value))
    return store


def columns_of(store: Store) -> Columns:
    with TemporaryDirectory() as folder:
        build_columns(store, Path(folder) / "columns")
        return Columns(Triples.open(Path(folder) / "columns"), fewest_triples=0)


@st.composite
def patterns(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """Triples that share variables, and the predicate that each variable is the object of."""
    subjects, written, objects = ["s"], [], dict[str, str]()
    for place in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from([*OBJECTS]))
        subject = draw(st.sampled_from(subjects))
        if draw(st.integers(0, 5)) == 0:
            value = draw(st.sampled_from([":a", ":b", '"甲"@zh', '"2022"^^xsd:gYear', "?s", "?o0"]))
            value = value if value != f"?{subject}" else ":c"
        else:
            value = f"?o{place}"
            objects[f"o{place}"] = name
            subjects += [f"o{place}"] if name in ("link", "near") else []
        path = draw(st.sampled_from([f":{name}", f":{name}", f":link/:{name}"]))
        written.append(f"?{subject} {path} {value} .")
    return " ".join(written), objects


@dataclass(frozen=True)
class Query:
    """A query in parts. `order` are expressions, each with its direction or none."""

    heads: tuple[str, ...]
    group: str
    order: tuple[str, ...]
    window: str
    distinct: str = ""

    @property
    def whole(self) -> str:
        """Without order and window."""
        return f"{PREFIXES} SELECT {self.distinct}{' '.join(self.heads)} WHERE {self.group}"

    @property
    def text(self) -> str:
        order = f" ORDER BY {' '.join(self.order)}" if self.order else ""
        return f"{self.whole}{order} {self.window}"

    def ordering(self) -> list[int]:
        """Which columns order the rows, if nothing else does."""
        keys = [key.removeprefix("DESC").removeprefix("ASC").strip("() ") for key in self.order]
        names = [head.rpartition(" ")[2].strip(")") for head in self.heads]
        return [names.index(key) for key in keys] if {*keys} <= {*names} else []


WINDOWS = st.sampled_from(["", "", "LIMIT 1", "LIMIT 3", "OFFSET 1 LIMIT 2", "LIMIT 0", "OFFSET 2"])
FILTERS = [
    "({v} != :a)", "({v} > 1)", "({v} IN (1, 2.5, :b, \"a\"))", "(LANG({v}) = \"zh\")",
    "(STRLEN(STR({v})) < 4 || {v} = {w})", "CONTAINS({v}, \"a\")", "({v} < {w})", "isIRI({v})",
    "({v} = \"2022\"^^xsd:gYear)", "(?unbound = {v})", "(xsd:decimal({v}) >= 0)", "REGEX(STR({v}), \"^A\", 'i')",
]  # fmt: skip
AGGREGATES = [
    "COUNT(*)", "COUNT({v})", "COUNT(DISTINCT {v})", "SUM({v})", "SUM(DISTINCT {v})", "AVG({v})",
    "MIN({v})", "MAX({v})", "MIN(STR({v}))", "ROUND(SUM({v}) / 3) / COUNT(*)", "AVG({v}) + SUM({w})",
    "COALESCE(AVG(DISTINCT {v}), 'none')", "max(distinct {v})",
]  # fmt: skip


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """A query of the part of SPARQL that columns answer, or a little outside of it."""
    triples, objects = draw(patterns())
    variables = [f"?{name}" for name in ("s", *objects)]
    one = st.sampled_from(variables)
    filters = [
        f"FILTER {form.format(v=draw(one), w=draw(one))}"
        for form in draw(st.lists(st.sampled_from(FILTERS), max_size=2))
    ]
    group = "{" + " ".join([triples, *filters]) + "}"
    return draw(st.one_of(grouped(group, variables), listed(group, variables)))


@st.composite
def grouped(draw: st.DrawFn, group: str, variables: list[str]) -> Query:
    one = st.sampled_from(variables)
    keys = draw(st.lists(one, max_size=2, unique=True))
    forms = draw(st.lists(st.sampled_from(AGGREGATES), min_size=1, max_size=3))
    aggregates = [form.format(v=draw(one), w=draw(one)) for form in forms]
    heads = [*keys, *(f"({form} AS ?x{place})" for place, form in enumerate(aggregates))]
    by = f"GROUP BY {' '.join(keys)}" if keys else ""
    having = draw(
        st.sampled_from(["", "", "HAVING (COUNT(*) > 1)", f"HAVING({aggregates[0]} > 1)"])
    )
    if keys and draw(st.integers(0, 4)) == 0:
        inner = f"SELECT {' '.join(heads)} {group} {by} {having}"
        return Query(
            ("?x0", "(STR(?y) AS ?z)"),
            f"{{ {{ {inner} }} BIND(?x0 AS ?y) FILTER(?x0 > 0) }}",
            (),
            "",
        )
    order = draw(st.sampled_from([(), ("DESC(?x0)",), (f"ASC({aggregates[0]})",), tuple(keys)]))
    return Query(tuple(heads), f"{group} {by} {having}", order, draw(WINDOWS) if order else "")


@st.composite
def listed(draw: st.DrawFn, group: str, variables: list[str]) -> Query:
    one = st.sampled_from(variables)
    heads = draw(st.lists(one, min_size=1, max_size=3, unique=True))
    heads += draw(st.sampled_from([[], ["(STR(?s) AS ?text)"]]))
    order = draw(
        st.lists(st.sampled_from(["{v}", "DESC({v})", "STR({v})", "ASC ( {v} )"]), max_size=3)
    )
    distinct = draw(st.sampled_from(["", "DISTINCT "]))
    written = tuple(form.format(v=draw(one)) for form in order)
    return Query(tuple(heads), group, written, draw(WINDOWS) if order else "", distinct)


def rows(store: Store, text: str) -> list[tuple[str, ...]]:
    solutions = store.query(text)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(map(str, solution)) for solution in solutions]


def is_refused(text: str) -> bool:
    """Whether the engine does not take a query, as one that orders by what it does not select."""
    try:
        Store().query(text)
    except SyntaxError:
        return True
    return False


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[*HealthCheck])
@given(graphs(), st.lists(queries(), min_size=20, max_size=20))
def test_columns_give_the_solutions_of_the_engine(store: Store, asked: list[Query]) -> None:
    columns = columns_of(store)
    for query in asked:
        if is_refused(query.text):
            assert columns.rewritten(query.text) is None
        elif rewritten := columns.rewritten(query.text):
            check(query, rows(Store(), rewritten), store)


def check(query: Query, found: list[tuple[str, ...]], store: Store) -> None:
    """The same bag of solutions; of a part of them, so many of them and the same by what orders."""
    wanted = rows(store, query.text)
    if not query.window:
        assert Counter(found) == Counter(wanted), query.text
        return
    assert len(found) == len(wanted), query.text
    assert not Counter(found) - Counter(rows(store, query.whole)), query.text
    keys = [[row[place] for place in query.ordering()] for row in found]
    if all(is_of_one_kind(column) for column in zip(*keys, strict=True)):
        assert keys == [[row[place] for place in query.ordering()] for row in wanted], query.text


def is_of_one_kind(column: tuple[str, ...]) -> bool:
    """Whether no two different terms of a column can be equal in the order."""
    return (
        len({text.rpartition('"')[2] if text.startswith('"') else text[0] for text in column}) == 1
    )


def test_most_generated_queries_are_answered_by_columns() -> None:
    """The test above would prove little if columns left the questions to the engine."""
    answered = Counter[bool]()

    @settings(max_examples=30, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(graphs(), st.lists(queries(), min_size=20, max_size=20))
    def count(store: Store, asked: list[Query]) -> None:
        columns = columns_of(store)
        for query in asked:
            if not is_refused(query.text) and rows(store, query.text):
                answered[columns.rewritten(query.text) is not None] += 1

    count()
    assert answered[True] > answered[False], answered


def test_number_that_no_engine_counts_to_is_left_to_the_engine() -> None:
    store = Store()
    store.add(Quad(IRIS[0], NamedNode(f"{EX}link"), IRIS[1]))
    columns = columns_of(store)
    for number, is_read in (("9" * 18, True), ("9" * 19, False), ("9" * 5000, False)):
        query = f"{PREFIXES} SELECT ?o {{ ?s :link ?o }} ORDER BY ?o LIMIT {number}"
        assert (columns.rewritten(query) is not None) is is_read
