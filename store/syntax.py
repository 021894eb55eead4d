"""What the engine's own parser says about a query or an update: where an error is, which keywords it uses.

pyoxigraph shows no syntax tree, so whether a keyword is used is found by experiment: the word is
misspelt wherever the text has it. Names, strings, IRIs and comments still parse then; a keyword
does not. No second grammar is needed, and none can disagree with the engine's. Nothing is evaluated
for it, whatever the query asks.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import cache

from pyoxigraph import Store

from store.errors import QuerySyntaxError, ServiceRefusedError
from store.sparql_tokens import tokens
from store.syntax_explanation import explained

POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
SERVICE = re.compile("service", re.IGNORECASE)
# Not the end of a name, a variable, an IRI or a string.
SERVICE_ALONE = re.compile(r"""(?<![\w?$:@/#."'-])service""", re.IGNORECASE)
FROM = re.compile("from", re.IGNORECASE)
LOAD = re.compile("load", re.IGNORECASE)
LONGEST_MESSAGE = 300


Parse = Callable[[str, str | None], None]


def refuse_service(
    text: str,
    base_iri: str | None = None,
    allowed: Collection[str] = (),
    parse: Parse | None = None,
) -> None:
    """Let a query pass only when it surely calls no other server (SPARQL 1.1 Federated Query).

    Args:
        allowed: the IRIs of servers that may be called; written whole, as `SERVICE <IRI>`.
        parse: `parse_update` for an update.

    Raises:
        ServiceRefusedError: SERVICE is used as a keyword.
        QuerySyntaxError: the query does not parse, whatever it uses.
    """
    text = without_allowed(text, allowed) if allowed else text
    error = error_of_misspelling(SERVICE, text, base_iri, parse)
    if error is None:
        return
    if stands_behind_keyword(text, error):
        raise ServiceRefusedError(
            "SERVICE is refused: this server asks no other server on behalf of a query.",
            error.line,
            error.column,
        )
    raise malformed(text, base_iri, parse) or error


def malformed(
    text: str, base_iri: str | None, parse: Parse | None = None
) -> QuerySyntaxError | None:
    """Why a query, or an update, does not parse, explained to its writer; None when it does."""
    parse = parse or parse_query
    try:
        parse(text, base_iri)
    except SyntaxError as error:
        return explained(text, error, lambda probe: parse(probe, base_iri))
    return None


def without_allowed(text: str, allowed: Collection[str]) -> str:
    """The text with GRAPH in place of every SERVICE of an allowed server, which parses alike. Lengths
    stay, so that an error is where it was."""
    pieces, at = [], 0
    parts = [*tokens(text)]
    for index, token in enumerate(parts):
        behind = parts[index + 1 : index + 3]
        silent = behind[0].text if behind and behind[0].is_word("SILENT") else ""
        server = behind[1 if silent else 0 :][:1]
        is_iri = bool(server) and server[0].kind == "iri"
        if token.is_word("SERVICE") and is_iri and server[0].text[1:-1] in allowed:
            gap = text[token.end : server[0].start].replace(silent, " " * len(silent), 1)
            pieces += [text[at : token.start], "GRAPH  ", gap]
            at = server[0].start
    return "".join([*pieces, text[at:]])


def names_its_dataset(text: str, base_iri: str | None = None) -> bool:
    """Whether a well-formed query has FROM or FROM NAMED clauses."""
    return error_of_misspelling(FROM, text, base_iri) is not None


def syntax_error(error: SyntaxError) -> QuerySyntaxError:
    """The parser's error with its position taken out of its text."""
    found = POSITION.match(str(error))
    if found is None:
        return QuerySyntaxError(shortened(str(error)))
    return QuerySyntaxError(shortened(found[3]), int(found[1]), int(found[2]))


def error_of_misspelling(
    keyword: re.Pattern[str], text: str, base_iri: str | None, parse: Parse | None = None
) -> QuerySyntaxError | None:
    """The syntax error that misspelling a word makes; None if the query still parses."""
    misspelt = keyword.sub(lambda found: found[0][:-1] + "x", text)
    if misspelt == text:
        return None
    try:
        (parse or parse_query)(misspelt, base_iri)
    except SyntaxError as error:
        return syntax_error(error)
    return None


def parse_query(text: str, base_iri: str | None) -> None:
    """Parse a query and leave it at that: pyoxigraph parses first, then refuses two default graphs at
    once, and would evaluate (an ASK even in full) only after that. Raises SyntaxError."""
    with suppress(ValueError):
        Store().query(text, base_iri=base_iri, use_default_graph_as_union=True, default_graph=[])


def parse_update(text: str, base_iri: str | None) -> None:
    """Parse an update and leave it at that: pyoxigraph parses first, then refuses to write into a store
    that was opened for reading. Raises SyntaxError."""
    with suppress(RuntimeError):
        read_only_store().update(text, base_iri=base_iri)


@cache
def read_only_store() -> Store:
    """An empty store that nothing can be written into."""
    directory = tempfile.TemporaryDirectory(prefix="guanlian-parsing-")
    Store(directory.name).flush()
    store = Store.read_only(directory.name)
    directory.cleanup()  # what is open stays readable
    return store


def stands_behind_keyword(text: str, error: QuerySyntaxError) -> bool:
    """Whether an error lies right behind SERVICE, which is where the parser gives up on it. This
    chooses the message only: the query is refused in either case."""
    if error.line is None or error.column is None:
        return False
    lines = text.split("\n")
    offset = sum(len(line) + 1 for line in lines[: error.line - 1]) + error.column - 1
    return any(
        found.start() <= offset and len(text[found.end() : offset].strip()) <= 1
        for found in SERVICE_ALONE.finditer(text)
    )


def shortened(message: str) -> str:
    """The parser's text, which may list every character it would have taken, cut to size."""
    flat = " ".join(message.split())
    return flat if len(flat) <= LONGEST_MESSAGE else flat[: LONGEST_MESSAGE - 1] + "…"
