"""The provincial-level divisions of China as tiles of one size, so that each can be read and touched.

Codes are those of GB/T 2260, letters those of ISO 3166-2:CN. Where a tile stands keeps neighbours together as
far as a grid can; it says nothing of the land's size or borders.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

from server.covered_places import Place

#: Code, letters, short name in Chinese, name in English; column and row are counted from 0.
TILES = (
    ("110000", "BJ", "北京", "Beijing", 6, 2),
    ("120000", "TJ", "天津", "Tianjin", 6, 3),
    ("130000", "HE", "河北", "Hebei", 5, 2),
    ("140000", "SX", "山西", "Shanxi", 4, 2),
    ("150000", "NM", "内蒙古", "Inner Mongolia", 5, 1),
    ("210000", "LN", "辽宁", "Liaoning", 7, 2),
    ("220000", "JL", "吉林", "Jilin", 7, 1),
    ("230000", "HL", "黑龙江", "Heilongjiang", 7, 0),
    ("310000", "SH", "上海", "Shanghai", 7, 4),
    ("320000", "JS", "江苏", "Jiangsu", 6, 4),
    ("330000", "ZJ", "浙江", "Zhejiang", 6, 5),
    ("340000", "AH", "安徽", "Anhui", 5, 4),
    ("350000", "FJ", "福建", "Fujian", 6, 6),
    ("360000", "JX", "江西", "Jiangxi", 5, 5),
    ("370000", "SD", "山东", "Shandong", 5, 3),
    ("410000", "HA", "河南", "Henan", 4, 3),
    ("420000", "HB", "湖北", "Hubei", 4, 4),
    ("430000", "HN", "湖南", "Hunan", 4, 5),
    ("440000", "GD", "广东", "Guangdong", 5, 6),
    ("450000", "GX", "广西", "Guangxi", 4, 6),
    ("460000", "HI", "海南", "Hainan", 4, 7),
    ("500000", "CQ", "重庆", "Chongqing", 3, 4),
    ("510000", "SC", "四川", "Sichuan", 2, 4),
    ("520000", "GZ", "贵州", "Guizhou", 3, 5),
    ("530000", "YN", "云南", "Yunnan", 2, 5),
    ("540000", "XZ", "西藏", "Tibet", 0, 4),
    ("610000", "SN", "陕西", "Shaanxi", 3, 3),
    ("620000", "GS", "甘肃", "Gansu", 1, 2),
    ("630000", "QH", "青海", "Qinghai", 1, 3),
    ("640000", "NX", "宁夏", "Ningxia", 2, 2),
    ("650000", "XJ", "新疆", "Xinjiang", 0, 2),
    ("710000", "TW", "台湾", "Taiwan", 7, 6),
    ("810000", "HK", "香港", "Hong Kong", 6, 7),
    ("820000", "MO", "澳门", "Macao", 5, 7),
)
#: The side of a tile and the gap to the next, in the units of the picture.
SIDE, GAP = 44, 4
#: How many depths of colour a tile with offices may have; without any it has depth 0.
DEPTHS = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the map. `place` is None where no office of it discloses; `x` and `y` are the tile's left upper
    corner; `depth` is from 0 (no office) to `DEPTHS`."""

    code: str
    letters: str
    zh: str
    en: str
    x: int
    y: int
    place: Place | None
    depth: int


def tiles(places: Mapping[str, Place]) -> Iterator[Tile]:
    """All provinces, with what is disclosed in them; `places` by their codes."""
    most = max((places[row[0]].offices for row in TILES if row[0] in places), default=0)
    for code, letters, zh, en, column, row in TILES:
        place = places.get(code)
        deep = depth(place.offices, most) if place else 0
        step = SIDE + GAP
        yield Tile(code, letters, zh, en, column * step, row * step, place, deep)


def depth(offices: int, most: int) -> int:
    """How deep a tile is coloured: by the logarithm, as provinces may differ a thousandfold.

    >>> [depth(offices, 1000) for offices in (1, 10, 100, 1000)]
    [1, 2, 3, 4]
    >>> depth(3, 3), depth(1, 1)
    (4, 4)
    """
    if offices >= most:
        return DEPTHS
    return 1 + int((DEPTHS - 1) * log(offices) / log(most) + 1e-9)


def map_size() -> tuple[int, int]:
    """Width and height of the map."""
    columns, rows = max(row[4] for row in TILES), max(row[5] for row in TILES)
    return columns * (SIDE + GAP) + SIDE, rows * (SIDE + GAP) + SIDE
