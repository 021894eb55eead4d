"""The tokens of SPARQL text (SPARQL 1.1 Query Language, section 19.8), without its grammar.

Enough to see where an operation of an update ends and where its braces stand. What a token means, and
whether they stand in order, is the engine's parser to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

NAME = r"[^\W_](?:[\w.·-]*[\w·-])?"
ESCAPED = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
LOCAL = r"%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?#@%-]"
#: The first that fits at a place is the token there; white space and comments are none.
KINDS = {
    "skipped": r"\s+|#[^\r\n]*",
    "iri": rf'<(?:[^\x00-\x20<>"{{}}|^`\\]|{ESCAPED})*>',
    "string": r'"""(?s:(?:"{0,2}(?:[^"\\]|\\.))*)"""'
    r"|'''(?s:(?:'{0,2}(?:[^'\\]|\\.))*)'''"
    r'|"(?:[^"\\\r\n]|\\.)*"'
    r"|'(?:[^'\\\r\n]|\\.)*'",
    "blank": r"_:\w(?:[\w.·-]*[\w·-])?",
    "prefixed": rf"(?:{NAME})?:(?:(?:[\w:·-]|{LOCAL}|\.(?=[\w:·.%\\-]))*)",
    "variable": r"[?$]\w+",
    "tag": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?",
    "number": r"[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+)",
    "word": r"[A-Za-z_]\w*",
    "sign": r"\^\^|<<\(|\)>>|<<|>>|\{\||\|\}|<=|>=|!=|&&|\|\||(?s:.)",
}
TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS.items()))


class Token(NamedTuple):
    """A token with its place in the text, in code points."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether it is one of the keywords, which are given in capitals."""
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, whether it is SPARQL or not.

    >>> [token.text for token in tokens("CLEAR ALL # all; of it")]
    ['CLEAR', 'ALL']
    """
    for found in TOKEN.finditer(text):
        kind = found.lastgroup or "sign"
        if kind != "skipped":
            yield Token(kind, found[0], found.start())


def written(parts: Sequence[Token]) -> str:
    """Tokens as text again, a line each, so that no comment or name runs on into the next."""
    return "".join(f"{gap}{token.text}" for gap, token in gaps(parts))


def gaps(parts: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    """What is written before each token. The engine wants the parenthesis of a call right behind its name."""
    before: Token | None = None
    for token in parts:
        touching = before is not None and token.text == "(" and before.end == token.start
        yield "" if before is None or touching else "\n", token
        before = token


def placed(parts: Sequence[Token], line: int, column: int) -> tuple[Token, int] | None:
    """The token that a place in `written(parts)` falls into or ends, and how many code points into it."""
    at_line, at_column, found = 1, 1, None
    for gap, token in gaps(parts):
        at_line, at_column = (at_line + 1, 1) if gap else (at_line, at_column)
        for offset, character in enumerate(f"{token.text} "):
            if (at_line, at_column) == (line, column):
                found = token, offset
            if offset < len(token.text):
                at_line, at_column = (
                    (at_line + 1, 1) if character == "\n" else (at_line, at_column + 1)
                )
        if at_line > line:
            break
    return found


def closing(parts: Sequence[Token], opening: int) -> int:
    """The index of the brace that closes the one at `opening`; the last index when none does."""
    depth = 0
    for index in range(opening, len(parts)):
        depth += {"{": 1, "}": -1}.get(parts[index].text, 0)
        if depth == 0:
            return index
    return len(parts) - 1
