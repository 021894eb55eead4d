"""A document text with its facts marked: spans that nest or overlap, as well-formed pieces."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from server.links import Links

# What a reader sees apart, by the class of the fact; of several, the first in this order decides.
FAMILIES: Mapping[str, str] = {
    "Anomaly": "anomaly",
    "FunctionStatement": "function",
    "ThemeAssignment": "function",
    "ReasonStatement": "reason",
    "Change": "change",
    "FiscalObservation": "amount",
    "ProjectObservation": "amount",
    "Mention": "amount",
    "CountObservation": "count",
    "IndicatorResult": "performance",
    "SelfAssessment": "performance",
    "Project": "performance",
    "PerformanceSummary": "performance",
    "TermDefinition": "term",
    "PublicBody": "body",
    "InternalOffice": "body",
    "ChangeEvent": "body",
    "DisclosureDocument": "title",
}
FAMILY_ORDER = tuple(dict.fromkeys(FAMILIES.values()))


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A span of the text in code points, half open, with the families of the facts it states."""

    start: int
    end: int
    iri: str
    families: frozenset[str]

    @property
    def family(self) -> str:
        """The family that decides the look."""
        return next(family for family in FAMILY_ORDER if family in self.families)

    @property
    def fragment(self) -> str:
        """The fragment identifier of the span (RFC 5147)."""
        return f"char={self.start},{self.end}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that belongs to one span.

    A span that crosses the end of another is cut there; `is_first` tells the piece that starts it.
    """

    span: MarkedSpan
    start: int
    end: int
    is_first: bool = True
    children: tuple[Piece | str, ...] = ()


def marked_text(text: str, spans: Iterable[MarkedSpan]) -> tuple[Piece | str, ...]:
    """The text as pieces inside pieces; their strings, in order, are the text.

    Spans that are empty or reach beyond the text are left out.
    """
    sound = (span for span in spans if 0 <= span.start < span.end <= len(text))
    ordered = sorted(sound, key=lambda span: (span.start, -span.end, span.iri))
    waiting = deque(Piece(span, span.start, span.end) for span in ordered)
    return tuple(nested(text, 0, len(text), waiting))


def nested(text: str, start: int, end: int, waiting: deque[Piece]) -> Iterator[Piece | str]:
    """The region from `start` to `end`, all of whose pieces wait in order of their start."""
    position = start
    while waiting:
        piece = waiting.popleft()
        if position < piece.start:
            yield text[position : piece.start]
        inner = deque(take_inner(piece.end, waiting))
        yield replace(piece, children=tuple(nested(text, piece.start, piece.end, inner)))
        position = piece.end
    if position < end:
        yield text[position:end]


def take_inner(end: int, waiting: deque[Piece]) -> Iterator[Piece]:
    """The waiting pieces that start before `end`; what reaches beyond it is cut and waits again."""
    rest: list[Piece] = []
    while waiting and waiting[0].start < end:
        piece = waiting.popleft()
        yield replace(piece, end=min(piece.end, end))
        if piece.end > end:
            rest.append(replace(piece, start=end, is_first=False))
    waiting.extendleft(sorted(rest, key=lambda piece: piece.end))


def to_html(
    pieces: Iterable[Piece | str], links: Links, innermost: MarkedSpan | None = None
) -> Markup:
    """The pieces as nested marks; each string links to the triples of the innermost span."""
    return Markup("").join(
        mark(part, links) if isinstance(part, Piece) else linked(part, links, innermost)
        for part in pieces
    )


def mark(piece: Piece, links: Links) -> Markup:
    span = piece.span
    anchor = Markup(' id="{}"').format(span.fragment) if piece.is_first else Markup("")
    content = to_html(piece.children, links, span)
    return Markup('<mark class="{}"{}>{}</mark>').format(span.family, anchor, content)


def linked(text: str, links: Links, span: MarkedSpan | None) -> Markup:
    if span is None or not text.strip():
        return escape(text)
    return Markup('<a href="{}">{}</a>').format(links.path(span.iri), text)
