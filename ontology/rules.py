"""Rules: what follows from several documents together, one SPARQL CONSTRUCT query a file of `rules/`.

A file begins with comments that say its title and the conclusion that it draws, each in Chinese and in
English with ` | ` between. Its relative IRIs stand under the base. The vocabulary publishes every rule as
an `sh:SPARQLRule` (SHACL Advanced Features, section 8) together with the named graph that holds what it
concludes, `graph/derived/{name}`; whoever keeps a release runs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from pyoxigraph import Literal, NamedNode, Triple

from ontology.namespaces import Namespaces
from ontology.writing import Statement, describe, expand, labelled

_COMMENT = re.compile(r"^# (?P<key>title|conclusion): (?P<zh>.+) \| (?P<en>.+)$", re.MULTILINE)
_SUFFIX = ".rq"


class RuleFileError(ValueError):
    """A rule file does not say its title and its conclusion in both languages."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name (that of its file), its words in both languages, its query without a base."""

    name: str
    title_zh: str
    title_en: str
    conclusion_zh: str
    conclusion_en: str
    construct: str

    def sparql(self, namespaces: Namespaces) -> str:
        """The query as any SPARQL engine takes it: with its base."""
        return f"BASE <{namespaces.base}>\n{self.construct}"

    def graph(self, namespaces: Namespaces) -> str:
        """The named graph that holds what the rule concludes."""
        return namespaces.graph("derived", self.name)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by name. Raises RuleFileError."""
    folder = resources.files("ontology").joinpath("rules")
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(read_rule(file) for file in files if file.name.endswith(_SUFFIX))


def read_rule(file: Traversable) -> Rule:
    """The rule of a file.

    Raises:
        RuleFileError: its comments do not say title and conclusion in both languages.
    """
    construct = file.read_text(encoding="utf-8")
    words = {match["key"]: (match["zh"], match["en"]) for match in _COMMENT.finditer(construct)}
    if words.keys() != {"title", "conclusion"}:
        raise RuleFileError(
            f"The rule {file.name} should say `# title: 中文 | English` and "
            "`# conclusion: 中文 | English` in its first lines."
        )
    name = file.name.removesuffix(_SUFFIX)
    return Rule(name, *words["title"], *words["conclusion"], construct)


def rule_triples(namespaces: Namespaces) -> Iterator[Triple]:
    """Every rule as a resource, and which graph is derived by it."""
    for rule in rules():
        node = namespaces.thing("rule", rule.name)
        yield from describe(node, _rule_statements(rule, namespaces), namespaces)
        derived = expand("prov:wasDerivedFrom", namespaces)
        yield Triple(NamedNode(rule.graph(namespaces)), derived, NamedNode(node))


def _rule_statements(rule: Rule, namespaces: Namespaces) -> Iterator[Statement]:
    yield "rdf:type", expand("sh:SPARQLRule", namespaces)
    yield "rdf:type", expand("prov:Entity", namespaces)
    yield from labelled("rdfs:label", rule.title_zh, rule.title_en)
    yield from labelled("dcterms:description", rule.conclusion_zh, rule.conclusion_en)
    yield "sh:construct", Literal(rule.sparql(namespaces))
