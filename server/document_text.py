"""The text of a document as HTML: titles, paragraphs and tables with their facts marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from server.document_blocks import (
    Block,
    Heading,
    grid_row,
    regions_of,
)
from server.document_layout import Cell, Table
from server.highlights import MarkedSpan, Piece, SpanLinks, marked_regions, to_html

Pieces = tuple[Piece | str, ...]
Region = tuple[int, int]
#: The title of the page is the only heading of the first rank.
FIRST_RANK = 2


@dataclass(frozen=True, slots=True)
class TextPart:
    """A block of the text as HTML, with the white space before it."""

    block: Block
    html: Markup


def text_parts(
    text: str, blocks: Sequence[Block], spans: Iterable[MarkedSpan], links: SpanLinks
) -> list[TextPart]:
    """The text as HTML, block by block.

    The words of the parts, one after the other, are the text, character for character, but for the white
    space behind the last of them.

    Args:
        blocks: those of `blocks_of` for this text.
    """
    regions = [*regions_of(blocks)]
    pieces = dict(zip(regions, marked_regions(text, regions, spans), strict=True))
    parts: list[TextPart] = []
    position = 0
    for block in blocks:
        before = escape(text[position : block.start])
        parts.append(TextPart(block, before + block_html(text, block, pieces, links)))
        position = block.end
    return parts


def block_html(
    text: str, block: Block, pieces: Mapping[Region, Pieces], links: SpanLinks
) -> Markup:
    if isinstance(block, Table):
        return table_html(text, block, pieces, links)
    content = to_html(pieces[block.start, block.end], links)
    if isinstance(block, Heading):
        rank = FIRST_RANK + block.depth - 1
        return Markup('<h{0} id="section-{1}">{2}</h{0}>').format(rank, block.number, content)
    return Markup("<p>{}</p>").format(content)


def table_html(
    text: str, table: Table, pieces: Mapping[Region, Pieces], links: SpanLinks
) -> Markup:
    """A table in a frame that scrolls; the white space between its cells stays where it is."""
    rows = "".join(table_rows(text, table, pieces, links))
    end = table.cells[-1].end if table.cells else table.start
    return Markup(
        f'<div class="sheet" tabindex="0"><table><tbody>{rows}</tbody></table></div>'
        f"{escape(text[end : table.end])}"
    )


def table_rows(
    text: str, table: Table, pieces: Mapping[Region, Pieces], links: SpanLinks
) -> Iterator[str]:
    covered: dict[int, int] = {}
    position = table.start
    for row in table.rows:
        yield "<tr>"
        for one in grid_row(row, covered):
            if isinstance(one, int):
                yield f'<td colspan="{one}"></td>'
                continue
            yield escape(text[position : one.start])
            yield cell_tag(text, one)
            yield to_html(pieces[one.start, one.end], links)
            yield "</td>"
            position = one.end
        yield "</tr>"


def cell_tag(text: str, cell: Cell) -> str:
    kind = ' class="figure"' if is_figure(text[cell.start : cell.end]) else ""
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<td{kind}{columns}{rows}>"


def is_figure(words: str) -> bool:
    """Whether a cell holds a number and nothing else, which is set to the right.

    >>> is_figure(" 3,330.07"), is_figure("-7.5%"), is_figure("2080101"), is_figure("行政运行")
    (True, True, False, False)
    """
    figure = words.strip().removesuffix("%").replace(",", "").lstrip("-−")
    return figure.replace(".", "", 1).isdigit() and ("." in figure or len(figure) < 3)
