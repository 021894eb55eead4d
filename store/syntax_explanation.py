"""Why a query does not parse, told so that its writer can mend it: where, what stands there, what may.

The engine's parser reports the furthest character that it looked at and what it looked for there. It
reads a keyword as so many characters of any kind, so it looks far beyond the place of the error, and
tells only the longest of the keywords that it tried there. Both are found by experiment instead:

- *where*: the words of the query are set so far apart that no keyword reaches from one to the next. The
  parser then gives up between the offending word and the one behind it;
- *what may stand there*: every word of a table is put in that place in turn. Those with which the parser
  gets further are what is wanted.

As in `store.syntax`, no second grammar is needed, and none can disagree with the engine's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from store.errors import QuerySyntaxError

#: Parses a text and leaves it at that; raises SyntaxError.
Parse = Callable[[str], None]

#: Longer queries are only told where the parser gave up: experiments take time for their length.
LONGEST_EXPLAINED = 10_000
#: How many of the wanted words the sentence tells; the error holds all.
TOLD = 8
#: How much of the line is shown on either side of the place.
SHOWN = 60
POSITION = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
#: What the parser reports where words fit and their meaning does not, in other words.
REASONS = {
    "IRI parsing failed": "An IRI is malformed here, or relative where there is no base",
    "Duplicated variable name in SELECT": "SELECT names a variable twice",
    "The SELECT contains a variable that is unbound": (
        "SELECT names a variable that is neither grouped nor aggregated"
    ),
}
# A reason among what the parser reports: words that are no token, such as `Prefix not found`.
REASON = re.compile(r"(?:^|, )([A-Z][A-Za-z]*(?: [A-Za-z]+)+)(?=, |$)")
GAP = " " * 64
#: No query may hold this outside of strings and comments.
NEVER = "\x01"

TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\r\n]* )
    | \"{3} (?: \\. | (?!\"{3}) . )* \"{3} | '{3} (?: \\. | (?!'{3}) . )* '{3}
    | (?P<open_long> \"{3} | '{3} )
    | " (?: \\. | [^"\\\r\n] )* " | ' (?: \\. | [^'\\\r\n] )* '
    | < [^<>"{}|^`\\\x00-\x20]* >
    | [A-Za-z]+\(  # the engine wants no space between some functions and their arguments
    | <<\( | \)>> | \{\| | \|\} | [{}()\[\],;]
    | (?P<open> ["'] )
    | (?: \\. | [^\s{}()\[\],;"'<|)] | < (?!<\() | \| (?!\}) )+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
PREFIXED_NAME = re.compile(r"(?:\^\^|\^|!|/)?([^\s:?$<>@\"'{}()]*):")
DECLARED = re.compile(r"\bprefix\s+([^\s:]*):", re.IGNORECASE)

#: What may stand in a place, with a word that stands for it.
WANTED: Mapping[str, str] = {
    "a variable": "?x",
    "an IRI": "<x:>",
    "a prefix with its colon": "x:",
    "a string": "'x'",
    "a number": "1",
    "a blank node": "_:x",
    "a function": "STR",
    "an aggregate": "COUNT",
    **{
        f"`{word}`": word
        for word in (
            *("}", ")", "]", "{", "(", "[", ".", ";", ",", "*", "/", "|", "=", "+", "&&", "||"),
            *("a", "SELECT", "CONSTRUCT", "ASK", "DESCRIBE", "PREFIX", "BASE", "FROM", "WHERE"),
            *("DISTINCT", "AS", "FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "BIND", "VALUES"),
            *("UNDEF", "NOT", "EXISTS", "IN", "GROUP", "HAVING", "ORDER", "BY", "ASC", "DESC"),
            *(
                "LIMIT",
                "OFFSET",
                "INSERT",
                "DELETE",
                "WITH",
                "USING",
                "LOAD",
                "CLEAR",
                "DROP",
                "DATA",
            ),
        )
    },
}
END = "the end of the query"


@dataclass(frozen=True, slots=True)
class Word:
    """A token of a query, `text[start:end]`."""

    start: int
    end: int


def explained(text: str, error: SyntaxError, parse: Parse) -> QuerySyntaxError:
    """The error of a text that `parse` refuses, with what its writer has to know."""
    if len(text) > LONGEST_EXPLAINED:
        return told(text, reported(text, error), "The query does not parse near here")
    if (string := open_string(text)) is not None:
        return told(text, string, "A string begins here that does not end")
    if (place := offending(text, parse)) is None:
        return told(text, reported(text, error), "The query does not parse near here")
    words = [*words_of(text)]
    start = words[place].start if place < len(words) else len(text.rstrip())
    found = text[start : words[place].end] if place < len(words) else ""
    if (prefix := undeclared(found, text)) is not None:
        return told(text, start, f"The prefix {prefix}: is not declared")
    if reason := REASON.search(str(error).partition("expected ")[2].removeprefix("one of ")):
        return told(text, start, REASONS.get(reason[1], reason[1]))
    wanted = wanted_at(text, words[:place], parse)
    return told(text, start, sentence(found, wanted), wanted)


def words_of(text: str) -> Iterator[Word]:
    """The tokens of a query without space and comments."""
    for found in TOKEN.finditer(text):
        if found["comment"] is None and not found[0].isspace():
            yield Word(found.start(), found.end())


def open_string(text: str) -> int | None:
    """Where a string begins that never ends."""
    return next((found.start() for found in TOKEN.finditer(text) if is_open(found)), None)


def is_open(found: re.Match[str]) -> bool:
    return found["open"] is not None or found["open_long"] is not None


def offending(text: str, parse: Parse) -> int | None:
    """The number of the word that cannot stand where it stands, that of words when the end cannot."""
    words = [*words_of(text)]
    spread, starts = spread_out(text, words)
    position = given_up_at(spread + GAP, parse)
    if position is None:
        return None
    if position >= len(spread + GAP):
        return len(words)
    return max((place for place, start in enumerate(starts) if start <= position), default=0)


def spread_out(text: str, words: Sequence[Word]) -> tuple[str, list[int]]:
    """The words far apart, and where each begins."""
    pieces, starts, length = [], [], 0
    for word in words:
        starts.append(length)
        pieces.append(text[word.start : word.end] + GAP)
        length += len(pieces[-1])
    return "".join(pieces), starts


def given_up_at(text: str, parse: Parse) -> int | None:
    """The offset at which the parser gives a text up; None when it does not."""
    try:
        parse(text)
    except SyntaxError as error:
        return reported(text, error)
    return None


def reported(text: str, error: SyntaxError) -> int:
    """The offset that a parser's error tells; the end of the text when it tells none."""
    found = POSITION.match(str(error))
    if found is None:
        return len(text)
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: int(found[1]) - 1]) + int(found[2]) - 1


