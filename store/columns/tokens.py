"""The tokens of a query, as far as questions for columns have them."""

from __future__ import annotations

from store.columns.errors import NotForColumns
from store.sparql_tokens import Token, tokens

SIGNS = frozenset(("^^", "&&", "||", "!=", "<=", ">=")) | frozenset("{}()[].,;=<>!+-*/|^?")


def read_tokens(text: str) -> list[Token]:
    """All tokens of a query, its words in capitals. Raises NotForColumns for a sign that is not known:
    it might belong to a name that is read too short."""
    return [known(token) for token in tokens(text)]


def known(token: Token) -> Token:
    if token.kind == "sign" and token.text not in SIGNS:
        raise NotForColumns(f"the sign {token.text} is not read")
    if token.kind != "word":
        return token
    if not token.text.isascii():
        raise NotForColumns(f"the word {token.text} is not read")
    return token._replace(text=token.text.upper())
