"""Paragraphs: lines that were broken at the right edge are one sentence again, over pages too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.reading.pdf.layout import PageLayout, PlacedTable
from ingest.reading.pdf.lines import TextLine

# A numbering mark that begins a paragraph; a figure such as 1.5 is none.
NUMBERING = re.compile(
    r"第[一二三四五六七八九十百]{1,4}[部分章节条款]|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(]?\d{1,2}[）)]|\d{1,2}(?:、|[.．](?!\d))|[①-⑳]"
)
# Dots that lead to the page number of an entry in a table of contents.
LEADERS = re.compile(
    r"(?:(?:[.．·•]\s?){5,}|[…‥⋯]{3,}|(?:[…‥⋯]\s?){4,})[-—– ]*(?:\d{1,4}|[ivxIVX]{0,6})[-—– ]*$"
)
SENTENCE_END = tuple("。！？；：…")
# Words that go on from the sentence before them, and open no paragraph.
GOES_ON = (
    "原因是",
    "原因为",
    "原因：",
    "主要原因",
    "增减变动",
    "变动原因",
    "主要是",
    "其中：",
    "较上年",
    "比上年",
)
# Marks after which a sentence goes on.
UNFINISHED = "，、："
OPENING = "（(《〈“‘【〔["
CLOSING = "，。、；：！？）)》〉”’】〕]%％…"
WORD = re.compile(r"[A-Za-z0-9.,%/\-]+")
# What a line may fall short of the right edge and still be full, in characters.
SLACK = 0.6
# Lines of one column end within this of one another, in characters.
SAME_EDGE = 1.0
# A first line is indented by at least this much, in characters.
LEAST_INDENT = 0.8
# Lines below a first line begin further left than it by at least this much, in characters.
LEAST_OUTDENT = 0.25
# A larger step down than this many line pitches parts paragraphs.
MOST_PITCHES = 1.6
# The same below a line that ends in the middle of a sentence.
FAR_PITCHES = 2.6
# A line that ends in the middle of a sentence may leave this much room, in characters.
MOST_ROOM = 4.0
# Paragraphs are spaced when the step between them is wider than that of lines by this much.
LEAST_SPACING = 1.15
# Steps between lines of text, in sizes.
LEAST_STEP, MOST_STEP = 0.9, 6.0
USUAL_PITCH = 1.5
# A line that leaves this much room, in characters, is the last one of its paragraph.
LEAST_ROOM = 5.0
# The gap that word processors set between Chinese characters and a number, in characters.
AUTOMATIC_SPACE = 0.25
# Sizes that differ by more than this part a heading from its text.
MOST_GROWTH = 1.12
# How far a title may stand from the middle, in characters: a first line may be indented too.
MOST_OFFSET = 2.0
# A title that takes this much of its column may go on below.
LEAST_TITLE_WIDTH = 0.8
FEWEST_CHARACTERS_OF_PROSE = 12
FEWEST_LINES_OF_EDGE = 3
# No line reaches beyond the edge of its column by more than this, in characters.
BEYOND = 2.0


@dataclass(frozen=True)
class Setting:
    """How the text of a document is set: the size of most lines and, in sizes, the step from line to line
    and from paragraph to paragraph."""

    size: float
    pitch: float
    spacing: float

    @property
    def is_spaced(self) -> bool:
        """Whether a wider step parts the paragraphs."""
        return self.spacing > LEAST_SPACING * self.pitch

    @property
    def most_step(self) -> float:
        """The widest step within a paragraph, in sizes."""
        return (self.pitch + self.spacing) / 2 if self.is_spaced else MOST_PITCHES * self.pitch

    @property
    def far_step(self) -> float:
        """The widest step within a sentence that an author broke by hand."""
        return FAR_PITCHES * self.pitch


@dataclass(frozen=True)
class Column:
    """The edges between which the text of a page is set, and how the text of its document is set.

    The edges are not `known` where too few lines show them.
    """

    left: float
    right: float
    is_known: bool
    setting: Setting


@dataclass(frozen=True)
class PlacedLine:
    """A line with its page and the column that it is set in."""

    page: PageLayout
    line: TextLine
    column: Column


Paragraph = list[PlacedLine]


def find_paragraphs(
    pages: Sequence[PageLayout],
) -> Iterator[Paragraph | tuple[PageLayout, PlacedTable]]:
    """The paragraphs and tables of a document in reading order."""
    columns = Columns(pages)
    paragraph: Paragraph = []
    for page in pages:
        column = columns.of(page)
        for item in page.items():
            if isinstance(item, PlacedTable):
                if paragraph:
                    yield paragraph
                    paragraph = []
                yield page, item
                continue
            placed = PlacedLine(page, item, column)
            if paragraph and not goes_on(paragraph, placed):
                yield paragraph
                paragraph = []
            paragraph.append(placed)
    if paragraph:
        yield paragraph


def goes_on(paragraph: Paragraph, following: PlacedLine) -> bool:
    """Whether a line continues the paragraph above it."""
    last = paragraph[-1]
    if is_entry(last.line) or is_entry(following.line):
        return False
    if is_of_other_kind(paragraph, following) or begins_numbered(paragraph, following):
        return False
    if is_unfinished(paragraph, following) or is_wrapped_title(last, following):
        return True
    return (
        is_full(last, following.line)
        and not is_apart(last, following, last.column.setting.most_step)
        and not is_indented(paragraph, following)
        and not is_ended(paragraph, following)
    )


def is_ended(paragraph: Paragraph, following: PlacedLine) -> bool:
    """Whether a sentence ends at the edge, and neither an indent nor a gap tells that its paragraph goes on."""
    outdent = (paragraph[0].line.left - paragraph[0].column.left) - (
        following.line.left - following.column.left
    )
    is_sentence_end = paragraph[-1].line.text.endswith(("。", "！", "？"))
    # Where a gap parts paragraphs, a full line without one below it is no last line.
    is_told = following.column.setting.is_spaced or following.line.text.lstrip().startswith(GOES_ON)
    return is_sentence_end and outdent < LEAST_OUTDENT * following.line.size and not is_told


def is_unfinished(paragraph: Paragraph, following: PlacedLine) -> bool:
    """Whether prose stops in the middle of a sentence and the following line is no first line: an author
    broke it by hand, or a number moved down as a whole."""
    first, last = paragraph[0], paragraph[-1]
    text = last.line.text
    if not any(mark in placed.line.text for placed in paragraph for mark in "，。；"):
        return False
    indent = LEAST_INDENT * first.line.size
    start = following.line.left - following.column.left
    outdent = (first.line.left - first.column.left) - start
    setting = last.column.setting
    if text[-1] in UNFINISHED and outdent > indent and start < indent:
        return not is_apart(last, following, setting.far_step)
    return (
        (is_word(text[-1]) or (text[-1] in UNFINISHED and start < indent))
        and outdent > -indent
        and last.column.right - last.line.right < MOST_ROOM * last.line.size
        and not is_apart(last, following, setting.most_step)
    )


def is_word(character: str) -> bool:
    return character.isalnum()


def is_full(placed: PlacedLine, following: TextLine) -> bool:
    """Whether what begins the following line had no room at the end of this one."""
    line, column = placed.line, placed.column
    return line.right + first_unit_width(following) > column.right - SLACK * line.size


def is_title(placed: PlacedLine) -> bool:
    """Whether a line is larger than the text and stands in the middle."""
    line, column = placed.line, placed.column
    offset = (line.left - column.left) - (column.right - line.right)
    return line.size > MOST_GROWTH * column.setting.size and abs(offset) < MOST_OFFSET * line.size


def is_wrapped_title(last: PlacedLine, following: PlacedLine) -> bool:
    """Whether a title that takes the width of its column goes on in the line below."""
    width = last.column.right - last.column.left
    return (
        is_title(last)
        and is_title(following)
        and last.line.rectangle.width > LEAST_TITLE_WIDTH * width
        and not is_apart(last, following, last.column.setting.most_step)
    )


def first_unit_width(line: TextLine) -> float:
    """The width of what cannot be broken at the start of a line: a character with the brackets and marks
    that stick to it, or a word or number."""
    characters = line.characters
    end = 0
    while end < len(characters) - 1 and characters[end].text in OPENING:
        end += 1
    width = 0.0
    if WORD.fullmatch(characters[end].text):
        width = AUTOMATIC_SPACE * line.size
        while end < len(characters) - 1 and WORD.fullmatch(characters[end + 1].text):
            end += 1
    while end < len(characters) - 1 and characters[end + 1].text in CLOSING:
        end += 1
    return width + characters[end].right - characters[0].left


def is_entry(line: TextLine) -> bool:
    """Whether a line is an entry of a table of contents."""
    return LEADERS.search(line.text) is not None


def is_of_other_kind(paragraph: Paragraph, following: PlacedLine) -> bool:
    """Whether size or font part a heading from its text."""
    line, other = paragraph[-1].line, following.line
    if max(line.size, other.size) > MOST_GROWTH * min(line.size, other.size):
        return True
    fonts = {font for placed in paragraph for font in wide_fonts(placed.line)}
    first = next(iter(wide_fonts(other)), None)
    return (
        len(fonts) == 1
        and first is not None
        and first not in fonts
        and (len(set(wide_fonts(other))) == 1)
    )


def wide_fonts(line: TextLine) -> list[str]:
    """The fonts of the Chinese characters of a line; figures and punctuation have fonts of their own."""
    return [
        # A font of which a part is in the file has a tag before its name: ABCDEF+FangSong.
        one.font.rsplit("+", 1)[-1]
        for one in line.characters
        if "\u4e00" <= one.text[0] <= "\u9fff"
    ]


def is_apart(last: PlacedLine, following: PlacedLine, most_step: float) -> bool:
    """Whether a gap on one page, wider than `most_step` sizes, parts two lines."""
    if last.page is not following.page:
        return False
    step = following.line.baseline - last.line.baseline
    return step <= 0 or step > most_step * last.line.size


def is_indented(paragraph: Paragraph, following: PlacedLine) -> bool:
    """Whether a line begins further right than the lines of its paragraph do."""
    indent = LEAST_INDENT * following.line.size
    left = following.line.left - following.column.left
    first, before = (
        placed.line.left - placed.column.left for placed in (paragraph[0], paragraph[-1])
    )
    stays = abs(before - left) < indent and len(paragraph) > 1
    if not following.column.is_known:
        return not stays and left > first - indent
    return left >= indent and not stays


def begins_numbered(paragraph: Paragraph, following: PlacedLine) -> bool:
    """Whether a line begins with a numbering mark, and is no wrapped line in the middle of a sentence."""
    if NUMBERING.match(following.line.text) is None:
        return False
    first, last = paragraph[0], paragraph[-1]
    outdent = (first.line.left - first.column.left) - (following.line.left - following.column.left)
    is_wrapped = outdent > LEAST_INDENT * first.line.size and is_full(last, following.line)
    return not is_wrapped or last.line.text.endswith(SENTENCE_END)


class Columns:
    """The columns of text of a document's pages."""

    def __init__(self, pages: Sequence[PageLayout]) -> None:
        by_width: dict[int, list[TextLine]] = defaultdict(list)
        for page in pages:
            by_width[self.width_of(page)].extend(page.lines)
        self.by_width = {width: self.edges(lines) for width, lines in by_width.items()}
        self.setting = find_setting([(page, self.edge_of(page)) for page in pages])

    @staticmethod
    def width_of(page: PageLayout) -> int:
        return round(page.frame.width / 10)

    def of(self, page: PageLayout) -> Column:
        """The column of a page: its own where enough lines show it, else that of its like."""
        known = self.edge_of(page)
        if known:
            return Column(*known, True, self.setting)
        lefts = [line.left for line in page.lines] or [0.0]
        rights = [line.right for line in page.lines] or [page.frame.width]
        return Column(min(lefts), max(rights), False, self.setting)

    def edge_of(self, page: PageLayout) -> tuple[float, float] | None:
        """The left and right edge of a page's text where enough lines show them."""
        own = self.edges(page.lines)
        farthest = max((line.right for line in page.lines), default=0.0)
        if own and farthest > own[1] + BEYOND * sizes(page.lines):
            # Short lines that happen to end alike are no edge.
            own = None
        return own or self.by_width[self.width_of(page)]

    @staticmethod
    def edges(lines: Sequence[TextLine]) -> tuple[float, float] | None:
        """The left and right edge that several lines of prose share."""
        prose = [line for line in lines if len(line.characters) >= FEWEST_CHARACTERS_OF_PROSE]
        right = rightmost_shared([line.right for line in prose], sizes(prose))
        if right is None:
            return None
        full = [line for line in prose if line.right > right - 2 * line.size]
        return min(line.left for line in full), right


