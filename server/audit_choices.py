"""What the filters of the audit are given, by code or by name, read as what the release knows.

A value that the release knows but no finding has is right: it finds nothing today, and a feed of it may have
something tomorrow. One that the release does not know at all is the caller's mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlencode

from queries.concepts import concept_names
from queries.errors import AmbiguousOfficeError, UnknownOfficeError
from queries.offices import find_office
from queries.parameters import near_names
from server.audit_filters import BELOW, DIMENSIONS, AuditParameters
from server.audit_places import audit_places
from server.findings import documents
from server.near_matches import Candidate, candidate, near_documents, nearest, told
from server.problems import SHOWN, Problem
from server.publication import Publication


def read_choices(publication: Publication, asked: AuditParameters) -> AuditParameters:
    """The same with every choice by its code, each once. Raises Problem 400 for what the release does not
    know, with what is like it."""
    read = {
        name: [*dict.fromkeys(read_choice(publication, name, one) for one in asked.chosen(name))]
        for name in DIMENSIONS
    }
    return asked.model_copy(update=read)


def read_choice(publication: Publication, dimension: str, written: str) -> str:
    """One choice as its code: written so, as the IRI, or by a name."""
    base = publication.links.base_iri + BELOW.get(dimension, "")
    return READERS[dimension](publication, dimension, written.strip().removeprefix(base))


def read_concept(publication: Publication, dimension: str, written: str) -> str:
    names = concept_names(CODE_LISTS[dimension])
    found = names.find(written)
    if len(found) == 1:
        return found[0]
    near = found or near_names(CODE_LISTS[dimension], written[:SHOWN])
    raise unknown_choice(dimension, written, [concept_candidate(dimension, one) for one in near])


def concept_candidate(dimension: str, name: str) -> Candidate:
    code = concept_names(CODE_LISTS[dimension]).find(name)[0]
    return candidate(f"/audit?{dimension}={code}", name)


def read_year(publication: Publication, dimension: str, written: str) -> str:
    known = {row["year"] for row in documents(publication)}
    if written in known:
        return written
    near = sorted(known, key=lambda year: (abs(int(year) - int(written)), year))[:5]
    raise unknown_choice(
        dimension, written, [candidate(f"/audit?year={year}", year) for year in sorted(near)]
    )


def read_region(publication: Publication, dimension: str, written: str) -> str:
    places = audit_places(publication)
    base = publication.links.base_iri + BELOW["region"]
    own = {row["division"] for row in documents(publication)}
    if written and base + written in own | places.names.keys():
        return written
    found = places.called(written)
    if len(found) == 1:
        return found[0].removeprefix(base)
    near = places.candidates(found) if found else nearest(written, places.candidates())
    raise unknown_choice(dimension, written, near)


def read_office(publication: Publication, dimension: str, written: str) -> str:
    base = publication.links.base_iri
    known = {row["office"] for row in documents(publication)}
    if base + BELOW["office"] + written in known:
        return written
    try:
        office = find_office(publication.graph, written, base=base)
    except (UnknownOfficeError, AmbiguousOfficeError) as error:
        near = error.candidates if isinstance(error, AmbiguousOfficeError) else error.nearest
        found = [candidate(f"/audit?{urlencode({dimension: name})}", name) for name in near]
        raise unknown_choice(dimension, written, found) from error
    return office.iri.removeprefix(base + BELOW["office"])


def read_document(publication: Publication, dimension: str, written: str) -> str:
    base = publication.links.base_iri + BELOW["document"]
    if base + written in {row["document"] for row in documents(publication)}:
        return written
    raise unknown_choice(dimension, written, near_documents(publication, written))


def unknown_choice(dimension: str, written: str, near: Iterable[Candidate]) -> Problem:
    shown, (zh, en) = written[:60], NAMES[dimension]
    return Problem(
        400,
        "Wrong parameter",
        f"{shown!r} names no one {en} of this release; the parameter {dimension!r} takes a code or a name.",
        {"parameter": dimension, **told(near)},
        detail_zh=f"“{shown}”不能确定是本次发布中的哪个{zh}；参数 {dimension} 可填代码或名称。",
    )


#: The code lists that dimensions choose from.
CODE_LISTS: Mapping[str, str] = {"kind": "anomaly", "severity": "severity"}
#: What a dimension chooses, in Chinese and English.
NAMES: Mapping[str, tuple[str, str]] = {
    "kind": ("异常类型", "kind"),
    "severity": ("严重程度", "severity"),
    "year": ("年度", "year"),
    "region": ("地区", "place"),
    "office": ("机构", "office"),
    "document": ("文件", "document"),
}
READERS: Mapping[str, Callable[[Publication, str, str], str]] = {
    "kind": read_concept,
    "severity": read_concept,
    "year": read_year,
    "region": read_region,
    "office": read_office,
    "document": read_document,
}
