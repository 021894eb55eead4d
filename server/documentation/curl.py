"""A request of the OpenAPI document as a command that can be pasted into a shell."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

Operation = Mapping[str, Any]
TOKEN = "Authorization: Bearer $GUANLIAN_WRITE_TOKEN"
#: Files that stand for the body of a request, by the name of its media type.
FILE = "graph.ttl"
TURTLE = "text/turtle"
FORM = "application/x-www-form-urlencoded"


def curl_command(base: str, path: str, method: str, operation: Operation) -> str:
    """The request of the examples; `base` is the address of the server without the last slash."""
    lines = [f"curl {shlex.quote(base + filled(path, operation))}", *options(method, operation)]
    return " \\\n  ".join(lines)


def filled(path: str, operation: Operation) -> str:
    """The path with the examples of its parameters in it; those without stay as they are."""
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path" and "example" in parameter:
            value = quote(str(parameter["example"]), safe="/")
            path = path.replace(f"{{{parameter['name']}}}", value)
    return path


def options(method: str, operation: Operation) -> Iterator[str]:
    """The options of the command: method, headers, parameters, body."""
    body = operation.get("requestBody", {}).get("content", {})
    data = [*query_data(operation)]
    if method == "get" and data:
        yield "-G"
    if method not in ("get", "post") or (method == "post" and not body):
        yield f"-X {method.upper()}"
    if operation.get("security"):
        yield f'-H "{TOKEN}"'
    if method == "get":
        yield from data
    yield from body_options(body)


def query_data(operation: Operation) -> Iterator[str]:
    """The parameters that have an example."""
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query" and "example" in parameter:
            example = parameter["example"]
            for value in example if isinstance(example, list) else [example]:
                yield encoded(parameter["name"], str(value))


def body_options(content: Mapping[str, Any]) -> Iterator[str]:
    """The body: the fields of a form, a text, JSON, or a file."""
    for media_type, example in ((name, told.get("example")) for name, told in content.items()):
        if media_type == FORM and isinstance(example, dict):
            yield from (encoded(name, value) for name, value in example.items())
            return
        if example is not None:
            yield shlex.quote(f"-HContent-Type: {media_type}")
            text = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)
            yield f"--data-raw {shlex.quote(text)}"
            return
    if TURTLE in content:
        yield shlex.quote(f"-HContent-Type: {TURTLE}")
        yield f"--data-binary @{FILE}"


def encoded(name: str, value: str) -> str:
    """A parameter that curl encodes; the form that shows Chinese as it is."""
    return f"--data-urlencode {shlex.quote(f'{name}={value}')}"
