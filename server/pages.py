"""HTML pages: templates rendered on the server, everything escaped, nothing from other hosts."""

from __future__ import annotations

import gzip
import importlib.metadata
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from server.built_files import accepts_gzip
from server.islands import island
from server.labels import Labels
from server.language import (
    LANGUAGE_TAGS,
    LANGUAGES,
    Language,
    address_in,
    language_of,
    page_links,
)

TEMPLATES = Path(__file__).parent / "templates"
YUAN_IN_WANYUAN = Decimal(10_000)
#: Of gzip's levels the one that costs a few milliseconds for the longest pages.
COMPRESSION = 4
#: Chinese characters with the punctuation between them.
CHINESE = re.compile(r"[\u3400-\u9fff](?:[\u3000-\u9fff\uff00-\uffef]*[\u3400-\u9fff])?")


def render(
    request: Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> Response:
    """A page from a template, in the language that the reader wants.

    At hand in each template are `links`, which stay in the language of the address; `path`, without the
    language; and `this_page`, its address in each language. `labels` speak the language of the page.
    """
    language = language_of(request)
    own = {
        "links": page_links(request),
        "path": request.url.path,
        "this_page": {tag: address_in(request, tag) for tag in LANGUAGES},
    }
    given = {name: in_language(value, language) for name, value in context.items()}
    text = environment(language).get_template(template).render(own | given)
    response = page(text, request.headers.get("accept-encoding", ""), status)
    response.headers["Content-Language"] = LANGUAGE_TAGS[language]
    response.headers.add_vary_header("Accept-Language")
    return response


def page(text: str, accept_encoding: str, status: int) -> Response:
    """A page of HTML, compressed where the reader takes gzip: a long one to an eighth of its size."""
    if not accepts_gzip(accept_encoding):
        response: Response = HTMLResponse(text, status)
    else:
        packed = gzip.compress(text.encode(), COMPRESSION, mtime=0)
        response = HTMLResponse(packed, status, {"Content-Encoding": "gzip"})
    response.headers.add_vary_header("Accept-Encoding")
    return response


def in_language(value: object, language: Language) -> object:
    """Labels as they are in a language; anything else as it is."""
    return value.speaking(language) if isinstance(value, Labels) else value


@cache
def environment(language: Language) -> Environment:
    """The templates of a language, with what they may call. A misspelt name is an error, not a blank.

    `say` chooses of two texts, one in Chinese and one in English, the one of the language.
    """
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
        "with_chinese_told": str if language == "zh" else with_chinese_told,
        "yuan": yuan,
    }
    templates.globals |= {
        "island": island,
        "language": language,
        "language_tag": LANGUAGE_TAGS[language],
        "program_version": program_version(),
        "say": chinese if language == "zh" else english,
    }
    return templates


def chinese(zh: str, en: str) -> str:
    """What a Chinese page says."""
    return zh


def english(zh: str, en: str) -> str:
    """What an English page says."""
    return en


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


def yuan(number: str) -> str:
    """An amount in yuan with its thousands set apart, for readers who do not count in 万.

    >>> yuan("5411700"), yuan("847.50"), yuan("-296944.0")
    ('5,411,700', '847.5', '−296,944')
    """
    amount = f"{Decimal(number):,f}"
    whole, point, rest = amount.partition(".")
    return (whole + (point + rest).rstrip("0").rstrip(".")).replace("-", "−")


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


def with_chinese_told(text: str) -> Markup:
    """An English text whose Chinese names are marked as Chinese, for those who have it read to them.

    >>> with_chinese_told("2 of 示例市教育局 & others")
    Markup('2 of <span lang="zh-Hans">示例市教育局</span> &amp; others')
    """
    return Markup(CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', str(escape(text))))


def query_value(text: str) -> str:
    """A text as the value of a query parameter."""
    return quote(text, safe="")
