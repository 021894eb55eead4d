"""The query operation of the SPARQL 1.1 Protocol, as it stands in a request (section 2.1).

Nothing here knows the framework: a request is its method, its query string, its content type and its
body. Besides the parameters of the standard there are two of our own, which other servers have too:
`format=` (a media type or a short name), which wins over Accept, and `timeout=` in seconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_to_bytes

from pyoxigraph import NamedNode

from server.answer_formats import AnswerFormat, answer_format, name_of
from server.problems import Problem
from store.graph import DatasetSelection

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
# The queries of SPARQL are always in UTF-8 (2.1.3), of which ASCII is a part.
CHARACTER_SETS = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
# QUERY is the safe method with a body that the SPARQL 1.2 Protocol draft takes up.
METHODS = ("GET", "HEAD", "POST", "QUERY")
# As many graphs as a query may well be asked over; more is an attack on the parser.
MOST_PARAMETERS = 1000

Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class QueryOperation:
    """A query, and what the request says of its dataset, its answer and its time.

    `dataset` None: the request names none. `answer_as` None: Accept decides. `timeout_seconds` None:
    the server's own limit holds; otherwise it is at most that.
    """

    query: str
    dataset: DatasetSelection | None = None
    answer_as: AnswerFormat | None = None
    timeout_seconds: float | None = None


def read_query_operation(
    method: str,
    query_string: bytes | str,
    content_type: str | None,
    body: bytes,
    longest_seconds: float = math.inf,
) -> QueryOperation:
    """The query operation of a request.

    Args:
        method: GET (2.1.1), POST (2.1.2, 2.1.3) or QUERY; HEAD is read as GET.
        query_string: of the request's target, percent-encoded, without the question mark.
        content_type: the header as it was sent.
        longest_seconds: the server's limit, which a larger `timeout=` does not raise.

    Raises:
        Problem: 405 for another method, 415 for another content type or character set, 400 for
            parameters that say no one query.
    """
    if method not in METHODS:
        raise method_not_allowed(method)
    parameters = query_parameters(query_string)
    if method not in ("GET", "HEAD"):
        parameters += posted_parameters(content_type, body, form_is_read=method == "POST")
    return query_operation(parameters, longest_seconds)


def query_operation(parameters: Parameters, longest_seconds: float = math.inf) -> QueryOperation:
    """The operation in the parameters. Raises Problem 400 unless they say exactly one query."""
    if any(name == "update" for name, _ in parameters):
        raise bad_request("An update is no query: it is posted as update to the update path.")
    return QueryOperation(
        the_only("query", parameters),
        dataset_selection(parameters),
        answer_format(parameters),
        timeout_seconds(parameters, longest_seconds),
    )


def written_parameters(operation: QueryOperation) -> Parameters:
    """The parameters that say an operation, from which `query_operation` reads it again."""
    parameters = [("query", operation.query)]
    if operation.dataset is not None:
        parameters += [("default-graph-uri", iri) for iri in operation.dataset.default_graphs]
        parameters += [("named-graph-uri", iri) for iri in operation.dataset.named_graphs]
    if operation.answer_as is not None:
        parameters.append(("format", name_of(operation.answer_as)))
    if operation.timeout_seconds is not None:
        parameters.append(("timeout", str(operation.timeout_seconds)))
    return parameters


def query_parameters(query_string: bytes | str) -> Parameters:
    """The decoded parameters of a query string or a form, in their order. Raises Problem 400."""
    if isinstance(query_string, bytes) and is_query_alone(query_string):
        return [("query", decoded(query_string[6:]))]
    text = query_string if isinstance(query_string, str) else utf8(query_string)
    try:
        return parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except UnicodeDecodeError as error:
        raise bad_request(f"A parameter is not percent-encoded UTF-8: {error}.") from error
    except ValueError as error:
        raise bad_request(f"There are more than {MOST_PARAMETERS} parameters.") from error


def is_query_alone(query_string: bytes) -> bool:
    """Whether there is nothing but a query, as there is nearly always."""
    return query_string.startswith(b"query=") and b"&" not in query_string


def decoded(value: bytes) -> str:
    """A parameter as it was before it was percent-encoded. Raises Problem 400."""
    try:
        return unquote_to_bytes(value.replace(b"+", b" ")).decode()
    except UnicodeDecodeError as error:
        raise bad_request(f"A parameter is not percent-encoded UTF-8: {error}.") from error


def posted_parameters(
    content_type: str | None, body: bytes, *, form_is_read: bool = True
) -> Parameters:
    """What the body adds to the parameters of the query string. Raises Problem 400 and 415."""
    kind = media_type(content_type)
    if kind == DIRECT:
        refuse_other_characters(content_type)
        return [("query", utf8(body))]
    if kind == FORM and form_is_read:
        refuse_other_characters(content_type)
        return query_parameters(body)
    wanted = (FORM, DIRECT) if form_is_read else (DIRECT,)
    raise unsupported_media_type("A query", wanted, kind)


def media_type(content_type: str | None) -> str:
    """The media type of a Content-Type header, without its parameters; empty without a header.

    >>> media_type("Application/SPARQL-Query; charset=utf-8")
    'application/sparql-query'
    """
    return (content_type or "").partition(";")[0].strip().lower()


def refuse_other_characters(content_type: str | None) -> None:
    """Raises Problem 415 when a Content-Type names a character set that is not UTF-8."""
    for parameter in (content_type or "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        charset = value.strip().strip('"').lower()
        if name.strip().lower() == "charset" and charset not in CHARACTER_SETS:
            raise Problem(
                415,
                "Unsupported character set",
                f"The body is to be UTF-8, not {charset}.",
            )


def utf8(body: bytes) -> str:
    """The text of a body. Raises Problem 400 when it is not UTF-8."""
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise bad_request(f"The request is not UTF-8: {error}.") from error


def the_only(wanted: str, parameters: Parameters) -> str:
    """The value of a parameter that must be there once. Raises Problem 400."""
    values = [value for name, value in parameters if name == wanted]
    if len(values) != 1:
        times = f"{len(values)} times" if values else "not at all"
        raise bad_request(f"The parameter {wanted} must be given once, and was given {times}.")
    return values[0]


def dataset_selection(parameters: Parameters) -> DatasetSelection | None:
    """The RDF dataset of the request, None when it names none (section 2.1.4)."""
    default = graph_iris("default-graph-uri", parameters)
    named = graph_iris("named-graph-uri", parameters)
    return DatasetSelection(default, named) if default or named else None


def graph_iris(wanted: str, parameters: Parameters) -> tuple[str, ...]:
    """The values of a parameter that names graphs. Raises Problem 400 for what is no absolute IRI."""
    return tuple(graph_iri(value) for name, value in parameters if name == wanted)


def graph_iri(value: str) -> str:
    try:
        return NamedNode(value).value
    except ValueError as error:
        raise bad_request(f"{value!r} is not a graph IRI: {error}.") from error


def timeout_seconds(parameters: Parameters, longest_seconds: float) -> float | None:
    """The value of `timeout=`, cut to the server's limit. Raises Problem 400 when it is no time."""
    if not any(name == "timeout" for name, _ in parameters):
        return None
    given = the_only("timeout", parameters)
    try:
        seconds = float(given)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise bad_request(f"timeout={given} should be a number of seconds above 0, such as 2.5.")
    return min(seconds, longest_seconds)


def bad_request(detail: str) -> Problem:
    return Problem(400, "Bad request", detail)


def method_not_allowed(method: str, allowed: tuple[str, ...] = METHODS) -> Problem:
    """The answer to another method than those of a path (RFC 9110, section 15.5.6)."""
    names = ", ".join(allowed)
    return Problem(
        405,
        "Method not allowed",
        f"{method} is not answered here; {names} are.",
        headers={"Allow": names},
    )


def unsupported_media_type(what: str, wanted: tuple[str, ...], given: str) -> Problem:
    """The answer to a body of another type than those read here (RFC 9110, section 15.5.16)."""
    return Problem(
        415,
        "Unsupported media type",
        f"{what} is posted as {' or '.join(wanted)}, not as {given or 'nothing named'}.",
        headers={"Accept-Post": ", ".join(wanted)},
    )
