"""How long named questions take on the embedded engine, beside rdflib on the same graph.

    uv run python -m benchmarks.queries [--repeat N]

Both get the same SPARQL over the samples; rdflib is the peer. The ratio is what counts, seconds depend
on the machine. reason-differences is not among them: rdflib did not answer it within five minutes.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from io import BytesIO
from pathlib import Path

import rdflib
from pyoxigraph import RdfFormat, Store

from benchmarks.reading import seconds
from guanlian.ingestion import Ingestion
from guanlian.samples import sample_documents
from queries.catalogue import Catalogue
from store.memory import InProcessGraph
from store.releases import DataFolder

QUESTIONS = ("shared-functions", "function-themes", "documents")


def main() -> None:
    """Print a line a question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3)
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as folder:
        Ingestion(sample_documents(), Path(folder)).run()
        store = DataFolder.open(folder).current().open_store()
        graph, peer = InProcessGraph(store), copy_to_rdflib(store)
        for name in QUESTIONS:
            text = Catalogue.load()[name].sparql
            ours = seconds(partial(graph.query, text), repeat)
            theirs = seconds(partial(answer_of, peer, text), 1)
            print(
                f"{name:20s} {ours * 1000:8.1f} ms  rdflib {theirs * 1000:8.0f} ms  {theirs / ours:6.0f} ×"
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
