"""The pages of a document as they look: their pictures, with a box around every stretch that states a fact."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape
from pyoxigraph import NamedNode

from server.document_layout import Layout, Page
from server.document_reading import Box, Reading
from server.highlights import MarkedSpan, SpanLinks
from server.publication import Publication

# A region of a PDF page, as the graph writes it (RFC 8118): left, top, width and height in points.
REGION = re.compile(
    r"page=(?P<page>\d+)&viewrect=(?P<left>[\d.]+),(?P<top>[\d.]+),(?P<width>[\d.]+),(?P<height>[\d.]+)"
)


@dataclass(frozen=True, slots=True)
class MarkedBox:
    """A box on a page with the span whose words stand in it."""

    box: Box
    span: MarkedSpan


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page with its boxes, the larger ones first, so that the smaller ones lie upon them."""

    page: Page
    boxes: tuple[MarkedBox, ...]


def shown_pages(
    publication: Publication,
    document: NamedNode,
    layout: Layout,
    spans: Iterable[MarkedSpan],
    reading: Reading,
) -> list[ShownPage]:
    """The pages of a document that has pictures of any of them."""
    if not layout.has_pictures:
        return []
    regions = regions_of(publication, document)
    on_page: defaultdict[int, list[MarkedBox]] = defaultdict(list)
    for span in spans:
        for box in reading.boxes.get(span) or regions.get(span.iri, ()):
            on_page[box.page].append(MarkedBox(box, span))
    return [
        ShownPage(page, tuple(sorted(on_page[page.number], key=lambda one: -one.box.area)))
        for page in layout.pages
    ]


def boxes_svg(shown: ShownPage, links: SpanLinks, chosen: tuple[int, int] | None) -> Markup:
    """The boxes as links for an SVG picture over the page; `chosen` is the stretch that is to stand out."""
    return Markup("".join(box_svg(one, links, chosen) for one in shown.boxes))


def box_svg(one: MarkedBox, links: SpanLinks, chosen: tuple[int, int] | None) -> str:
    span, box = one.span, one.box
    names = [span.family, *(f"has-{family}" for family in span.others)]
    if (span.start, span.end) == chosen:
        names.append("chosen")
    return (
        f'<a href="{escape(links.to(span))}" tabindex="-1" class="{" ".join(names)}" '
        f'data-at="{span.start},{span.end}"><rect x="{box.left:g}" y="{box.top:g}" '
        f'width="{box.right - box.left:.5g}" height="{box.bottom - box.top:.5g}"/></a>'
    )


def regions_of(publication: Publication, document: NamedNode) -> Mapping[str, tuple[Box, ...]]:
    """The boxes of the spans of a document, by their IRIs."""
    found: defaultdict[str, list[Box]] = defaultdict(list)
    for row in publication.ask("document-regions", document=document):
        found[row["span"]].extend(read_region(row["region"]))
    return {iri: tuple(boxes) for iri, boxes in found.items()}


def read_region(region: str) -> Iterator[Box]:
    """The box of a region; none where it is of another form.

    >>> [*read_region("page=2&viewrect=10,20,100,12.5")]
    [Box(page=2, left=10.0, top=20.0, right=110.0, bottom=32.5)]
    """
    told = REGION.fullmatch(region)
    if told:
        left, top = float(told["left"]), float(told["top"])
        right, bottom = left + float(told["width"]), top + float(told["height"])
        yield Box(int(told["page"]), left, top, round(right, 2), round(bottom, 2))
