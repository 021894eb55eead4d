"""What a request asks of a question: its parameters, and which part of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request

from queries.errors import ParameterError
from server.problems import Problem
from server.settings import Settings

LIMIT, MOST = 200, 100_000
FLAGS = {"true": True, "1": True, "false": False, "0": False}
#: Names of the query string that are no parameters of a question.
OWN = ("format", "limit", "offset", "evidence")


@dataclass(frozen=True, slots=True)
class Asked:
    """`evidence`: tables have the columns for programs too, which lead to the sentences."""

    parameters: Mapping[str, str]
    limit: int
    offset: int
    evidence: bool
    timeout_seconds: float


def read_request(request: Request) -> Asked:
    """Raises Problem 400: a name is given twice, or a number is out of range."""
    items = request.query_params.multi_items()
    given = dict(items)
    if len(given) < len(items):
        twice = next(name for name, _ in items if len(request.query_params.getlist(name)) > 1)
        raise Problem(400, "Wrong parameter", f"The parameter {twice[:40]!r} is given twice.")
    settings: Settings = request.app.state.settings
    return Asked(
        parameters={name: value for name, value in items if name not in OWN},
        limit=number(given, "limit", LIMIT, 1, MOST),
        offset=number(given, "offset", 0, 0, 10**9),
        evidence=flag(given, "evidence"),
        timeout_seconds=settings.query_timeout_seconds,
    )


def wrong_parameter(error: ParameterError) -> Problem:
    """What is wrong with a parameter, and the names that are near it."""
    members = {"nearest": list(error.nearest)} if error.nearest else {}
    return Problem(400, "Wrong parameter", str(error), members, detail_zh=error.zh)


def flag(given: Mapping[str, str], name: str) -> bool:
    """Whether a switch is on; it is off when not given. Raises Problem 400."""
    text = given.get(name, "").strip().lower() or "false"
    if text not in FLAGS:
        detail = f"{name} is {text[:40]!r}, but true or false is wanted."
        raise Problem(400, "Wrong parameter", detail)
    return FLAGS[text]


def number(given: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = given.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 12 and least <= int(text) <= most):
        detail = f"{name} is {text[:40]!r}, but a number from {least} to {most} is wanted."
        raise Problem(400, "Wrong parameter", detail)
    return int(text)
