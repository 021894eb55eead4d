"""Asking the current release from this process."""

from __future__ import annotations

from pathlib import Path

from guanlian.settings import ProgramSettings
from guanlian.terminal import say
from ontology.namespaces import DEFAULT_BASE, Namespaces
from queries.network import Networks
from store.manifest import FORMAT_VERSION
from store.memory import InProcessGraph
from store.releases import DataFolder, Release


def open_graph(data: Path | None) -> InProcessGraph:
    """The graph of the current release of a data folder; without one, of the folder in the settings.

    Raises:
        DataFolderError: there is no release, or it cannot be read.
    """
    return graph_of(current_release(data))


def open_networks(data: Path | None) -> Networks:
    """The networks of the current release; as `open_graph`."""
    release = current_release(data)
    return Networks(graph_of(release), release.release_id)


def current_release(data: Path | None) -> Release:
    """The current release of a data folder; a line tells of one that an earlier program built, for
    it lacks what this one concludes while building, and answers are empty without it."""
    settings = ProgramSettings() if data is None else ProgramSettings(data=data)
    release = DataFolder.open(settings.data).current()
    if release.manifest.format_version < FORMAT_VERSION:
        say(
            f"{settings.data} was built by an earlier program: some answers are not complete; "
            "please ingest its documents again"
        )
    return release


def graph_of(release: Release) -> InProcessGraph:
    return InProcessGraph(release.open_store(), keeps_merge=True, release=release.directory)


def with_prefixes(sparql: str, base: str = DEFAULT_BASE) -> str:
    """A query under the base IRI and with the prefixes of the ontology, all on its own first line, so
    that the parser's line numbers stay those of the author."""
    prefixes = (f"PREFIX {name}: <{iri}>" for name, iri in Namespaces(base).prefixes().items())
    return " ".join((f"BASE <{base}>", *prefixes, sparql))
