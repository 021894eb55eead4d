"""How long whole-graph questions take in the engine, with columns before it, and in maplib.

    uv run python -m benchmarks.columns --data DIR [--repeat N] [--maplib]

Copies the newest release of a data folder into memory, makes its columns in a temporary directory and
asks each question of both in turn: medians of N (11) runs in milliseconds, all solutions read. The
columns' time is that of rewriting and evaluating. `--maplib` asks maplib too, if it is installed
(`uv pip install maplib`; Apache-2.0), on one thread, as each worker process would have to.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from pyoxigraph import DefaultGraph, QueryBoolean, RdfFormat, Store

from benchmarks.queries import in_memory
from store.columns import Columns, build_columns
from store.releases import DataFolder

PREFIXES = """PREFIX direction: <https://w3id.org/guanlian/code/direction/>
PREFIX flow: <https://w3id.org/guanlian/code/flow/>
PREFIX fund: <https://w3id.org/guanlian/code/fund/>
PREFIX gl: <https://w3id.org/guanlian/ns#>
PREFIX item: <https://w3id.org/guanlian/code/item/>
PREFIX nature: <https://w3id.org/guanlian/code/nature/>
PREFIX phase: <https://w3id.org/guanlian/code/phase/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
#: {observation}, {office} and {data_set} are some of the release.
QUESTIONS = {
    "lookup": "SELECT ?p ?o {{ {observation} ?p ?o }}",
    "list": "SELECT ?d ?name ?y {{ ?d gl:disclosedBy ?o ; gl:fiscalYearOf ?y . ?o skos:prefLabel ?name }}"
    " ORDER BY ?name ?y ?d",
    "item over years": "SELECT ?y ?a {{ ?b gl:organization {office} ; gl:item item:total ; gl:flow"
    " flow:expenditure ; gl:phase phase:final ; gl:fiscalYear ?y ; gl:amount ?a }} ORDER BY ?y ?b",
    "top-n": "SELECT ?o ?y ?a {{ ?b gl:item item:total ; gl:flow flow:expenditure ; gl:phase phase:final"
    " ; gl:fund fund:all ; gl:nature nature:all ; gl:fiscalYear ?y ; gl:amount ?a ;"
    " gl:organization ?o }} ORDER BY DESC(?a) ?o ?y LIMIT 20",
    "group-by": "SELECT ?y ?i (SUM(?a) AS ?sum) (COUNT(?a) AS ?n) (AVG(?a) AS ?mean) {{ ?b gl:item ?i ;"
    " gl:fiscalYear ?y ; gl:amount ?a }} GROUP BY ?y ?i ORDER BY ?y ?i",
    "join": "SELECT ?o ?y ?c ?d {{ ?c gl:current ?b ; gl:delta ?d ; gl:direction direction:increase ."
    " ?b gl:item item:func-205 ; gl:organization ?o ; gl:fiscalYear ?y }} ORDER BY ?c",
    "reasons by cause": "SELECT ?cause (COUNT(DISTINCT ?r) AS ?n) (COUNT(*) AS ?m) {{ ?c gl:reason ?r ."
    " ?r gl:cause ?cause }} GROUP BY ?cause ORDER BY DESC(?n) ?cause",
    "boilerplate": "SELECT ?k (MIN(?t) AS ?text) (COUNT(DISTINCT ?o) AS ?n) {{ ?c gl:reason ?r ;"
    " gl:current ?b . ?r gl:textKey ?k ; gl:text ?t . ?b gl:organization ?o }}"
    " GROUP BY ?k HAVING (COUNT(DISTINCT ?o) > 1) ORDER BY DESC(?n) ?k",
    "text filter": 'SELECT ?r ?t {{ ?r gl:reasonText ?t FILTER(CONTAINS(?t, "疫情")) }} ORDER BY ?r',
    "construct": "CONSTRUCT {{ ?b ?p ?v }} WHERE {{ ?b qb:dataSet {data_set} ; ?p ?v }}",
}


def main() -> None:
    """Print what columns cost, then a line a question."""
    arguments = read_arguments()
    store = in_memory(DataFolder.open(arguments.data).current().open_store())
    texts = {name: PREFIXES + text.format(**examples(store)) for name, text in QUESTIONS.items()}
    with tempfile.TemporaryDirectory() as folder:
        columns = made_columns(store, Path(folder) / "columns")
        peer = loaded_maplib(store, Path(folder) / "graph.nt") if arguments.maplib else None
        for name, text in texts.items():
            print(line(name, compared(store, columns, peer, text, arguments.repeat)), flush=True)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a data folder with a release")
    parser.add_argument("--repeat", type=int, default=11)
    parser.add_argument("--maplib", action="store_true", help="ask maplib too")
    return parser.parse_args()


def examples(store: Store) -> dict[str, str]:
    """An observation, its office and its data set."""
    found = store.query(
        f"{PREFIXES} SELECT ?observation ?office ?data_set {{ ?observation gl:organization ?office ;"
        " gl:item item:total ; gl:amount ?amount ; qb:dataSet ?data_set } LIMIT 1"
    )
    assert not isinstance(found, QueryBoolean)
    names = ("observation", "office", "data_set")
    return dict(zip(names, map(str, next(iter(found))), strict=True))


def made_columns(store: Store, directory: Path) -> Columns:
    started = time.perf_counter()
    build_columns(store, directory)
    built = time.perf_counter()
    columns = Columns.open(directory)
    opened = time.perf_counter()
    size = sum(path.stat().st_size for path in directory.iterdir()) / 1e6
    print(
        f"made in {built - started:.1f} s, {size:.0f} MB on disk, opened in {(opened - built) * 1e3:.1f} ms"
    )
    return columns


def loaded_maplib(store: Store, path: Path) -> Callable[[str], object]:
    """maplib's query function over the same default graph."""
    os.environ |= {"POLARS_MAX_THREADS": "1", "RAYON_NUM_THREADS": "1"}
    store.dump(str(path), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    model: Any = import_module("maplib").Model()
    model.read(str(path), format="ntriples")
    query: Callable[[str], object] = model.query
    return query


def compared(
    store: Store, columns: Columns, peer: Callable[[str], object] | None, text: str, repeat: int
) -> Iterator[float]:
    """The medians of the engine, of columns, and of the peer, in seconds."""

    def ask_engine() -> object:
        return [*solutions(store, text)]

    def ask_columns() -> object:
        return [*solutions(store, columns.rewritten(text) or text)]

    ways = [ask_engine, ask_columns, *([lambda: peer(text)] if peer else [])]
    times = [[seconds_of(way) for way in ways] for _ in range(repeat)]
    return (median(column) for column in zip(*times, strict=True))


def solutions(store: Store, text: str) -> Iterator[object]:
    found = store.query(text)
    assert not isinstance(found, QueryBoolean)
    return iter(found)


def seconds_of(way: Callable[[], object]) -> float:
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


def line(name: str, times: Iterator[float]) -> str:
    engine, with_columns, *others = times
    rest = "".join(f"  maplib {one * 1e3:8.2f}" for one in others)
    return (
        f"{name:18s} engine {engine * 1e3:8.2f}  columns {with_columns * 1e3:8.2f}"
        f"  {engine / with_columns:6.1f} ×{rest}"
    )


if __name__ == "__main__":
    main()
