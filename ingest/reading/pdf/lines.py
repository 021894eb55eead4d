"""Lines of text: characters grouped by their baselines and put in order, whatever order they were drawn in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from ingest.reading.pdf.characters import Character
from ingest.reading.pdf.frame import Rectangle

# Characters belong to one line when their baselines differ by less than this much of their size.
MOST_SHIFT = 0.34
# A smaller character this near, in sizes of the line, is raised or lowered beside it.
SMALL = 0.8
MOST_RAISE = 0.7
# The same character drawn again within this much of its width makes it bold.
MOST_BOLD_SHIFT = 0.3
# Gaps that are spaces, in sizes: where a space was drawn, between Latin letters, beside one, and between
# Chinese characters. Word processors set a quarter between Latin and Chinese characters, which is no space.
DRAWN_SPACE = 0.08
LATIN_SPACE = 0.14
MIXED_SPACE = 0.32
WIDE_SPACE = 0.45
# A gap as wide as this, in sizes, parts two columns or boxes.
COLUMN_GAP = 1.6
# Characters that follow one another at once are at most this far apart, in sizes.
CHAIN_GAP = 0.1


@dataclass(frozen=True)
class TextLine:
    """The characters of one line from left to right."""

    characters: tuple[Character, ...]

    @property
    def left(self) -> float:
        return self.characters[0].left

    @cached_property
    def right(self) -> float:
        return max(character.right for character in self.characters)

    @cached_property
    def size(self) -> float:
        """The size of most of its characters."""
        return median(character.size for character in self.characters)

    @cached_property
    def baseline(self) -> float:
        return median(character.baseline for character in self.characters)

    @cached_property
    def rectangle(self) -> Rectangle:
        return rectangle_around(self.characters)

    @cached_property
    def text(self) -> str:
        """The words, with a space where the page shows one."""
        return "".join((" " if gap else "") + text for text, gap, _ in self.stretches())

    @cached_property
    def spread(self) -> float:
        """By how much the characters of the line are set apart, in points: letter-spaced words have no
        space between each two of their characters."""
        gaps = sorted(
            second.left - first.right
            for first, second in pairwise(self.characters)
            if is_wide(first.text) and is_wide(second.text)
        )
        if len(gaps) < 2:
            return 0.0
        return max(0.0, gaps[len(gaps) // 2])

    def stretches(self) -> Iterator[tuple[str, bool, Rectangle]]:
        """Stretches of characters of one width: the words, whether a space is before them, the place."""
        start, gap = 0, False
        for index in range(1, len(self.characters) + 1):
            if index < len(self.characters):
                first, second = self.characters[index - 1 : index + 1]
                is_spaced = self.is_space(first, second)
                if not is_spaced and is_wide(first.text) == is_wide(second.text):
                    continue
            else:
                is_spaced = False
            part = self.characters[start:index]
            yield "".join(one.text for one in part), gap, rectangle_around(part)
            start, gap = index, is_spaced

    def is_space(self, first: Character, second: Character) -> bool:
        """Whether the gap between two neighbours is a space."""
        gap = (second.left - first.right) / max(first.size, second.size)
        wide = is_wide(first.text) + is_wide(second.text)
        least = DRAWN_SPACE if second.after_space else (LATIN_SPACE, MIXED_SPACE, WIDE_SPACE)[wide]
        return gap > least + (self.spread / self.size if wide else 0)

    def parts(self) -> list[TextLine]:
        """The line, parted at gaps that are wider than any space."""
        gap = COLUMN_GAP * self.size + self.spread
        return [TextLine(part) for part in self.parted(gap)]

    def chains(self) -> list[tuple[Character, ...]]:
        """The line, parted wherever a character does not follow the one before at once."""
        return self.parted(CHAIN_GAP * self.size)

    def parted(self, gap: float) -> list[tuple[Character, ...]]:
        """The line, parted at gaps that are wider, in points."""
        parts: list[list[Character]] = [[self.characters[0]]]
        for first, second in pairwise(self.characters):
            if second.left - first.right > gap:
                parts.append([])
            parts[-1].append(second)
        return [tuple(part) for part in parts]


def find_lines(characters: Iterable[Character]) -> list[TextLine]:
    """The lines from top to bottom."""
    groups = [*by_baseline(characters)]
    joined = join_raised(groups)
    lines = [TextLine(tuple(without_repeats(group))) for group in joined]
    return sorted(lines, key=lambda line: (line.baseline, line.left))


def by_baseline(characters: Iterable[Character]) -> Iterator[list[Character]]:
    group: list[Character] = []
    for character in sorted(characters, key=lambda one: one.baseline):
        if group:
            size = min(group[-1].size, character.size)
            if character.baseline - group[0].baseline > MOST_SHIFT * size:
                yield group
                group = []
        group.append(character)
    if group:
        yield group


def join_raised(groups: list[list[Character]]) -> list[list[Character]]:
    """The groups, those of small characters that are raised or lowered beside a line put into it."""
    lines = sorted(groups, key=lambda group: -median(one.size for one in group))
    kept: list[list[Character]] = []
    for group in lines:
        beside = next((line for line in kept if is_beside(group, line)), None)
        if beside is None:
            kept.append([*group])
        else:
            beside.extend(group)
    return kept


def is_beside(group: list[Character], line: list[Character]) -> bool:
    size = median(one.size for one in line)
    if median(one.size for one in group) > SMALL * size:
        return False
    if abs(median(one.baseline for one in group) - median(one.baseline for one in line)) > (
        MOST_RAISE * size
    ):
        return False
    left, right = min(one.left for one in group), max(one.right for one in group)
    return any(one.left - size < right and left < one.right + size for one in line)


def without_repeats(characters: Iterable[Character]) -> Iterator[Character]:
    """The characters from left to right, each that was drawn twice once."""
    kept: list[Character] = []
    for character in sorted(characters, key=lambda one: one.left):
        if not any(is_repeat(before, character) for before in kept[-4:]):
            kept.append(character)
    yield from kept


def is_repeat(before: Character, character: Character) -> bool:
    width = max(character.right - character.left, 0.25 * character.size)
    return (
        before.text == character.text
        and abs(before.left - character.left) < MOST_BOLD_SHIFT * width
        and abs(before.baseline - character.baseline) < MOST_BOLD_SHIFT * character.size
    )


def is_wide(text: str) -> bool:
    """Whether a character takes a whole square, as Chinese ones do."""
    return text[0] >= "\u2e80" or text[0] in "“”‘’…—·"


def rectangle_around(characters: Sequence[Character]) -> Rectangle:
    return Rectangle(
        min(one.left for one in characters),
        min(one.top for one in characters),
        max(one.right for one in characters),
        max(one.bottom for one in characters),
    )
