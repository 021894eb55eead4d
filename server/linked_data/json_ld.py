"""Compact JSON-LD by the published context (JSON-LD 1.1 API, section 6).

The context is flat and ours, so that a key follows from the property alone and every value is written
as the definition of its key has it read. What does not fit a definition, a word without language where a
map by language is wanted, stands under the whole IRI of its property, which no definition is for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology.json_ld_context import json_ld_context

CONTEXT_PATH = "/context.jsonld"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
STRING = "http://www.w3.org/2001/XMLSchema#string"
Node = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """What a property is written under: its name, and what its definition says of the values."""

    name: str
    type: str | None = None
    is_language_map: bool = False


@dataclass(frozen=True)
class Compaction:
    """The context turned round: keys by property, names by class, prefixes by namespace."""

    keys: Mapping[str, Key]
    prefixes: Mapping[str, str]

    def key(self, iri: str) -> Key:
        """The key of a property; a prefixed name where the context defines none."""
        return self.keys.get(iri) or Key(self.name(iri))

    def name(self, iri: str) -> str:
        """A term, a prefixed name, or the IRI as it is."""
        if iri in self.keys:
            return self.keys[iri].name
        namespace = max((n for n in self.prefixes if iri.startswith(n)), key=len, default="")
        local = iri.removeprefix(namespace)
        # `prefix://…` would be read as an IRI (JSON-LD 1.1, 4.1.5).
        return f"{self.prefixes[namespace]}:{local}" if namespace and local[:2] != "//" else iri


@cache
def compaction(base_iri: str) -> Compaction:
    context = json_ld_context(base_iri)
    prefixes = {
        value: name for name, value in context.items() if isinstance(value, str) and "://" in value
    }
    namespaces = {name: namespace for namespace, name in prefixes.items()}

    def expanded(name: str) -> str:
        prefix, colon, local = name.partition(":")
        return namespaces[prefix] + local if colon and prefix in namespaces else name

    keys: dict[str, Key] = {}
    for name, value in context.items():
        if isinstance(value, dict):
            type_ = value.get("@type")
            keys[expanded(value["@id"])] = Key(
                name, expanded(type_) if type_ else None, "@container" in value
            )
        elif isinstance(value, str) and "://" not in value:
            keys[expanded(value)] = Key(name)
    return Compaction(keys, prefixes)


def compact_json_ld(triples: Iterable[Triple], base_iri: str, context: object) -> bytes:
    """Triples as one JSON-LD document, a node a subject in the order of first mention.

    `context` is what stands under `@context`: the address of the published one, or the context itself.
    """
    known = compaction(base_iri)
    nodes: dict[str, Node] = {}
    for subject, predicate, value in triples:
        node = nodes.setdefault(str(subject), {"@id": reference(subject)})
        if predicate.value == TYPE and isinstance(value, NamedNode):
            node.setdefault("@type", []).append(known.name(value.value))
        else:
            add(node, known.key(predicate.value), predicate.value, value)
    graph = [simplified(node) for node in nodes.values()]
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False).encode()


def reference(term: object) -> str:
    """The IRI of a node, or the label of a blank one."""
    return term.value if isinstance(term, NamedNode) else str(term)


def add(node: Node, key: Key, iri: str, value: object) -> None:
    """Put a value into a node under its key, as the key has it read."""
    if isinstance(value, NamedNode | BlankNode):
        iri_or_label = reference(value)
        if key.is_language_map:
            key = Key(iri)
        written: Any = iri_or_label if key.type == "@id" else {"@id": iri_or_label}
        node.setdefault(key.name, []).append(written)
        return
    assert isinstance(value, Literal), f"{value} is not a term of RDF 1.1"
    if key.is_language_map and value.language:
        node.setdefault(key.name, {}).setdefault(value.language, []).append(value.value)
        return
    name = iri if key.is_language_map else key.name
    node.setdefault(name, []).append(literal(value, None if key.is_language_map else key.type))


def literal(value: Literal, expected: str | None) -> Any:
    """A literal: bare where the definition says what it is, else with its language or datatype."""
    if value.language:
        return {"@value": value.value, "@language": value.language}
    datatype = value.datatype.value
    if datatype == expected or (expected is None and datatype == STRING):
        return value.value
    if datatype == STRING:
        return {"@value": value.value}
    return {"@value": value.value, "@type": datatype}


def simplified(node: Node) -> Node:
    """The node with lists of one value as that value; a mapping in it is a map by language."""
    return {
        name: {language: single(words) for language, words in value.items()}
        if isinstance(value, dict)
        else single(value)
        for name, value in node.items()
    }


def single(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value
