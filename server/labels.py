"""Labels of concepts, classes and properties, read once a release from its vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from server.language import Language
from server.links import Links
from server.named_queries import query_text
from store.graph import DatasetSelection, Graph, Solutions


@dataclass(frozen=True, slots=True)
class Labels:
    """What a page calls an IRI: by language, with a readable form of the IRI as the last resort."""

    by_language: Mapping[str, Mapping[str, str]]
    links: Links
    language: Language = "zh"

    def speaking(self, language: Language) -> Labels:
        """The same labels, those of a language preferred."""
        return replace(self, language=language)

    def of(self, iri: str) -> str:
        """The label in the preferred language, else in the other, else the name in the IRI."""
        return self.known(iri) or self.name(iri)

    def known(self, iri: str) -> str:
        """The label in the preferred language, else in the other; empty when there is none."""
        preferred, other = sorted(("zh", "en"), key=lambda tag: tag != self.language)
        return self.by_language[preferred].get(iri) or self.by_language[other].get(iri) or ""

    def zh(self, iri: str) -> str:
        """The Chinese label, else the English one, else the name in the IRI."""
        found = self.by_language["zh"].get(iri) or self.by_language["en"].get(iri)
        return found or self.name(iri)

    def en(self, iri: str) -> str:
        """The English label; empty when there is none."""
        return self.by_language["en"].get(iri, "")

    def name(self, iri: str) -> str:
        """The last part of an IRI of ours, the prefixed name of another's."""
        if iri.startswith(self.links.base_iri):
            return iri.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]
        return self.links.short(iri)


def read_labels(graph: Graph, vocabulary_graphs: tuple[str, ...], links: Links) -> Labels:
    """The labels in the vocabulary graphs."""
    dataset = DatasetSelection(default_graphs=vocabulary_graphs)
    by_language: dict[str, dict[str, str]] = {"zh": {}, "en": {}}
    found = graph.query(query_text("labels"), dataset=dataset)
    assert isinstance(found, Solutions)
    for solution in found:
        label, thing = solution["label"], solution["thing"]
        assert isinstance(label, Literal) and isinstance(thing, NamedNode)
        by_language.setdefault(label.language or "", {}).setdefault(thing.value, label.value)
    return Labels(by_language, links)
