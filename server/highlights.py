"""A document text with its facts marked: spans that nest or overlap, as well-formed pieces."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from markupsafe import Markup, escape

# What a reader sees apart, by the class of the fact; of several, the first in this order decides.
FAMILIES: Mapping[str, str] = {
    "Anomaly": "anomaly",
    "FunctionStatement": "function",
    "ThemeAssignment": "function",
    "ReasonStatement": "reason",
    "Change": "change",
    "FiscalObservation": "amount",
    "ProjectObservation": "project",
    "Mention": "amount",
    "CountObservation": "count",
    "IndicatorResult": "performance",
    "SelfAssessment": "performance",
    "Project": "project",
    "PerformanceSummary": "performance",
    "TermDefinition": "term",
    "PublicBody": "body",
    "InternalOffice": "body",
    "ChangeEvent": "body",
    "DisclosureDocument": "title",
}
# Clauses with a figure that no template reads: they state no fact, so no class of facts leads to them.
UNREAD = "unread"
FAMILY_ORDER = (*dict.fromkeys(FAMILIES.values()), UNREAD)
#: The families in the order in which a reader asks for them; the title tells nothing by itself.
LISTED = (
    *("anomaly", "amount", "change", "reason", "function", "count", "project", "performance"),
    *("term", "body", UNREAD),
)


@cache
def in_order(families: frozenset[str]) -> tuple[str, ...]:
    """The families, the one that decides the look first."""
    return tuple(family for family in FAMILY_ORDER if family in families)


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
        return in_order(self.families)[0]

    @property
    def others(self) -> tuple[str, ...]:
        """The other families, in their order."""
        return in_order(self.families)[1:]

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
    return next(marked_regions(text, [(0, len(text))], spans))


def marked_regions(
    text: str, regions: Iterable[tuple[int, int]], spans: Iterable[MarkedSpan]
) -> Iterator[tuple[Piece | str, ...]]:
    """Regions [start, end) of the text, in order and apart from one another, each as pieces inside pieces.

    A span that reaches over several regions has a piece in each; of these the first `is_first`.
    """
    sound = (span for span in spans if 0 <= span.start < span.end <= len(text))
    ordered = sorted(sound, key=lambda span: (span.start, -span.end, span.iri))
    coming = deque(Piece(span, span.start, span.end) for span in ordered)
    reaching: list[Piece] = []
    for start, end in regions:
        while coming and coming[0].start < end:
            reaching.append(coming.popleft())
        inside = [clipped(piece, start, end) for piece in reaching if piece.end > start]
        reaching = [later(piece, end) for piece in reaching if piece.end > end]
        inside.sort(key=lambda piece: (piece.start, -piece.end, piece.span.iri))
        yield tuple(nested(text, start, end, deque(inside)))


def clipped(piece: Piece, start: int, end: int) -> Piece:
    return replace(piece, start=max(piece.start, start), end=min(piece.end, end))


def later(piece: Piece, end: int) -> Piece:
    """What of a piece lies behind a region."""
    return piece if piece.start >= end else replace(piece, start=end, is_first=False)


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


@dataclass(frozen=True, slots=True)
class SpanLinks:
    """The address that chooses a span on the page of its document: `address` is what stands before."""

    address: str

    def to(self, span: MarkedSpan) -> str:
        return f"{self.address}at={span.start},{span.end}#{span.fragment}"


def to_html(pieces: Iterable[Piece | str], links: SpanLinks) -> Markup:
    """The pieces as nested marks; each string leads to the facts of the innermost span."""
    # Strings put together by hand: a long document has thousands of marks, and a safe template for each
    # takes longer than all else.
    return Markup("".join(html_of(pieces, links, None)))


def html_of(
    pieces: Iterable[Piece | str], links: SpanLinks, innermost: MarkedSpan | None
) -> Iterator[str]:
    for part in pieces:
        if isinstance(part, Piece):
            yield opening(part)
            yield from html_of(part.children, links, part.span)
            yield "</mark>"
        elif innermost is None or not part.strip():
            yield str(escape(part))
        else:
            yield f'<a href="{escape(links.to(innermost))}">{escape(part)}</a>'


def opening(piece: Piece) -> str:
    """The tag that opens a mark; its families are names of our own."""
    span = piece.span
    names = " ".join((span.family, *(f"has-{family}" for family in span.others)))
    anchor = f' id="{span.fragment}"' if piece.is_first else ""
    return f'<mark class="{names}"{anchor}>'
