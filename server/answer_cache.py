"""Answers kept in this process. A release never changes, so neither does an answer over it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeAlias

from server.query_request import QueryRequest

#: The release that was asked, and the question with the forms of answer it wants.
Key: TypeAlias = tuple[str, QueryRequest]
#: What an entry costs besides its body, roughly.
ENTRY_BYTES = 1024


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A serialised answer: the media type that the store wrote, all bytes, whether it was cut."""

    media_type: str
    body: bytes
    truncated: bool


class AnswerCache:
    """The answers asked for last, as many as fit into so many bytes; none if 0. For one event loop."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.largest = most_bytes // 16
        self.size = 0
        self._kept: OrderedDict[Key, KeptAnswer] = OrderedDict()

    def get(self, key: Key) -> KeptAnswer | None:
        """An answer that is here."""
        answer = self._kept.get(key)
        if answer is not None:
            self._kept.move_to_end(key)
        return answer

    def keep(self, key: Key, answer: KeptAnswer) -> None:
        """Keep an answer unless it is too large, at the cost of those not asked for the longest."""
        if len(answer.body) > self.largest or key in self._kept:
            return
        self._kept[key] = answer
        self.size += cost(key, answer)
        while self.size > self.most_bytes:
            self.size -= cost(*self._kept.popitem(last=False))


def cost(key: Key, answer: KeptAnswer) -> int:
    return len(answer.body) + 4 * len(key[1].operation.query) + ENTRY_BYTES
