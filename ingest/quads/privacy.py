"""The last gate before the graph: no literal carries contact data (FACTS rule 17)."""

from __future__ import annotations

import re

from pyoxigraph import Literal, Triple

# A number that goes on, or is an amount, is no telephone number.
END = r"(?![0-9A-Za-z]|[.,]\d|\s*[%％万亿千元])"
CONTACT = (
    # The label 联系人, not 密切联系人民群众 nor 联系人大代表.
    re.compile(r"联\s*系\s*人(?=[\s:：（(，,、；;/]|及|和?电话|姓名|$)"),
    re.compile(
        r"(?:电\s*话|手\s*机|传\s*真|联\s*系\s*方\s*式)(?:号码)?[\s:：]*"
        rf"[（(]?\d[\d\s\-－—()（）]{{5,}}\d{END}"
    ),
    re.compile(rf"(?<![0-9A-Za-z.,])1[3-9]\d{{9}}{END}"),
    re.compile(rf"(?<![0-9A-Za-z.,])[（(]?0\d{{2,3}}[）)]?\s?[-－—–]\s?\d{{7,8}}{END}"),
)


class PersonalDataError(Exception):
    """Contact data are about to enter the graph: a fault of ours, never the reader's."""


def is_personal(text: str) -> bool:
    """Whether the text names a contact person or holds a telephone number."""
    return any(pattern.search(text) for pattern in CONTACT)


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
