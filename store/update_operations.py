"""The operations of a SPARQL 1.1 Update request, taken apart by their tokens.

The engine's parser has the last word on each: `checked` has it parse the very text that is evaluated
afterwards, so what is taken apart here cannot be read otherwise there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.errors import QuerySyntaxError
from store.sparql_tokens import Token, closing, tokens, written

# How many tokens each declaration of a prologue has.
DECLARATIONS = {"BASE": 2, "PREFIX": 3, "VERSION": 2}
Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation with the prologue that holds for it."""

    prologue: Tokens
    tokens: Tokens

    def starts_with(self, *words: str) -> bool:
        """Whether these keywords, in capitals, come first."""
        return len(self.tokens) >= len(words) and all(
            token.is_word(word) for token, word in zip(self.tokens, words, strict=False)
        )

    def has_word(self, word: str) -> bool:
        """Whether a keyword stands in the operation outside of all braces."""
        return any(token.is_word(word) for token in outside_braces(self.tokens))

    def with_prologue(self, parts: Sequence[Token]) -> str:
        """The text of other tokens under this prologue."""
        return written((*self.prologue, *parts))


@dataclass(frozen=True, slots=True)
class Template:
    """A block of quads: those outside of GRAPH, in runs, and each GRAPH block with its name."""

    unnamed: tuple[Tokens, ...]
    named: tuple[tuple[Token, Tokens], ...]


@dataclass(frozen=True, slots=True)
class Modification:
    """DELETE/INSERT (section 3.1.3): `using` and `where` are the tokens of those clauses."""

    with_graph: Token | None
    deleted: Template
    inserted: Template
    using: Tokens
    where: Tokens


def operations(text: str) -> list[Operation]:
    """The operations of a request; a prologue holds for those behind it too.

    Raises:
        QuerySyntaxError: nothing stands between two semicolons.
    """
    found: list[Operation] = []
    prologue: Tokens = ()
    pieces = [*split(tuple(tokens(text)))]
    for index, piece in enumerate(pieces):
        declared = declarations(piece)
        prologue += piece[:declared]
        if declared < len(piece):
            found.append(Operation(prologue, piece[declared:]))
        elif index < len(pieces) - 1:
            raise QuerySyntaxError("An operation of the update is empty.")
    return found


def split(parts: Tokens) -> Iterator[Tokens]:
    """What the semicolons outside of braces separate."""
    depth = first = 0
    for index, token in enumerate(parts):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.text == ";" and depth <= 0:
            yield parts[first:index]
            first = index + 1
    yield parts[first:]


def declarations(parts: Tokens) -> int:
    """How many tokens at the beginning are a prologue."""
    index = 0
    while index < len(parts) and parts[index].is_word(*DECLARATIONS):
        index += DECLARATIONS[parts[index].text.upper()]
    return min(index, len(parts))


def outside_braces(parts: Tokens) -> Iterator[Token]:
    index = 0
    while index < len(parts):
        yield parts[index]
        index = closing(parts, index) + 1 if parts[index].text == "{" else index + 1


def block_at(parts: Tokens, opening: int) -> Tokens:
    """What stands between the brace at `opening` and the one that closes it."""
    return parts[opening + 1 : closing(parts, opening)]


def template(block: Tokens) -> Template:
    """The quads of a block (the grammar's rule Quads)."""
    unnamed: list[Tokens] = []
    named: list[tuple[Token, Tokens]] = []
    run: list[Token] = []
    index = 0
    while index < len(block):
        if block[index].is_word("GRAPH"):
            unnamed, run = with_run(unnamed, run), []
            named.append((block[index + 1], block_at(block, index + 2)))
            index = closing(block, index + 2) + 1
        else:
            run.append(block[index])
            index += 1
    return Template(tuple(with_run(unnamed, run)), tuple(named))


def with_run(runs: list[Tokens], run: list[Token]) -> list[Tokens]:
    """The runs and one more; the full stop that may follow a GRAPH block belongs to no triple."""
    start = 1 if run and run[0].text == "." else 0
    return [*runs, tuple(run[start:])] if run[start:] else runs


def modification(operation: Operation) -> Modification:
    """The clauses of DELETE/INSERT, or of DELETE WHERE, whose pattern is its template."""
    parts, index = operation.tokens, 0
    with_graph, blocks = None, {"DELETE": template(()), "INSERT": template(())}
    if operation.starts_with("DELETE", "WHERE"):
        deleted = template(block_at(parts, 2))
        return Modification(None, deleted, blocks["INSERT"], (), parts[1:])
    if parts[0].is_word("WITH"):
        with_graph, index = parts[1], 2
    while index + 1 < len(parts) and parts[index].is_word(*blocks):
        blocks[parts[index].text.upper()] = template(block_at(parts, index + 1))
        index = closing(parts, index + 1) + 1
    where = next(at for at in range(index, len(parts)) if parts[at].is_word("WHERE"))
    return Modification(
        with_graph, blocks["DELETE"], blocks["INSERT"], parts[index:where], parts[where:]
    )
