"""SHACL validation (https://www.w3.org/TR/shacl/), fast enough to hold every document against the shapes.

Core constraints are evaluated over an index of the document, SPARQL-based ones by Oxigraph, once for all
focus nodes of a shape. A shapes graph that holds more than is supported is refused when it is read.
"""

from __future__ import annotations

from ontology.shacl.report import Severity, ValidationReport, ValidationResult
from ontology.shacl.validator import Validator
from ontology.shacl.vocabulary import ShapesError

__all__ = ["Severity", "ShapesError", "ValidationReport", "ValidationResult", "Validator"]