def undeclared(word: str, text: str) -> str | None:
    """The prefix of a prefixed name that the query does not declare."""
    found = PREFIXED_NAME.match(word)
    if found is None or found[1] == "_" or found[1] in DECLARED.findall(text):
        return None
    return found[1]


def wanted_at(text: str, before: Sequence[Word], parse: Parse) -> tuple[str, ...]:
    """What may follow these words."""
    spread, _ = spread_out(text, before)
    wanted = [name for name, word in WANTED.items() if may_follow(spread, word, parse)]
    if before and given_up_at(spread, parse) is None:
        wanted.append(END)
    return tuple(wanted)


def may_follow(spread: str, word: str, parse: Parse) -> bool:
    """Whether the parser gets past a word behind these."""
    probe = f"{spread}{word}{GAP}"
    position = given_up_at(probe + NEVER + GAP, parse)
    return position is None or position >= len(probe)


def sentence(found: str, wanted: Sequence[str]) -> str:
    what = f"{shown(found)} cannot stand here" if found else "The query ends too early"
    if not wanted:
        return what
    told = [*wanted[:TOLD], *(["something else"] if len(wanted) > TOLD else [])]
    listed = f"{', '.join(told[:-1])} or {told[-1]}" if len(told) > 1 else told[0]
    return f"{what}; wanted is {listed}"


def shown(word: str) -> str:
    """A word of the query as a message shows it."""
    flat = " ".join(word.split())
    return f"`{flat if len(flat) <= SHOWN else flat[:SHOWN] + '…'}`"


def told(text: str, offset: int, what: str, wanted: tuple[str, ...] = ()) -> QuerySyntaxError:
    """The error at an offset."""
    before = text[:offset]
    line, column = before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
    return QuerySyntaxError(
        f"Line {line}, column {column}: {what}.", line, column, fragment(text, offset), wanted
    )


def fragment(text: str, offset: int) -> str:
    """The line of the place, and below it a caret; wide characters are matched by wide spaces."""
    start = max(text.rfind("\n", 0, offset) + 1, offset - SHOWN)
    end = text.find("\n", offset)
    line = text[start : min(len(text) if end < 0 else end, offset + SHOWN)].rstrip("\r")
    under = "".join(blank(character) for character in text[start:offset])
    return f"{line}\n{under}^"


def blank(character: str) -> str:
    if character == "\t":
        return "\t"
    return "\u3000" if unicodedata.east_asian_width(character) in "WF" else " "
