"""What stands on every page and is no part of the text: page numbers, running heads and feet, watermarks.

They are told by their place and by being there again on other pages, never by their wording.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from ingest.reading.pdf.characters import Character
from ingest.reading.pdf.layout import PageLayout, PlacedTable
from ingest.reading.pdf.lines import TextLine

# The share of a page's height, at its top and bottom, that running heads and feet keep to.
MARGIN = 0.1
# A line that stands at the same place on this many pages, and on this share of them, is a running one.
FEWEST_PAGES = 3
LEAST_SHARE = 0.4
# Places are the same within this many points.
SAME_PLACE = 4.0
# A watermark is larger than the text, and on most pages.
LEAST_WATERMARK_SIZE = 1.5
LEAST_WATERMARK_SHARE = 0.6
# A number with a leading zero is a code: 公开01表.
NUMBER = re.compile(r"(?<![\d.])[1-9]\d{0,3}(?![\d.])")
Key = tuple[str, int]
PAGE_NUMBER = re.compile(
    r"(?:第|[-—–－·~～]*)[ ]*\d{1,3}[ ]*(?:[/／][ ]*\d{1,3}|页.{0,8}|[-—–－·~～]*)"
)


def drop_furniture(pages: Sequence[PageLayout]) -> None:
    """Take the running lines and page numbers off the pages."""
    repeated = running_lines(pages)
    for page in pages:
        for line in rims(page):
            if not repeated.isdisjoint(keys_of(page, line)) or is_page_number(page, line):
                page.lines.remove(line)


def running_lines(pages: Sequence[PageLayout]) -> set[Key]:
    """The lines that stand at one place of several pages."""
    found: dict[Key, set[int]] = defaultdict(set)
    for page in pages:
        for line in rims(page):
            for key in keys_of(page, line):
                found[key].add(page.number)
    least = max(FEWEST_PAGES, LEAST_SHARE * len(pages))
    return {key for key, numbers in found.items() if len(numbers) >= least}


def rims(page: PageLayout) -> Iterator[TextLine]:
    """The outermost lines of a page that stand in its margins."""
    items = page.items()
    margin = MARGIN * page.frame.height
    for outward in (items, items[::-1]):
        for item in outward[:2]:
            if isinstance(item, PlacedTable):
                break
            from_edge = (
                item.rectangle.top
                if outward is items
                else page.frame.height - item.rectangle.bottom
            )
            if from_edge > margin:
                break
            yield item


def keys_of(page: PageLayout, line: TextLine) -> set[Key]:
    """What makes two running lines one: the words and the distance from the edge. A number counts as it
    is, or by how far it is from the page's own: page numbers grow with their pages."""
    words = "".join(line.text.split())
    from_top = line.baseline
    from_bottom = page.frame.height - line.baseline
    distance = round((from_top if from_top < from_bottom else -from_bottom) / SAME_PLACE)
    relative = NUMBER.sub(lambda found: f"#{int(found.group()) - page.number}", words)
    first = NUMBER.sub(lambda found: f"#{int(found.group()) - page.number}", words, count=1)
    return {(form, distance) for form in (words, relative, first)}


def is_page_number(page: PageLayout, line: TextLine) -> bool:
    """Whether a line in the bottom margin is nothing but the number of a page."""
    return (
        PAGE_NUMBER.fullmatch(line.text) is not None
        and line.rectangle.top > (1 - MARGIN) * page.frame.height
    )


def find_watermarks(pages: Sequence[Sequence[Character]]) -> set[tuple[str, int, int]]:
    """The large characters that stand at one place of most pages."""
    found: Counter[tuple[str, int, int]] = Counter()
    for characters in pages:
        if characters:
            least = LEAST_WATERMARK_SIZE * median(one.size for one in characters)
            found.update({place_of(one) for one in characters if one.size >= least})
    fewest = max(FEWEST_PAGES, LEAST_WATERMARK_SHARE * len(pages))
    return {place for place, count in found.items() if count >= fewest}


def place_of(character: Character) -> tuple[str, int, int]:
    return (
        character.text,
        round(character.left / SAME_PLACE),
        round(character.baseline / SAME_PLACE),
    )
