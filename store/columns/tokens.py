"""The tokens of SPARQL 1.1 (19.8), as far as questions for columns have them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.columns.errors import NotForColumns

STRING = r'"(?:[^"\\\n\r]|\\.)*"' + "|" + r"'(?:[^'\\\n\r]|\\.)*'"
LONG_STRING = r'"""(?:[^"\\]|\\.|"(?!""))*"""' + "|" + r"'''(?:[^'\\]|\\.|'(?!''))*'''"
TOKEN = re.compile(
    rf"""(?P<space>(?:\s+|\#[^\n\r]*)+)
    | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    | (?P<string>{LONG_STRING}|{STRING})
    | (?P<variable>[?$]\w+)
    | (?P<language>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
    | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w:](?:[\w:.-]*[\w:-])?)?)
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>[A-Za-z]\w*)
    | (?P<sign>\^\^|&&|\|\||!=|<=|>=|[{{}}()\[\].,;=<>!+\-*/|^?])""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its place in the query; words are in capitals, as they are the same in all cases."""

    kind: str
    text: str
    start: int
    end: int


def read_tokens(text: str) -> list[Token]:
    """All tokens of a query. Raises NotForColumns for one that is not known here."""
    tokens, place = [], 0
    while place < len(text):
        found = TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            raise NotForColumns(f"the characters {text[place : place + 10]!r} are not read")
        place = found.end()
        if found.lastgroup != "space":
            written = found[0].upper() if found.lastgroup == "word" else found[0]
            tokens.append(Token(found.lastgroup, written, found.start(), place))
    return tokens
