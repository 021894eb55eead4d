"""IRIs and document identifiers: minted from content, ASCII, never from chance or the clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TypeVar

from ingest.facts import DocumentFacts
from ingest.identity import organization_identifier
from ontology.namespaces import Namespaces

Item = TypeVar("Item")


def document_identifier(facts: DocumentFacts) -> str:
    """16 hex digits for a disclosure: its office, scope, fiscal year and kind.

    A corrected version of the same disclosure has the same identifier, so that it replaces the
    graphs of the first; its text is another text node. Only of an office whose place can be several
    (朝阳区 without its city) each text is a disclosure of its own, lest one replaces another's.
    """
    office = facts.organization
    identifier = organization_identifier(office.name, office.region, facts.sha256)
    content = "\n".join((identifier, office.level, facts.fiscal_year, facts.kind))
    return sha256(content.encode("utf-8")).hexdigest()[:16]


def document_graphs(base: str, document: str) -> tuple[str, str, str]:
    """The graph IRIs of a document: asserted, derived, quality. Nothing else holds its facts."""
    graph = Namespaces(base).graph
    return graph("doc", document), graph("derived", document), graph("quality", document)


def numbered(items: Iterable[tuple[str, Item]]) -> Iterator[tuple[str, Item]]:
    """The items with keys made unique: the second holder of `5` is `5-2`."""
    seen: Counter[str] = Counter()
    for key, item in items:
        seen[key] += 1
        yield (key if seen[key] == 1 else f"{key}-{seen[key]}"), item
