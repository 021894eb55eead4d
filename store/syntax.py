"""What the engine's own parser says about a query: where an error is, which keywords it uses.

pyoxigraph shows no syntax tree, so whether a keyword is used is found by experiment: the word is
misspelt wherever the text has it. Names, strings, IRIs and comments still parse then; a keyword
does not. No second grammar is needed, and none can disagree with the engine's. Nothing is evaluated
for it, whatever the query asks.
"""

from __future__ import annotations

import re
from contextlib import suppress

from pyoxigraph import Store

from store.errors import QuerySyntaxError, ServiceRefusedError
from store.syntax_explanation import explained

POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
SERVICE = re.compile("service", re.IGNORECASE)
# Not the end of a name, a variable, an IRI or a string.
SERVICE_ALONE = re.compile(r"""(?<![\w?$:@/#."'-])service""", re.IGNORECASE)
FROM = re.compile("from", re.IGNORECASE)
LONGEST_MESSAGE = 300


def refuse_service(text: str, base_iri: str | None = None) -> None:
    """Let a query pass only when it surely calls no other server (SPARQL 1.1 Federated Query).

    Raises:
        ServiceRefusedError: SERVICE is used as a keyword.
        QuerySyntaxError: the query does not parse, whatever it uses.
    """
    error = error_of_misspelling(SERVICE, text, base_iri)
    if error is None:
        return
    if stands_behind_keyword(text, error):
        raise ServiceRefusedError(
            "SERVICE is refused: this server asks no other server on behalf of a query.",
            error.line,
            error.column,
        )
    raise malformed(text, base_iri) or error


def malformed(text: str, base_iri: str | None) -> QuerySyntaxError | None:
    """Why a query does not parse, explained to its writer; None when it does."""
    try:
        parse(text, base_iri)
    except SyntaxError as error:
        return explained(text, error, lambda probe: parse(probe, base_iri))
    return None


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
    keyword: re.Pattern[str], text: str, base_iri: str | None
) -> QuerySyntaxError | None:
    """The syntax error that misspelling a word makes; None if the query still parses."""
    misspelt = keyword.sub(lambda found: found[0][:-1] + "x", text)
    if misspelt == text:
        return None
    try:
        parse(misspelt, base_iri)
    except SyntaxError as error:
        return syntax_error(error)
    return None


def parse(text: str, base_iri: str | None) -> None:
    """Parse a query and leave it at that: pyoxigraph parses first, then refuses two default graphs at
    once, and would evaluate (an ASK even in full) only after that. Raises SyntaxError."""
    with suppress(ValueError):
        Store().query(text, base_iri=base_iri, use_default_graph_as_union=True, default_graph=[])


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
