"""Validation of what is there already: the documents of a release, or files of RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from guanlian.errors import UsageError
from ontology.namespaces import DEFAULT_BASE
from ontology.shacl import ValidationReport
from ontology.validation import document_validator
from store.release import Release

#: The files that can be validated, by how their names end.
FORMATS: Mapping[str, RdfFormat] = MappingProxyType(
    {
        ".nq": RdfFormat.N_QUADS,
        ".trig": RdfFormat.TRIG,
        ".ttl": RdfFormat.TURTLE,
        ".nt": RdfFormat.N_TRIPLES,
    }
)


@dataclass(frozen=True, slots=True)
class Validated:
    """What the validation of one document or file found; `document_id` is empty for a file."""

    source: str
    document_id: str
    report: ValidationReport


def validate_release(release: Release, base: str = DEFAULT_BASE) -> Iterator[Validated]:
    """The documents of a release in the order of their ids, each with its own graphs.

    Raises:
        DamagedReleaseError: the release cannot be read.
        ShapesError: the shapes hold what the validator does not support.
    """
    validator, store = document_validator(base), release.open_store()
    for document_id, entry in sorted(release.manifest.documents.items()):
        quads = (
            quad
            for graph in entry.graphs
            for quad in store.quads_for_pattern(None, None, None, NamedNode(graph))
        )
        yield Validated(entry.source, document_id, validator.validate(quads))


def validate_files(paths: Iterable[Path], base: str = DEFAULT_BASE) -> Iterator[Validated]:
    """The files, all graphs of one file together.

    Raises:
        UsageError: a file cannot be read, or is no RDF of a known kind.
        ShapesError: the shapes hold what the validator does not support.
    """
    validator = document_validator(base)
    for path in paths:
        yield Validated(str(path), "", validator.validate(read_quads(path)))


def read_quads(path: Path) -> list[Quad]:
    """The quads of an RDF file. Raises UsageError."""
    if path.suffix.lower() not in FORMATS:
        raise UsageError(f"{path} should be an RDF file that ends in {', '.join(FORMATS)}")
    try:
        return list(parse(path=str(path), format=FORMATS[path.suffix.lower()]))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    except SyntaxError as error:
        raise UsageError(f"{path} is not what its name says: {error.msg}") from error
