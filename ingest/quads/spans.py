"""Spans of the text: what every fact points to (Web Annotation selectors, RFC 5147 fragments)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ingest.facts import Box, Span
from ingest.quads.disclosure import Disclosure
from ingest.quads.vocabulary import DCTERMS, OA, RDF, A, Property, chinese, describe, integer
from ingest.reading.privacy import is_personal

# The fragment identifiers of PDF files, by the IRI that the Web Annotation recommendation lists for them.
PDF_FRAGMENTS = NamedNode("http://tools.ietf.org/rfc/rfc3778")
# Enough characters on either side to find a quote again in another version of the text.
CONTEXT = 12
# Context is left out when contact data stand this near.
CONTACT_DISTANCE = 48


class SpanError(ValueError):
    """A fact does not quote the text that it is said to stand in."""


def span_node(disclosure: Disclosure, span: Span) -> NamedNode:
    """The IRI of a span: `{text}#char=start,end`."""
    return NamedNode(f"{disclosure.text_version.value}#char={span.start},{span.end}")


def stated_in(
    disclosure: Disclosure, subject: NamedNode, *spans: Span, sentence: bool = False
) -> Iterator[Triple]:
    """The triples that say where a subject is stated, and that describe the spans.

    Raises:
        SpanError: the quote of a span is not the text at its offsets.
    """
    for span in spans:
        yield Triple(subject, disclosure.gl["statedIn"], span_node(disclosure, span))
        yield from describe_span(disclosure, span, sentence=sentence)


def describe_span(
    disclosure: Disclosure, span: Span, *, sentence: bool = False
) -> Iterator[Triple]:
    """A span with its text and its two selectors, which have IRIs of their own.

    Raises:
        SpanError: the quote is not the text at the offsets.
    """
    check_span(disclosure, span)
    gl, place = disclosure.gl, f"{span.start},{span.end}"
    position = NamedNode(f"{disclosure.text_version.value}#position={place}")
    quotation = NamedNode(f"{disclosure.text_version.value}#quote={place}")
    yield from describe(
        span_node(disclosure, span),
        (
            (A, gl["TextSpan"]),
            (A, gl["Sentence"] if sentence else None),
            (OA["hasSource"], disclosure.text_version),
            (OA["hasSelector"], position),
            (OA["hasSelector"], quotation),
            (gl["text"], chinese(span.quote)),
            (gl["page"], integer(span.boxes[0].page) if span.boxes else None),
        ),
    )
    yield from describe(position, position_selector(span))
    yield from describe(quotation, quote_selector(disclosure.text, span))
    yield from describe_boxes(disclosure, span)


def describe_boxes(disclosure: Disclosure, span: Span) -> Iterator[Triple]:
    """The places of a span on the pages of a PDF file, one selector a page."""
    for box in span.boxes:
        place = f"{span.start},{span.end}-{box.page}"
        region = NamedNode(f"{disclosure.text_version.value}#region={place}")
        yield Triple(span_node(disclosure, span), OA["hasSelector"], region)
        yield from describe(region, page_selector(box))


def page_selector(box: Box) -> tuple[Property, ...]:
    """oa:FragmentSelector of a PDF file: page and view rectangle (left, top, width, height in points),
    as RFC 8118 (which took the place of RFC 3778) and ISO 32000-2 annex O write them."""
    rectangle = (box.left, box.top, box.right - box.left, box.bottom - box.top)
    shown = ",".join(f"{round(length, 1):g}" for length in rectangle)
    return (
        (A, OA["FragmentSelector"]),
        (DCTERMS["conformsTo"], PDF_FRAGMENTS),
        (RDF["value"], Literal(f"page={box.page}&viewrect={shown}")),
    )


def position_selector(span: Span) -> tuple[Property, ...]:
    """oa:TextPositionSelector: offsets in code points, the end excluded."""
    return (
        (A, OA["TextPositionSelector"]),
        (OA["start"], integer(span.start)),
        (OA["end"], integer(span.end)),
    )


def quote_selector(text: str, span: Span) -> tuple[Property, ...]:
    """oa:TextQuoteSelector: the quote with some context, to find it in another text."""
    before, after = context(text, span)
    return (
        (A, OA["TextQuoteSelector"]),
        (OA["exact"], Literal(span.quote)),
        (OA["prefix"], Literal(before) if before else None),
        (OA["suffix"], Literal(after) if after else None),
    )


def check_span(disclosure: Disclosure, span: Span) -> None:
    found = disclosure.text[span.start : span.end]
    if found != span.quote or not span.quote:
        raise SpanError(
            f"{disclosure.facts.source}: the text at {span.start}..{span.end} is {found[:20]!r}, "
            f"but the fact there quotes {span.quote[:20]!r}"
        )


def context(text: str, span: Span) -> tuple[str, str]:
    """The characters before and after a span; empty where contact data are near."""
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    near_before = text[max(0, span.start - CONTACT_DISTANCE) : span.start]
    near_after = text[span.end : span.end + CONTACT_DISTANCE]
    return ("" if is_personal(near_before) else before), ("" if is_personal(near_after) else after)


def sentence_around(text: str, span: Span) -> Span:
    """The sentence that a span stands in, without white space at its rims."""
    start = max(text.rfind(mark, 0, span.start) for mark in "。\n") + 1
    ends = [end for mark in "。\n" if (end := text.find(mark, span.end)) >= 0]
    end = min(ends, default=len(text))
    end += text[end : end + 1] == "。"
    quote = text[start:end]
    start += len(quote) - len(quote.lstrip())
    quote = quote.strip()
    return Span(start, start + len(quote), quote)