def sizes(lines: Sequence[TextLine]) -> float:
    return median(line.size for line in lines) if lines else 1.0


def rightmost_shared(rights: Iterable[float], size: float) -> float | None:
    """The rightmost edge at which several lines end."""
    ordered = sorted(rights, reverse=True)
    for index, right in enumerate(ordered):
        near = [other for other in ordered[index:] if other > right - SAME_EDGE * size]
        if len(near) >= FEWEST_LINES_OF_EDGE:
            return right
    return None


def find_setting(pages: Sequence[tuple[PageLayout, tuple[float, float] | None]]) -> Setting:
    """How the text of the pages, given with their edges, is set."""
    within: list[float] = []
    between: list[float] = []
    for page, edges in pages:
        for first, second in pairwise(page.lines):
            step = (second.baseline - first.baseline) / first.size
            if edges is None or not LEAST_STEP < step < MOST_STEP or first.size != second.size:
                continue
            room = (edges[1] - first.right) / first.size
            if room < SAME_EDGE:
                within.append(step)
            elif room > LEAST_ROOM and len(first.characters) >= FEWEST_CHARACTERS_OF_PROSE:
                between.append(step)
    pitch = median(within or between or [USUAL_PITCH])
    spacing = median(between) if len(between) >= FEWEST_LINES_OF_EDGE else pitch
    return Setting(sizes([line for page, _ in pages for line in page.lines]), pitch, spacing)
