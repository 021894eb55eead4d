"""IRIs: the base of all that this project names, and the vocabularies that it reuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DEFAULT_BASE = "https://w3id.org/guanlian/"

#: Prefix and namespace of every vocabulary that the model reuses.
REUSED_PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "cv": "http://data.europa.eu/m8g/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "dqv": "http://www.w3.org/ns/dqv#",
        "eucur": "http://publications.europa.eu/resource/authority/currency/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "hydra": "http://www.w3.org/ns/hydra/core#",
        "ldqd": "http://www.w3.org/2016/05/ldqd#",
        "oa": "http://www.w3.org/ns/oa#",
        "obeu-attribute": "http://data.openbudgets.eu/ontology/dsd/attribute/",
        "obeu-dimension": "http://data.openbudgets.eu/ontology/dsd/dimension/",
        "obeu-measure": "http://data.openbudgets.eu/ontology/dsd/measure/",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "qb": "http://purl.org/linked-data/cube#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sd": "http://www.w3.org/ns/sparql-service-description#",
        "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
        "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
        "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "spdx": "http://spdx.org/rdf/terms#",
        "void": "http://rdfs.org/ns/void#",
        "void-ext": "http://ldf.fi/void-ext#",
        "xkos": "http://rdf-vocabulary.ddialliance.org/xkos#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

#: Code lists that have a prefix of their own, so that queries read `fund:general`.
_PREFIXED_LISTS = (
    "anomaly",
    "baseline",
    "basis",
    "cause",
    "check",
    "comparator",
    "count-item",
    "direction",
    "document-kind",
    "flow",
    "flow-stage",
    "fund",
    "indicator-type",
    "item",
    "method",
    "nature",
    "operator",
    "origin",
    "phase",
    "polarity",
    "profile-measure",
    "review",
    "scope",
    "severity",
    "theme",
    "unit",
)


class NamespaceError(ValueError):
    """A base is no absolute IRI that ends with a slash."""


@dataclass(frozen=True, slots=True)
class Namespaces:
    """The IRIs under one base.

    >>> Namespaces().term("FiscalObservation")
    'https://w3id.org/guanlian/ns#FiscalObservation'
    >>> Namespaces("https://example.org/").concept("fund", "general")
    'https://example.org/code/fund/general'

    Raises:
        NamespaceError: the base does not begin with a scheme or does not end with a slash.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if "://" not in self.base or not self.base.endswith("/"):
            raise NamespaceError(
                f"the base {self.base!r} should be an absolute IRI that ends with /, "
                f"such as {DEFAULT_BASE}"
            )

    @property
    def terms(self) -> str:
        """The namespace of classes and properties, prefix `gl`."""
        return f"{self.base}ns#"

    def term(self, name: str) -> str:
        """A class or property by its local name (`ontology.terms.TermName`)."""
        return f"{self.terms}{name}"

    def scheme(self, code_list: str) -> str:
        """A code list."""
        return f"{self.base}code/{code_list}"

    def concept(self, code_list: str, notation: str) -> str:
        """A concept of a code list."""
        return f"{self.base}code/{code_list}/{notation}"

    def structure(self, cube: str) -> str:
        """The data structure definition of a cube: `fiscal`, `count` or `project`."""
        return f"{self.base}dsd/{cube}"

    def thing(self, *path: str) -> str:
        """A thing that documents speak of."""
        return f"{self.base}id/{'/'.join(path)}"

    def graph(self, *path: str) -> str:
        """A named graph."""
        return f"{self.base}graph/{'/'.join(path)}"

    def prefixes(self) -> Mapping[str, str]:
        """All prefixes with their namespaces: our terms, our lists, the reused vocabularies."""
        lists = {name: f"{self.base}code/{name}/" for name in _PREFIXED_LISTS}
        return MappingProxyType({"gl": self.terms, **lists, **REUSED_PREFIXES})
