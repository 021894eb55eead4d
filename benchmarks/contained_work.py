"""The work that `benchmarks.containment` hands to workers: they find it by its module."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ingest.pipeline import Outcome, read_document
from ontology.namespaces import DEFAULT_BASE


def name(path: Path) -> str:
    """The least work."""
    return path.name


@lru_cache(maxsize=1)
def sample(path: Path) -> Outcome:
    """A document's result, read once a process."""
    return read_document(path, DEFAULT_BASE, "0")
