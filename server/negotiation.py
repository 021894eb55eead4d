"""Content negotiation: the offered media type that an Accept header likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

HTML = "text/html"
PROBLEM_JSON = "application/problem+json"


class MediaRange(NamedTuple):
    """One entry of an Accept header, such as `text/*;q=0.5`."""

    type: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int | None:
        """2 for the very type, 1 for `type/*`, 0 for `*/*`, None when the range leaves it out."""
        type_, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (type_, subtype):
            return 2
        if self.subtype != "*":
            return None
        return 1 if self.type == type_ else 0 if self.type == "*" else None


def best_media_type(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered type of the highest quality, the earlier of equals; None when none will do.

    >>> best_media_type("text/*;q=0.5, text/turtle", ["text/html", "text/turtle"])
    'text/turtle'
    >>> best_media_type(None, ["text/turtle"])
    'text/turtle'
    >>> best_media_type("image/png", ["text/turtle"]) is None
    True
    """
    ranges = [*media_ranges(accept)] if accept and accept.strip() else [MediaRange("*", "*", 1.0)]
    qualities = {media_type: quality_of(media_type, ranges) for media_type in offered}
    best = max(offered, key=lambda media_type: qualities[media_type])
    return best if qualities[best] > 0 else None


def media_ranges(accept: str) -> Iterator[MediaRange]:
    """The well-formed entries of an Accept header; others say nothing."""
    for entry in accept.split(","):
        name, *parameters = (part.strip().lower() for part in entry.split(";"))
        type_, slash, subtype = name.partition("/")
        quality = quality_parameter(parameters)
        if slash and type_ and subtype and quality is not None:
            yield MediaRange(type_, subtype, quality)


def quality_parameter(parameters: Sequence[str]) -> float | None:
    """The q of a media range, 1 without one, None when it is no number from 0 to 1."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
            return quality if 0 <= quality <= 1 else None
    return 1.0


def quality_of(media_type: str, ranges: Sequence[MediaRange]) -> float:
    """The quality that the most specific range gives to a media type; 0 when none covers it."""
    fitting = [
        (specificity, media_range.quality)
        for media_range in ranges
        if (specificity := media_range.specificity(media_type)) is not None
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else 0.0


def prefers_html(accept: str | None) -> bool:
    """Whether a browser asks: HTML is wanted more than JSON."""
    return best_media_type(accept, [PROBLEM_JSON, HTML]) == HTML


def liked_language(accept_language: str | None, offered: Sequence[str]) -> str | None:
    """The offered language of the highest quality, by basic filtering (RFC 4647, 3.3.1).

    None when the header is absent, likes none of them, or likes all the same.

    >>> liked_language("zh-CN,zh;q=0.9,en;q=0.8", ["zh", "en"]), liked_language("*", ["zh", "en"])
    ('zh', None)
    """
    qualities = dict.fromkeys(offered, 0.0)
    for entry in (accept_language or "").split(","):
        tag, *parameters = (part.strip().lower() for part in entry.split(";"))
        language, quality = tag.partition("-")[0], quality_parameter(parameters)
        if language in qualities and quality is not None:
            qualities[language] = max(qualities[language], quality)
    best = max(offered, key=lambda language: qualities[language])
    return best if qualities[best] > min(qualities.values()) else None
