"""The names of WordprocessingML, and how its values are asked for."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The strict form of the standard (ISO/IEC 29500) has names of its own.
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = W[1:-1].encode()
# Spans, levels and the numbers of lists end at 32,767 in Word.
MOST_DIGITS = 5


def attribute(element: etree._Element, name: str) -> str:
    """A `w:` attribute of an element, empty when it has none."""
    return str(element.get(W + name, ""))


def whole_number(text: str | None, otherwise: int) -> int:
    """A number of an attribute, as far as Word counts; what is none, or greater, is taken otherwise."""
    if text is None or not text.isdecimal() or len(text) > MOST_DIGITS:
        return otherwise
    return int(text)


def child_value(element: etree._Element | None, name: str) -> str | None:
    """The `w:val` of a child, None without such a child."""
    child = element.find(W + name) if element is not None else None
    return None if child is None else attribute(child, "val")
