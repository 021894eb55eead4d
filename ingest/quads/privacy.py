"""The last gate before the graph: no literal carries contact data (FACTS rule 17)."""

from __future__ import annotations

from pyoxigraph import Literal, Triple

from ingest.reading.privacy import is_personal


class PersonalDataError(Exception):
    """Contact data are about to enter the graph: a fault of ours, never the reader's."""


def check_literal(triple: Triple) -> None:
    """Refuse a triple whose text holds contact data; numbers are amounts and pass.

    Raises:
        PersonalDataError: naming the subject and the property, not the text.
    """
    value = triple.object
    if isinstance(value, Literal) and is_text(value) and is_personal(value.value):
        raise PersonalDataError(
            f"contact data at {triple.predicate} of {triple.subject}: such text must stay outside"
        )


def is_text(literal: Literal) -> bool:
    return literal.language is not None or literal.datatype.value.endswith("#string")
