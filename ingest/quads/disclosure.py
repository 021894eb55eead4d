"""A disclosure under conversion: its facts and text, and the IRIs of all that it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from ingest.facts import DocumentFacts
from ingest.identifiers import document_identifier
from ingest.identity import Body, identify, organization_identifier, short_hash
from ingest.project_names import name_of_all_years, names_of_all_years
from ingest.quads.vocabulary import Namespace
from ontology.namespaces import Namespaces
from ontology.terms import TermName


@dataclass(frozen=True)
class Disclosure:
    """The facts of a document beside its text, and the patterns of its IRIs (ONTOLOGY section 9).

    `program_version` names the pipeline in the provenance.
    """

    facts: DocumentFacts
    text: str
    base: str
    program_version: str

    @cached_property
    def iris(self) -> Namespaces:
        """The patterns of our IRIs. A base without scheme or final slash raises NamespaceError."""
        return Namespaces(self.base)

    @cached_property
    def gl(self) -> Namespace[TermName]:
        """The terms of the model."""
        return Namespace(self.iris.terms)

    @cached_property
    def identifier(self) -> str:
        """The 16 hex digits of the document."""
        return document_identifier(self.facts)

    @cached_property
    def document(self) -> NamedNode:
        return self.thing("doc", self.identifier)

    @cached_property
    def text_version(self) -> NamedNode:
        """The text that offsets count in; another text of the same document is another node."""
        return self.own("doc", "text", self.facts.sha256[:12])

    @cached_property
    def office(self) -> NamedNode:
        """The body that discloses."""
        return self.body(self.facts.organization.name)

    @cached_property
    def scope(self) -> NamedNode:
        return self.code("scope", self.facts.organization.level)

    def code(self, scheme: str, notation: str) -> NamedNode:
        """A concept of a code list."""
        return NamedNode(self.iris.concept(scheme, notation))

    def structure(self, cube: str) -> NamedNode:
        """The data structure definition of a cube: fiscal, count or project."""
        return NamedNode(self.iris.structure(cube))

    def thing(self, *path: str) -> NamedNode:
        """A thing that documents share: `id/{path}`."""
        return NamedNode(self.iris.thing(*path))

    def own(self, kind: str, *path: str) -> NamedNode:
        """A thing of this document alone: `id/{kind}/{document}/{path}`."""
        return self.thing(kind, self.identifier, *path)

    def body(self, name: str) -> NamedNode:
        """The public body that the document calls by this name."""
        return self.thing("org", self.body_identifier(name))

    def identify(self, name: str) -> Body:
        """What its name tells of a body, to a reader in the region of the office."""
        return identify(name, self.facts.organization.region)

    def body_identifier(self, name: str) -> str:
        """Its identifier. Where even the region of the document is open, the text tells it apart."""
        region = self.facts.organization.region
        return organization_identifier(name, region, self.facts.sha256)

    @cached_property
    def project_names(self) -> Mapping[str, str]:
        """The names that the projects of the document have in every year, by the names in it."""
        names = [project.name for project in self.facts.performance.projects]
        return names_of_all_years(names, self.facts.fiscal_year)

    def project_name(self, name: str) -> str:
        """The name of a project in every year: without year marks, brackets and quotation marks."""
        return self.project_names.get(name) or name_of_all_years(name)

    def project(self, name: str) -> NamedNode:
        """The project of the office by this name: the same in every year."""
        office = self.body_identifier(self.facts.organization.name)
        return self.thing("prj", office, short_hash(self.project_name(name)))
