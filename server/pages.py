"""HTML pages: templates rendered on the server, everything escaped, nothing from other hosts."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from server.islands import island

TEMPLATES = Path(__file__).parent / "templates"
YUAN_IN_WANYUAN = Decimal(10_000)


def render(
    request: Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> Response:
    """A page from a template; `links` and `path` are at hand in each."""
    own = {"links": request.app.state.links, "path": request.url.path}
    text = environment().get_template(template).render(own | dict(context))
    return HTMLResponse(text, status)


@cache
def environment() -> Environment:
    """The templates with what they may call. A misspelt name is an error, not a blank."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {
        "amount": amount,
        "percent": percent,
        "query_value": query_value,
        "signed": signed,
        "wanyuan": wanyuan,
    }
    templates.globals["program_version"] = program_version()
    templates.globals["island"] = island
    return templates


@cache
def program_version() -> str:
    return importlib.metadata.version("guanlian")


def wanyuan(yuan: str | None) -> str:
    """An amount in yuan as 万元 with two decimals; more only where an average of less than 1万元 has more.

    >>> wanyuan("5411700"), wanyuan("847.5"), wanyuan("-296944.0"), wanyuan(None)
    ('541.17', '0.08475', '−29.69', '')
    """
    if yuan is None:
        return ""
    amount = Decimal(yuan) / YUAN_IN_WANYUAN
    places = 2 if abs(amount) >= 1 else max(2, -int(amount.normalize().as_tuple().exponent))
    return f"{amount:,.{places}f}".replace("-", "−")


def amount(wanyuan: Decimal) -> str:
    """An amount in 万元 with two decimals, more only where it has more.

    >>> amount(Decimal("1849.4")), amount(Decimal("-0.0847"))
    ('1,849.40', '−0.0847')
    """
    cents = wanyuan.quantize(Decimal("0.01"))
    return f"{cents if cents == wanyuan else wanyuan:,f}".replace("-", "−")


def signed(wanyuan: Decimal) -> str:
    """An amount in 万元 with its sign.

    >>> signed(Decimal("53")), signed(Decimal("-119.97"))
    ('+53.00', '−119.97')
    """
    return ("+" if wanyuan > 0 else "") + amount(wanyuan)


def percent(number: str | None) -> str:
    """A percentage as stated, with a true minus sign.

    >>> percent("-7.46"), percent(None)
    ('−7.46 %', '')
    """
    return "" if number is None else f"{Decimal(number).normalize():f} %".replace("-", "−")


def query_value(text: str) -> str:
    """A text as the value of a query parameter."""
    return quote(text, safe="")
