"""The part of SPARQL 1.1 that columns answer, read into what they need to know of it.

    SELECT [DISTINCT] (?v | (expression AS ?v))+ WHERE { triples, FILTERs }
    [GROUP BY ?v+] [HAVING …] [ORDER BY …] [LIMIT n] [OFFSET n]

and a query whose group holds nothing but such a selection in braces, FILTERs and BINDs.

Predicates are IRIs or sequence paths of them (`a/b`); subjects and objects are variables, IRIs, plain
or language-tagged strings and years. Expressions are not read but kept as they are written, for the
engine evaluates them; aggregates in them are COUNT, SUM, AVG, MIN and MAX of a variable, MIN and MAX
of STR(?v) too. Whatever else stands in a query raises NotForColumns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from store.columns.errors import NotForColumns
from store.sparql_tokens import Token

AGGREGATES = frozenset({"COUNT", "SUM", "AVG", "MIN", "MAX"})
#: What an expression must not hold: what looks at the graph, what is another in each solution, and
#: aggregates that depend on the order of the solutions.
REFUSED = frozenset(
    [
        "EXISTS",
        "RAND",
        "NOW",
        "UUID",
        "STRUUID",
        "BNODE",
        "SAMPLE",
        "GROUP_CONCAT",
        "SERVICE",
        "GRAPH",
        "SELECT",
    ]
)
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"
YEAR_TYPE = f"<{XSD}gYear>"
PLAIN_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\\%]*")
RELATIVE_IRI = re.compile(r"(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*/?)?#?")
BASE_IRI = re.compile(r"https?://[a-z0-9.:-]+/(?:[A-Za-z0-9_-]+/)*")
PLAIN_STRING = re.compile(r'(["\'])(?!\1\1)([^"\'\\\x00-\x1f\x7f\ufffe\uffff]*)\1')
# `?a<?b&&?c>?d` holds what a tokenizer takes for an IRI.
MAYBE_COMPARISON = re.compile(r"[?$&]")
LONE_VARIABLE = re.compile(r"\(\s*[?$](\w+)\s*\)")
# The engine counts in 64 bits; Python reads no number of thousands of digits.
WINDOW_NUMBER = re.compile("[0-9]{1,18}")
MADE_VARIABLE = "columns_"


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable, by its name without the mark."""

    name: str


#: A term in N-Triples, or a variable.
Node: TypeAlias = "bytes | Variable"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern."""

    subject: Node
    predicate: bytes
    object: Node

    @property
    def variables(self) -> frozenset[str]:
        ends = (self.subject, self.object)
        return frozenset(node.name for node in ends if isinstance(node, Variable))


@dataclass(frozen=True, slots=True)
class Filter:
    """A FILTER as it is written, without the word."""

    expression: str
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An aggregate; without a variable it counts solutions. `as_string` is STR of the variable."""

    function: str
    variable: str | None
    is_distinct: bool
    as_string: bool = False


@dataclass(slots=True)
class Selection:
    """A SELECT query. In `projection`, `having` and `order` each aggregate is written as the variable (or, for
    an average, the quotient of the two) that its value in `aggregates` will be given by."""

    is_distinct: bool = False
    projection: str = ""
    having: list[str] = field(default_factory=list)
    order: str = ""
    window: str = ""
    patterns: list[Pattern] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    group_keys: list[str] = field(default_factory=list)
    is_grouped: bool = False
    aggregates: dict[Aggregate, str] = field(default_factory=dict)
    used: dict[str, None] = field(default_factory=dict)
    order_variables: list[str] | None = field(default_factory=list)
    first_descends: bool = False
    limit: int | None = None
    offset: int = 0

    def variable_of(self, aggregate: Aggregate) -> str:
        """The variable that stands for an aggregate."""
        return self.aggregates.setdefault(aggregate, f"{MADE_VARIABLE}{len(self.aggregates)}")


