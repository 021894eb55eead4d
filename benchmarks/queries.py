"""How long every question of the library takes on a large release, and two of them beside rdflib.

    uv run python -m benchmarks.queries [--data DIR | --documents N] [--disk] [--repeat N]

Without `--data` a release of N documents (1,000) is made of the samples, told of other places. It
is asked in memory, into which it is copied first; `--disk` asks it where it lies. A line a question:
the time of its first page (200 rows) over everything, and for one office where it can be asked so.
The target is 300 ms. Seconds depend on the machine; the ratios to rdflib, on the samples, less so.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from pathlib import Path

import rdflib
from pyoxigraph import RdfFormat, Store

from benchmarks.many_documents import make_documents
from benchmarks.reading import seconds
from guanlian.ingestion import Ingestion
from guanlian.samples import sample_documents
from queries.catalogue import Catalogue, NamedQuery
from queries.definitions import Parameter
from store.graph import Graph
from store.memory import InProcessGraph
from store.releases import DataFolder

TARGET_SECONDS = 0.3
ROWS = 200
TEXT = "经费"
BESIDE_RDFLIB = ("documents", "office-themes")


def main() -> None:
    """Print a line a question, then the comparison with rdflib."""
    arguments = read_arguments()
    with tempfile.TemporaryDirectory() as folder:
        data = arguments.data or made_release(Path(folder), arguments.documents)
        store = DataFolder.open(data).current().open_store()
        graph = InProcessGraph(store if arguments.disk else in_memory(store), keeps_merge=True)
        times = [timed(query, graph, arguments.repeat) for query in Catalogue.load()]
        within = sum(max(one) <= TARGET_SECONDS for one in times)
        print(f"{within} of {len(times)} questions within {TARGET_SECONDS * 1000:.0f} ms")
        compare_with_rdflib(Path(folder) / "samples", arguments.repeat)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a data folder with a large release")
    parser.add_argument("--documents", type=int, default=1000, help="how many to make without it")
    parser.add_argument("--disk", action="store_true", help="ask the release where it lies")
    parser.add_argument("--repeat", type=int, default=3)
    return parser.parse_args()


def made_release(folder: Path, documents: int) -> Path:
    """A release of the samples, told of many places."""
    source, data = folder / "documents", folder / "large"
    source.mkdir()
    paths = []
    for name, text in make_documents(documents):
        paths.append(source / name)
        paths[-1].write_text(text, encoding="utf-8")
    Ingestion(paths, data).run()
    return data


def in_memory(store: Store) -> Store:
    """A copy of a release in memory."""
    copy = Store()
    copy.bulk_extend(store)
    return copy


def timed(query: NamedQuery, graph: Graph, repeat: int) -> list[float]:
    """The times of a question, over everything and for one office; prints its line."""
    found = [
        seconds(partial(query.run, graph, parameters, maximum=ROWS), repeat)
        for parameters in ways_of_asking(query, graph)
    ]
    shown = "  ".join(
        f"{one * 1000:8.1f} ms{' !' if one > TARGET_SECONDS else '  '}" for one in found
    )
    print(f"{query.name:32s} {shown}", flush=True)
    return found


def ways_of_asking(query: NamedQuery, graph: Graph) -> list[Mapping[str, str]]:
    """With the parameters that it cannot be without, and for one office besides."""
    parameters = query.definition.parameters
    needed = {
        name: a_value(query, graph, parameter, place)
        for place, (name, parameter) in enumerate(parameters.items())
        if not parameter.is_optional and parameter.default is None
    }
    if "office" in parameters and "office" not in needed:
        office = a_value(query, graph, parameters["office"], 0)
        return [needed, {**needed, "office": office}]
    return [needed]


def a_value(query: NamedQuery, graph: Graph, parameter: Parameter, place: int) -> str:
    """One of the values that a parameter may have."""
    values = query.values(graph, parameter.name)
    return values[place % len(values)].value if values else TEXT


def compare_with_rdflib(folder: Path, repeat: int) -> None:
    """The same SPARQL over the samples by both; rdflib is the peer."""
    Ingestion(sample_documents(), folder).run()
    store = DataFolder.open(folder).current().open_store()
    graph, peer = InProcessGraph(in_memory(store), keeps_merge=True), copy_to_rdflib(store)
    for name in BESIDE_RDFLIB:
        text = Catalogue.load()[name].sparql
        ours = seconds(partial(graph.query, text), repeat)
        theirs = seconds(partial(answer_of, peer, text), 1)
        print(
            f"{name:32s} {ours * 1000:8.1f} ms  rdflib {theirs * 1000:8.0f} ms  {theirs / ours:6.0f} ×"
        )


def answer_of(dataset: rdflib.Dataset, text: str) -> list[object]:
    """All solutions, for rdflib evaluates only what is asked for."""
    return [*dataset.query(text)]


def copy_to_rdflib(store: Store) -> rdflib.Dataset:
    """The same named graphs, their union as the default graph."""
    quads = BytesIO()
    store.dump(quads, RdfFormat.N_QUADS)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=quads.getvalue().decode(), format="nquads")
    return dataset


if __name__ == "__main__":
    main()
