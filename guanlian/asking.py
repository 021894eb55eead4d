"""Asking the current release from this process."""

from __future__ import annotations

from pathlib import Path

from guanlian.settings import ProgramSettings
from ontology.namespaces import DEFAULT_BASE, Namespaces
from store.memory import InProcessGraph
from store.releases import DataFolder


def open_graph(data: Path | None) -> InProcessGraph:
    """The graph of the current release of a data folder; without one, of the folder in the settings.

    Raises:
        DataFolderError: there is no release, or it cannot be read.
    """
    settings = ProgramSettings() if data is None else ProgramSettings(data=data)
    release = DataFolder.open(settings.data).current()
    return InProcessGraph(release.open_store(), keeps_merge=True)


def with_prefixes(sparql: str, base: str = DEFAULT_BASE) -> str:
    """A query under the base IRI and with the prefixes of the ontology, all on its own first line, so
    that the parser's line numbers stay those of the author."""
    prefixes = (f"PREFIX {name}: <{iri}>" for name, iri in Namespaces(base).prefixes().items())
    return " ".join((f"BASE <{base}>", *prefixes, sparql))