class Names:
    """The prefixes and the base of a query."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.prefixes: dict[str, str] = {}

    def iri(self, token: Token) -> str:
        """The IRI, in angle brackets, that a token writes."""
        if token.kind == "iri":
            return f"<{self._resolved(token.text[1:-1])}>"
        if token.kind != "prefixed" or "\\" in token.text or "%" in token.text:
            raise NotForColumns(f"{token.text} stands where an IRI should")
        prefix, _, local = token.text.partition(":")
        if prefix not in self.prefixes:
            raise NotForColumns(f"the prefix {prefix!r} is not declared")
        return f"<{self.prefixes[prefix]}{local}>"

    def _resolved(self, text: str) -> str:
        if PLAIN_IRI.fullmatch(text) and "/." not in text:
            return text
        if (
            self.base is None
            or not RELATIVE_IRI.fullmatch(text)
            or not BASE_IRI.fullmatch(self.base)
        ):
            raise NotForColumns(f"the relative IRI {text!r} is not plain")
        return self.base + text


class Reader:
    """Reads tokens in order."""

    def __init__(self, text: str, tokens: list[Token], base: str | None) -> None:
        self.text = text
        self.tokens = tokens
        self.place = 0
        self.names = Names(base)
        self.made = 0

    def at_end(self) -> bool:
        return self.place == len(self.tokens)

    def next_is(self, *texts: str) -> bool:
        return not self.at_end() and self.tokens[self.place].text in texts

    def next_start(self) -> int:
        """Where the next token begins in the text."""
        return len(self.text) if self.at_end() else self.tokens[self.place].start

    def take(self, *texts: str) -> Token:
        """The next token, one of those texts if any are given."""
        if self.at_end() or (texts and not self.next_is(*texts)):
            raise NotForColumns(f"{' or '.join(texts) or 'more'} was not found")
        self.place += 1
        return self.tokens[self.place - 1]

    def take_if(self, *texts: str) -> bool:
        found = self.next_is(*texts)
        self.place += found
        return found

    def variable(self) -> str:
        token = self.take()
        if token.kind != "variable":
            raise NotForColumns(f"{token.text} stands where a variable should")
        return token.text[1:]

    def next_is_variable(self) -> bool:
        return not self.at_end() and self.tokens[self.place].kind == "variable"

    def made_variable(self) -> Variable:
        self.made += 1
        return Variable(f"{MADE_VARIABLE}path_{self.made}")


def read_prologue(reader: Reader) -> None:
    """BASE and PREFIX declarations."""
    while reader.next_is("BASE", "PREFIX"):
        if reader.take().text == "BASE":
            token = reader.take()
            if token.kind != "iri":
                raise NotForColumns("BASE has no IRI")
            reader.names.base = reader.names.iri(token)[1:-1]
        else:
            name, token = reader.take(), reader.take()
            if name.kind != "prefixed" or name.text.find(":") != len(name.text) - 1:
                raise NotForColumns("PREFIX has no prefix")
            reader.names.prefixes[name.text[:-1]] = reader.names.iri(token)[1:-1]


def read_selection(reader: Reader) -> Selection:
    """A selection from SELECT to the end of its modifiers. Raises NotForColumns."""
    selection = Selection()
    reader.take("SELECT")
    selection.is_distinct = reader.take_if("DISTINCT")
    selection.projection = " ".join(read_projection(reader, selection))
    reader.take_if("WHERE")
    read_group(reader, selection)
    read_grouping(reader, selection)
    read_having(reader, selection)
    read_order(reader, selection)
    read_window(reader, selection)
    if selection.window and not selection.order:
        raise NotForColumns("the engine needs only the first solutions")
    check_variables(selection)
    return selection


def read_projection(reader: Reader, selection: Selection) -> Iterator[str]:
    while not reader.next_is("WHERE", "{"):
        if reader.next_is_variable():
            name = reader.variable()
            selection.used[name] = None
            yield f"?{name}"
        else:
            yield read_bracketed(reader, selection, stop_before="AS")


def read_bracketed(reader: Reader, selection: Selection, *, stop_before: str | None = None) -> str:
    """Something in brackets as it is written, its aggregates replaced by variables. What stands behind
    `stop_before` names a variable and uses none."""
    written, depth, is_use = [reader.take("(").text], 1, True
    while depth:
        gap_start, token = reader.tokens[reader.place - 1].end, reader.take()
        written.append(reader.text[gap_start : token.start])
        is_use = is_use and not (depth == 1 and token.text == stop_before)
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        written.append(written_part(reader, token, selection, is_use=is_use))
    return "".join(written)


def written_part(reader: Reader, token: Token, selection: Selection, *, is_use: bool) -> str:
    if token.text in REFUSED and token.kind == "word":
        raise NotForColumns(f"{token.text} is left to the engine")
    if token.kind == "word" and token.text in AGGREGATES:
        return written_aggregate(reader, token.text, selection)
    if token.kind == "iri" and MAYBE_COMPARISON.search(token.text):
        raise NotForColumns("an IRI in an expression might be a comparison")
    if token.kind in ("iri", "prefixed") and reader.next_is("("):
        check_cast(reader, token)
    if token.kind == "variable" and is_use:
        selection.used[token.text[1:]] = None
    return reader.text[token.start : token.end]


def check_cast(reader: Reader, function: Token) -> None:
    """Raises NotForColumns for a function of our own or of others, which may look beyond its arguments."""
    if not reader.names.iri(function).startswith(f"<{XSD}"):
        raise NotForColumns(f"the function {function.text} is left to the engine")


def written_aggregate(reader: Reader, function: str, selection: Selection) -> str:
    selection.is_grouped = True
    reader.take("(")
    is_distinct = reader.take_if("DISTINCT")
    if function == "COUNT" and not is_distinct and reader.take_if("*"):
        reader.take(")")
        return f"?{selection.variable_of(Aggregate('COUNT', None, False))}"
    as_string = function in ("MIN", "MAX") and reader.take_if("STR")
    if as_string:
        reader.take("(")
    variable = reader.variable()
    for _ in range(1 + as_string):
        reader.take(")")
    if function == "AVG":
        parts = (Aggregate(each, variable, is_distinct) for each in ("SUM", "COUNT"))
        return "({} / {})".format(*(f"?{selection.variable_of(part)}" for part in parts))
    is_distinct = is_distinct and function in ("COUNT", "SUM")
    return f"?{selection.variable_of(Aggregate(function, variable, is_distinct, as_string))}"


def read_group(reader: Reader, selection: Selection) -> None:
    """The group of the WHERE clause."""
    reader.take("{")
    while not reader.take_if("}"):
        if reader.take_if("FILTER"):
            selection.filters.append(read_filter(reader))
            reader.take_if(".")
        else:
            selection.patterns.extend(read_triples(reader))
            if not reader.next_is("}", "FILTER"):
                reader.take(".")


def read_filter(reader: Reader) -> Filter:
    first = reader.place
    read_function_name(reader)
    holder = Selection()
    read_bracketed(reader, holder)
    if holder.aggregates:
        raise NotForColumns("a filter has an aggregate")
    last = reader.tokens[reader.place - 1].end
    return Filter(reader.text[reader.tokens[first].start : last], tuple(holder.used))


def read_triples(reader: Reader) -> Iterator[Pattern]:
    """The triples of one subject."""
    subject = read_node(reader)
    while True:
        path = read_path(reader)
        yield from read_objects(reader, subject, path)
        if not reader.take_if(";"):
            return
        while reader.take_if(";"):
            pass
        if reader.next_is(".", "}", "FILTER"):
            return


def read_path(reader: Reader) -> list[bytes]:
    steps = [read_predicate(reader)]
    while reader.take_if("/"):
        steps.append(read_predicate(reader))
    return steps


def read_predicate(reader: Reader) -> bytes:
    token = reader.take()
    if token.kind == "word" and reader.text[token.start : token.end] == "a":
        return RDF_TYPE.encode()
    return reader.names.iri(token).encode()


def read_objects(reader: Reader, subject: Node, path: list[bytes]) -> Iterator[Pattern]:
    while True:
        start = subject
        for step in path[:-1]:
            between = reader.made_variable()
            yield Pattern(start, step, between)
            start = between
        yield Pattern(start, path[-1], read_node(reader))
        if not reader.take_if(","):
            return


def read_node(reader: Reader) -> Node:
    if reader.next_is_variable():
        return Variable(reader.variable())
    token = reader.take()
    if token.kind == "string":
        return read_literal(reader, token)
    return reader.names.iri(token).encode()


def read_literal(reader: Reader, token: Token) -> bytes:
    """A string, a string with a language, or a year: what has one written form only."""
    found = PLAIN_STRING.fullmatch(token.text)
    if found is None:
        raise NotForColumns("the string is not plain")
    if not reader.at_end() and reader.tokens[reader.place].kind == "tag":
        language = reader.take().text
        if not re.fullmatch("@[a-z]+", language):
            raise NotForColumns(f"the language {language} is not plain")
        return f'"{found[2]}"{language}'.encode()
    if not reader.take_if("^^"):
        return f'"{found[2]}"'.encode()
    if reader.names.iri(reader.take()) != YEAR_TYPE or not re.fullmatch("[1-9][0-9]{3}", found[2]):
        raise NotForColumns("the literal may be written in other ways")
    return f'"{found[2]}"^^{YEAR_TYPE}'.encode()


def read_grouping(reader: Reader, selection: Selection) -> None:
    if not reader.take_if("GROUP"):
        return
    reader.take("BY")
    selection.is_grouped = True
    while reader.next_is_variable():
        selection.group_keys.append(reader.variable())
    if not selection.group_keys:
        raise NotForColumns("GROUP BY has an expression")


def read_having(reader: Reader, selection: Selection) -> None:
    """The conditions of HAVING, which see the keys of the group and aggregates, no other variable."""
    if not reader.take_if("HAVING"):
        return
    if not selection.is_grouped:
        raise NotForColumns("HAVING has no group")
    known, selection.used = selection.used, {}
    while not reader.at_end() and not reader.next_is("ORDER", "LIMIT", "OFFSET", "VALUES", "}"):
        selection.having.append(read_function_name(reader) + read_bracketed(reader, selection))
    if not selection.used.keys() <= {*selection.group_keys}:
        raise NotForColumns("HAVING uses a variable that is no key")
    selection.used = {**known, **selection.used}


def read_order(reader: Reader, selection: Selection) -> None:
    """ORDER BY; `order_variables` becomes None where an expression orders."""
    if not reader.take_if("ORDER"):
        return
    reader.take("BY")
    written: list[str] = []
    while not reader.at_end() and not reader.next_is("LIMIT", "OFFSET", "VALUES", "}"):
        written.append(read_order_condition(reader, selection, is_first=not written))
    selection.order = f"ORDER BY {' '.join(written)}"


def read_order_condition(reader: Reader, selection: Selection, *, is_first: bool) -> str:
    if reader.next_is_variable():
        name = reader.variable()
        selection.used[name] = None
        note_order(selection, name)
        return f"?{name}"
    before = read_function_name(reader)
    selection.first_descends |= is_first and before == "DESC"
    bracketed = read_bracketed(reader, selection)
    plain = LONE_VARIABLE.fullmatch(bracketed) if before in ("", "ASC", "DESC") else None
    note_order(selection, plain[1] if plain else None)
    return f"{before}{bracketed}"


def read_function_name(reader: Reader) -> str:
    """What stands before the brackets of an expression that need not have a name."""
    if reader.next_is("("):
        return ""
    token = reader.take()
    if (
        token.text in REFUSED
        or token.text in AGGREGATES
        or token.kind not in ("word", "prefixed", "iri")
    ):
        raise NotForColumns(f"{token.text} is left to the engine")
    if token.kind != "word":
        check_cast(reader, token)
    return reader.text[token.start : token.end] if token.kind != "word" else token.text


def note_order(selection: Selection, name: str | None) -> None:
    known = selection.order_variables
    selection.order_variables = None if name is None or known is None else [*known, name]


def read_window(reader: Reader, selection: Selection) -> None:
    """LIMIT and OFFSET in either order."""
    written: list[str] = []
    while reader.next_is("LIMIT", "OFFSET"):
        word, number = reader.take().text, reader.take()
        if not WINDOW_NUMBER.fullmatch(number.text):
            raise NotForColumns(f"{word} has no whole number that the engine takes")
        if word == "LIMIT":
            selection.limit = int(number.text)
        else:
            selection.offset = int(number.text)
        written.append(f"{word} {number.text}")
    if len({part.split()[0] for part in written}) < len(written):
        raise NotForColumns("a modifier is said twice")
    selection.window = " ".join(written)


def check_variables(selection: Selection) -> None:
    """Raises NotForColumns where a variable is used that no triple binds."""
    bound = frozenset[str]().union(*(pattern.variables for pattern in selection.patterns))
    needed = {name for each in selection.filters for name in each.variables}
    needed |= {each.variable for each in selection.aggregates if each.variable is not None}
    needed |= {*selection.group_keys}
    if not selection.projection or not all(each.variables for each in selection.filters):
        raise NotForColumns("nothing is asked, or a filter looks at nothing")
    if not needed <= bound:
        raise NotForColumns("a variable is not bound by a triple")
    if any(len(pattern.variables) < variable_count(pattern) for pattern in selection.patterns):
        raise NotForColumns("a triple has one variable twice")


def variable_count(pattern: Pattern) -> int:
    return sum(isinstance(node, Variable) for node in (pattern.subject, pattern.object))
