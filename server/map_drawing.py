"""A map of a whole network as a picture that needs no script: SVG, coloured by the style sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from server.api.explore.maps import MapAnswer, PlacedCommunity, PlacedNode
from server.language import Language
from server.links import Links
from server.pages import CHINESE

#: Colours of communities; those beyond take them again, and numbers tell them apart.
COLOURS = 10
MARGIN = 1.5
#: Nodes that have their names in the picture where there are no more than these; else discs have.
NAMED_NODES = 45
LONGEST_NAME = 14
#: More edges than these are drawn fainter.
MANY_EDGES = 400
#: The radius of a node in units of the distance that nodes keep, and at most so much of the picture.
RADIUS = 0.3
LARGEST = 11.0
WIDTH = 1000.0


@dataclass(frozen=True, slots=True)
class Frame:
    """How places become points of the picture: scaled, and moved so that the left top is 0, 0."""

    left: float
    top: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        return WIDTH / self.width

    def x(self, place: float) -> float:
        return round((place - self.left) * self.scale, 1)

    def y(self, place: float) -> float:
        return round((place - self.top) * self.scale, 1)


def frame_of(told: MapAnswer) -> Frame:
    """The frame that holds every node and disc."""
    boxes = [(node.x, node.y, MARGIN) for node in told.nodes]
    # Above a disc stands its number.
    boxes += [(disc.x, disc.y, disc.radius + MARGIN) for disc in told.communities]
    left, right = min(x - r for x, _, r in boxes), max(x + r for x, _, r in boxes)
    top, bottom = min(y - r for _, y, r in boxes), max(y + r for _, y, r in boxes)
    return Frame(left, top, right - left, bottom - top)


def draw_map(told: MapAnswer, language: Language, links: Links) -> Markup:
    """The picture; empty for a map without nodes."""
    if not told.nodes:
        return Markup()
    frame = frame_of(told)
    height = round(frame.height * frame.scale)
    parts = [
        Markup('<svg class="map" viewBox="0 0 {} {}" role="group">').format(int(WIDTH), height),
        *(draw_disc(disc, frame) for disc in told.communities),
        *draw_edges(told, frame),
        *(draw_node(node, frame, language, links) for node in told.nodes),
        *draw_names(told, frame, language),
        Markup("</svg>"),
    ]
    return Markup("\n").join(parts)


def draw_disc(disc: PlacedCommunity, frame: Frame) -> Markup:
    return Markup('<circle class="disc {}" cx="{}" cy="{}" r="{}"/>').format(
        colour_class(disc.number),
        frame.x(disc.x),
        frame.y(disc.y),
        round(disc.radius * frame.scale, 1),
    )


def draw_edges(told: MapAnswer, frame: Frame) -> Iterator[Markup]:
    """The edges as one path, which takes less room than a line for each."""
    moves = (
        f"M{frame.x(told.nodes[edge.source].x)} {frame.y(told.nodes[edge.source].y)}"
        f"L{frame.x(told.nodes[edge.target].x)} {frame.y(told.nodes[edge.target].y)}"
        for edge in told.edges
    )
    if told.edges:
        look = "edges many" if len(told.edges) > MANY_EDGES else "edges"
        yield Markup('<path class="{}" d="{}"/>').format(look, "".join(moves))


def draw_node(node: PlacedNode, frame: Frame, language: Language, links: Links) -> Markup:
    """A node that leads to its page: offices round, themes square."""
    radius = round(min(RADIUS * frame.scale, LARGEST), 1)
    x, y = frame.x(node.x), frame.y(node.y)
    if node.kind == "office":
        shape = Markup('<circle cx="{}" cy="{}" r="{}"/>').format(x, y, radius)
    else:
        left, top = round(x - radius, 1), round(y - radius, 1)
        shape = Markup('<rect x="{0}" y="{1}" width="{2}" height="{2}"/>').format(
            left, top, round(2 * radius, 1)
        )
    name = called(node, language)
    return Markup('<a class="{}" href="{}"{}><title>{}</title>{}</a>').format(
        colour_class(node.community),
        links.page(node.iri),
        told_language(name, language),
        name,
        shape,
    )


def draw_names(told: MapAnswer, frame: Frame, language: Language) -> Iterator[Markup]:
    """The names of the nodes where these are few, else the numbers of the discs."""
    if len(told.nodes) <= NAMED_NODES:
        for node in told.nodes:
            name = called(node, language)
            yield Markup('<text x="{}" y="{}"{}>{}</text>').format(
                frame.x(node.x),
                frame.y(node.y) - 16,
                told_language(name, language),
                shortened(name),
            )
    for disc in told.communities:
        yield Markup('<text class="number" x="{}" y="{}">{}</text>').format(
            frame.x(disc.x), frame.y(disc.y - disc.radius) - 6, disc.number
        )


def called(node: PlacedNode, language: Language) -> str:
    return node.name_en if language == "en" else node.name


def told_language(name: str, language: Language) -> Markup:
    """The attribute that tells a Chinese name on an English page, for those who have it read to them."""
    is_untold = language == "en" and CHINESE.search(name) is not None
    return Markup(' lang="zh-Hans"') if is_untold else Markup()


def shortened(name: str) -> str:
    """The end of a long name, which tells more than its beginning.

    >>> shortened("示例市乙区民政局"), shortened("示例省示例市示例区政务服务管理办公室")
    ('示例市乙区民政局', '…例区政务服务管理办公室')
    """
    return name if len(name) <= LONGEST_NAME else "…" + name[-11:]


def colour_class(number: int) -> str:
    """The class of the colour of a community; 0 has none of its own."""
    return f"c{(number - 1) % COLOURS + 1}" if number else "c0"
