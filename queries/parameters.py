"""The parameters of a query: what is written, read as RDF terms of the kind that is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from ontology.namespaces import DEFAULT_BASE, Namespaces
from queries.answering import with_base, year_term
from queries.concepts import chinese_labels, concept_names, written_names
from queries.definitions import Parameter, QueryDefinition
from queries.errors import AmbiguousOfficeError, ParameterError, UnknownOfficeError
from queries.offices import find_office
from queries.parameter_values import query_text
from store.graph import Graph, Solutions, Term

YEAR = re.compile(r"[12]\d{3}")
INTEGER = re.compile(r"[+-]?\d{1,18}")


@dataclass(frozen=True, slots=True)
class Asking:
    """Where a parameter is read: offices are found in the graph, concepts stand under the base."""

    graph: Graph
    base: str = DEFAULT_BASE


def read_parameters(
    definition: QueryDefinition, given: Mapping[str, str], asking: Asking
) -> dict[str, Term]:
    """The terms of all parameters that are given or have a default; a blank one is not given.

    Raises:
        ParameterError: a parameter is unknown, missing or has a wrong value.
    """
    refuse_unknown(definition, given)
    terms = {}
    for name, parameter in definition.parameters.items():
        value = given.get(name, "").strip() or parameter.default
        if value:
            terms[name] = read_parameter(parameter, value, asking)
        elif not parameter.is_optional:
            raise ParameterError(
                f"The query {definition.name!r} needs the parameter {name!r}: "
                f"{parameter.meaning.en}.",
                zh=f"还须填写“{parameter.meaning.zh}”。",
            )
    return terms


def refuse_unknown(definition: QueryDefinition, given: Mapping[str, str]) -> None:
    for name in given:
        if name not in definition.parameters:
            known = ", ".join(definition.parameters) or "none"
            raise ParameterError(
                f"The query {definition.name!r} has no parameter {name!r}; it has {known}.",
                get_close_matches(name, definition.parameters),
                zh=f"这个问题没有参数“{name[:80]}”；有的是 {known}。",
            )


def read_parameter(parameter: Parameter, value: str, asking: Asking) -> Term:
    """One value as a term. Raises ParameterError if it is not of the kind."""
    read = READERS.get(parameter.kind, read_concept)
    return read(parameter, value, asking)


def read_office(parameter: Parameter, value: str, asking: Asking) -> NamedNode:
    try:
        return NamedNode(find_office(asking.graph, value, base=asking.base).iri)
    except (UnknownOfficeError, AmbiguousOfficeError) as error:
        near = error.candidates if isinstance(error, AmbiguousOfficeError) else error.nearest
        sentence = f"The parameter {parameter.name!r} names no one office. {error}"
        zh = f"“{parameter.meaning.zh}”不能确定是哪个机构：{error.zh}"
        raise ParameterError(sentence, near, zh=zh) from error


def read_year(parameter: Parameter, value: str, asking: Asking) -> Literal:
    if not YEAR.fullmatch(value) or not value.isascii():
        raise wrong(parameter, value, "a year of four digits such as 2020", "四位数的年份，如 2020")
    term = year_term(value)
    if not has_year(asking, term):
        near = near_years(asking, value)
        wanted = f"a year that documents tell of (nearest: {', '.join(near) or 'none'})"
        wanted_zh = f"有文件的年份（相近的有{'、'.join(near) or '无'}）"
        raise wrong(parameter, value, wanted, wanted_zh, near)
    return term


def has_year(asking: Asking, year: Literal) -> bool:
    """Whether a document or an amount is of the year."""
    found = asking.graph.query(
        with_base(query_text("has-year"), asking.base), substitutions={"year": year}
    )
    assert isinstance(found, Solutions)
    return len(found) > 0


def near_years(asking: Asking, year: str) -> list[str]:
    """The five years with documents that are nearest, in order."""
    found = asking.graph.query(with_base(query_text("year"), asking.base))
    assert isinstance(found, Solutions)
    years = [one["value"].value for one in found if isinstance(one["value"], Literal)]
    nearest = sorted(years, key=lambda other: abs(int(other) - int(year)))[:5]
    return sorted(nearest)


def read_integer(parameter: Parameter, value: str, asking: Asking) -> Literal:
    if not INTEGER.fullmatch(value) or not value.isascii():
        raise wrong(parameter, value, "a whole number", "整数")
    return Literal(int(value))


def read_text(parameter: Parameter, value: str, asking: Asking) -> Literal:
    # Bytes of the command line that are no UTF-8 arrive as surrogates, which no term can hold.
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise wrong(parameter, value, "text in Unicode", "Unicode 文字")
    return Literal(value)


def read_concept(parameter: Parameter, value: str, asking: Asking) -> NamedNode:
    """A concept of the code list that the kind names, by notation, label or IRI."""
    namespaces, names = Namespaces(asking.base), concept_names(parameter.kind)
    written = value.removeprefix(namespaces.concept(parameter.kind, ""))
    found = names.find(written)
    if len(found) != 1:
        nearest = found or near_names(parameter.kind, written)
        wanted = wanted_concept(parameter.kind, nearest, is_ambiguous=bool(found))
        wanted_zh = f"{'其中之一' if found else '代码表中的一项，如'}{'、'.join(nearest)}"
        raise wrong(parameter, value, wanted, wanted_zh, nearest)
    return NamedNode(namespaces.concept(parameter.kind, found[0]))


def near_names(kind: str, value: str) -> Sequence[str]:
    """Names of concepts of a list that are like a value, else a few of the list."""
    return (
        get_close_matches(value, written_names(kind), n=5, cutoff=0.3) or chinese_labels(kind)[:5]
    )


def wanted_concept(kind: str, nearest: Sequence[str], *, is_ambiguous: bool) -> str:
    """What is wanted instead of a value that means no concept, or several."""
    if is_ambiguous:
        return f"one of the notations {', '.join(nearest)}, all of which it may mean"
    return f"a concept of the list {kind!r}, such as {', '.join(nearest)}"


def wrong(
    parameter: Parameter, value: str, wanted: str, wanted_zh: str, nearest: Iterable[str] = ()
) -> ParameterError:
    shown = value if len(value) <= 80 else value[:80] + "…"
    sentence = f"The parameter {parameter.name!r} is {shown!r}, but {wanted} is wanted."
    zh = f"“{parameter.meaning.zh}”填的是“{shown}”，应是{wanted_zh}。"
    return ParameterError(sentence, nearest, zh=zh)


READERS: Mapping[str, Callable[[Parameter, str, Asking], Term]] = MappingProxyType(
    {"office": read_office, "year": read_year, "integer": read_integer, "text": read_text}
)
