"""Where the shipped samples are: beside the rooms in a checkout, inside the package when installed."""

from __future__ import annotations

from pathlib import Path

from guanlian.errors import UsageError
from guanlian.files import DOCUMENT_SUFFIXES

PLACES = (Path(__file__).parent / "samples", Path(__file__).parents[1] / "samples")


def sample_documents() -> list[Path]:
    """The sample documents by name.

    Raises:
        UsageError: this installation has none.
    """
    for place in PLACES:
        documents = [path for path in sorted(place.glob("*")) if path.suffix in DOCUMENT_SUFFIXES]
        if documents:
            return documents
    raise UsageError("the sample documents are missing from this installation")
