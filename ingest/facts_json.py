"""The public JSON form of facts: `DocumentFacts` <-> one JSON object a document.

Numbers are strings with the printed digits; a span is flattened into `quote`, `start`, `end`. The JSON
Schema is `ingest/facts.schema.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from decimal import Decimal
from importlib import resources
from typing import Any, TypeVar

from ingest.bilingual import Bilingual
from ingest.calculations import Calculation, Operand
from ingest.facts import (
    NAME_LISTS,
    Announcement,
    Anomaly,
    Box,
    Comparison,
    Count,
    DocumentFacts,
    Function,
    Indicator,
    Mention,
    Name,
    Observation,
    ObservationKey,
    Organization,
    Performance,
    Project,
    ReadingTally,
    Reason,
    Span,
    Term,
    Unread,
)

Json = dict[str, Any]
Value = TypeVar("Value")
PROJECT_FIELDS = (
    "score", "initial_budget", "adjusted_budget", "executed", "execution_rate", "execution_weight",
    "execution_score", "goals", "achieved",
)  # fmt: skip
INDICATOR_FIELDS = (
    "level1", "level2", "unit", "comparator", "target", "actual", "deviation", "score_rate", "weight",
    "score", "core",
)  # fmt: skip
TALLY_NUMBERS = (
    "clauses", "clauses_read", "amount_clauses", "amount_clauses_read", "tables", "tables_read",
    "figures", "figures_read",
)  # fmt: skip
TALLY_SPANS = ("unread_tables", "unread_figures")


def to_json(facts: DocumentFacts) -> Json:
    """The facts as a JSON object of the public facts format."""
    return {
        "source": facts.source,
        "sha256": facts.sha256,
        "characters": facts.characters,
        "media_type": facts.media_type,
        "content_sha256": facts.content_sha256,
        "pages": facts.pages,
        "title": facts.title.text,
        "title_span": span_to_json(facts.title.span),
        "fiscal_year": facts.fiscal_year,
        "kind": facts.kind,
        "organization": organization_to_json(facts.organization),
        "functions": [
            {"ordinal": str(item.ordinal), "text": item.text, **span_to_json(item.span)}
            for item in facts.functions
        ],
        "amounts": [observation_to_json(item) for item in facts.amounts],
        "counts": [count_to_json(item) for item in facts.counts],
        "staff": [count_to_json(item) for item in facts.staff],
        "performance": performance_to_json(facts.performance),
        "terms": [
            {"term": item.term, "definition": item.definition, **span_to_json(item.span)}
            for item in facts.terms
        ],
        "anomalies": [anomaly_to_json(item) for item in facts.anomalies],
        "unread": [{"section": item.section, **span_to_json(item.span)} for item in facts.unread],
        "reading": tally_to_json(facts.reading),
    }


def from_json(document: Mapping[str, Any]) -> DocumentFacts:
    """The facts of a JSON object written by `to_json`.

    Raises:
        KeyError: a required field is missing.
        ValueError: a number or a key is malformed.
    """
    return DocumentFacts(
        source=document["source"],
        sha256=document["sha256"],
        characters=document["characters"],
        title=Name(document["title"], read_span(document["title_span"])),
        fiscal_year=document["fiscal_year"],
        kind=document["kind"],
        organization=read_organization(document["organization"]),
        functions=each(document["functions"], read_function),
        amounts=each(document["amounts"], read_observation),
        counts=each(document["counts"], read_count),
        staff=each(document.get("staff") or [], read_count),
        performance=read_performance(document["performance"]),
        terms=each(document["terms"], read_term),
        anomalies=each(document["anomalies"], read_anomaly),
        unread=each(document["unread"], read_unread),
        reading=read_tally(document.get("reading") or {}),
        media_type=document.get("media_type", "text/plain"),
        content_sha256=document.get("content_sha256", ""),
        pages=document.get("pages", 0),
    )


def schema() -> Json:
    """The JSON Schema of the facts format."""
    text = resources.files("ingest").joinpath("facts.schema.json").read_text("utf-8")
    return dict(json.loads(text))


def count_to_json(count: Count) -> Json:
    return {
        "item": count.item,
        "value": str(count.value),
        "unit": count.unit,
        "year": count.year,
        **span_to_json(count.span),
    }


def span_to_json(span: Span) -> Json:
    boxes = {"boxes": [asdict(box) for box in span.boxes]} if span.boxes else {}
    return {"quote": span.quote, "start": span.start, "end": span.end, **boxes}


def organization_to_json(organization: Organization) -> Json:
    count = organization.internal_office_count
    lists = {name: getattr(organization, name) for name in NAME_LISTS}
    return {
        "name": organization.name,
        "level": organization.level,
        "region": organization.region,
        **span_to_json(organization.span),
        "internal_office_count": None if count is None else str(count),
        **{name: [item.text for item in names] for name, names in lists.items()},
        "announcements": [
            {"of": item.of, "announced": str(item.announced), "named": str(item.named)}
            | span_to_json(item.span)
            for item in organization.announcements
        ],
        "spans": {
            name: [span_to_json(item.span) for item in names] for name, names in lists.items()
        },
    }


def observation_to_json(observation: Observation) -> Json:
    return {
        **observation.key._asdict(),
        "value": str(observation.value),
        "unit": observation.unit,
        "share": text_of(observation.share),
        "share_of": observation.share_of,
        "completion": text_of(observation.completion),
        "comparisons": [comparison_to_json(item) for item in observation.comparisons],
        "mentions": [
            {"value": str(item.value), "unit": item.unit, "section": item.section}
            | span_to_json(item.span)
            for item in observation.mentions
        ],
        **span_to_json(observation.span),
    }


def comparison_to_json(comparison: Comparison) -> Json:
    reason = comparison.reason
    return {
        "baseline": comparison.baseline,
        "direction": comparison.direction,
        "delta": text_of(comparison.delta),
        "percent": text_of(comparison.percent),
        "reason": reason.quote if reason else None,
        "reason_span": span_to_json(reason) if reason else None,
        "reasons": [item.text for item in comparison.reasons],
        "reason_spans": [span_to_json(item.span) for item in comparison.reasons],
        **span_to_json(comparison.span),
    }


def performance_to_json(performance: Performance) -> Json:
    count = performance.project_count
    return {
        "project_count": None if count is None else str(count),
        "funds": text_of(performance.funds),
        "span": span_to_json(performance.span) if performance.span else None,
        "projects": [
            {
                "name": project.name,
                "unit": project.unit,
                **{name: getattr(project, name) for name in PROJECT_FIELDS},
                "indicators": [
                    {"name": item.name}
                    | {name: getattr(item, name) for name in INDICATOR_FIELDS}
                    | span_to_json(item.span)
                    for item in project.indicators
                ],
                **span_to_json(project.span),
            }
            for project in performance.projects
        ],
    }


def anomaly_to_json(anomaly: Anomaly) -> Json:
    return {
        "kind": anomaly.kind,
        "severity": anomaly.severity,
        "why": anomaly.why,
        "why_zh": anomaly.why_zh,
        "arithmetic": calculation_to_json(anomaly.calculation) if anomaly.calculation else None,
        "about": list(anomaly.about),
        **span_to_json(anomaly.span),
    }


def calculation_to_json(calculation: Calculation) -> Json:
    return {
        "operator": calculation.operator,
        "terms": [
            {
                **label_to_json(term.label),
                "value": str(term.value),
                "unit": term.unit,
                "divides": term.divides,
            }
            for term in calculation.terms
        ],
        **label_to_json(calculation.label),
        "computed": str(calculation.computed),
        "stated": text_of(calculation.stated),
        "difference": text_of(calculation.difference),
        "unit": calculation.unit,
    }


def label_to_json(label: Bilingual) -> Json:
    return {"label_zh": label.zh, "label_en": label.en}


def tally_to_json(tally: ReadingTally) -> Json:
    return {
        "form": tally.form,
        **{name: getattr(tally, name) for name in TALLY_NUMBERS},
        **{name: [span_to_json(span) for span in getattr(tally, name)] for name in TALLY_SPANS},
        "remarks": list(tally.remarks),
    }


def text_of(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def read_span(item: Mapping[str, Any]) -> Span:
    boxes = tuple(Box(**box) for box in item.get("boxes", ()))
    return Span(item["start"], item["end"], item["quote"], boxes)


def read_function(item: Mapping[str, Any]) -> Function:
    return Function(int(item["ordinal"]), item["text"], read_span(item))


def read_count(item: Mapping[str, Any]) -> Count:
    return Count(item["item"], int(item["value"]), item["unit"], item["year"], read_span(item))


def read_term(item: Mapping[str, Any]) -> Term:
    return Term(item["term"], item["definition"], read_span(item))


def read_anomaly(item: Mapping[str, Any]) -> Anomaly:
    """An anomaly; files of earlier versions tell it in one language and without its arithmetic."""
    arithmetic = item.get("arithmetic")
    return Anomaly(
        kind=item["kind"],
        severity=item["severity"],
        why=item["why"],
        span=read_span(item),
        about=tuple(item["about"]),
        why_zh=item.get("why_zh", ""),
        calculation=read_calculation(arithmetic) if arithmetic else None,
    )


def read_calculation(item: Mapping[str, Any]) -> Calculation:
    terms = (
        Operand(read_label(term), Decimal(term["value"]), term["unit"], term["divides"])
        for term in item["terms"]
    )
    stated = None if item["stated"] is None else Decimal(item["stated"])
    return Calculation(
        item["operator"],
        tuple(terms),
        Decimal(item["computed"]),
        stated,
        item["unit"],
        read_label(item),
    )


def read_label(item: Mapping[str, Any]) -> Bilingual:
    return Bilingual(item["label_zh"], item["label_en"])


def read_unread(item: Mapping[str, Any]) -> Unread:
    return Unread(item["section"], read_span(item))


def read_tally(item: Mapping[str, Any]) -> ReadingTally:
    """The tally of facts, empty for facts that were written before there was one."""
    known: dict[str, Any] = {
        **{name: item.get(name, 0) for name in TALLY_NUMBERS},
        **{name: each(item.get(name, ()), read_span) for name in TALLY_SPANS},
    }
    return ReadingTally(form=item.get("form", ""), remarks=tuple(item.get("remarks", ())), **known)


def read_organization(item: Mapping[str, Any]) -> Organization:
    count = item.get("internal_office_count")
    names = {
        name: tuple(
            Name(text, read_span(span))
            for text, span in zip(item[name], item["spans"][name], strict=True)
        )
        for name in NAME_LISTS
    }
    return Organization(
        name=item["name"],
        level=item["level"],
        region=item["region"],
        span=read_span(item),
        internal_office_count=None if count is None else int(count),
        announcements=each(
            item["announcements"],
            lambda one: Announcement(
                one["of"], int(one["announced"]), int(one["named"]), read_span(one)
            ),
        ),
        **names,
    )


def read_observation(item: Mapping[str, Any]) -> Observation:
    return Observation(
        key=ObservationKey(*(item[name] for name in ObservationKey._fields)),
        value=Decimal(item["value"]),
        unit=item["unit"],
        span=read_span(item),
        share=read_decimal(item.get("share")),
        share_of=item.get("share_of"),
        completion=read_decimal(item.get("completion")),
        comparisons=each(item["comparisons"], read_comparison),
        mentions=each(
            item["mentions"],
            lambda mention: Mention(
                Decimal(mention["value"]), mention["unit"], read_span(mention), mention["section"]
            ),
        ),
    )


def read_comparison(item: Mapping[str, Any]) -> Comparison:
    reason = item.get("reason_span")
    return Comparison(
        baseline=item["baseline"],
        direction=item["direction"],
        delta=read_decimal(item.get("delta")),
        percent=read_decimal(item.get("percent")),
        span=read_span(item),
        reason=read_span(reason) if reason else None,
        reasons=tuple(
            Reason(text, read_span(span))
            for text, span in zip(item["reasons"], item["reason_spans"], strict=True)
        ),
    )


def read_performance(item: Mapping[str, Any]) -> Performance:
    count = item.get("project_count")
    return Performance(
        project_count=None if count is None else int(count),
        funds=read_decimal(item.get("funds")),
        span=read_span(item["span"]) if item.get("span") else None,
        projects=each(item["projects"], read_project),
    )


def read_project(item: Mapping[str, Any]) -> Project:
    return Project(
        name=item["name"],
        span=read_span(item),
        unit=item["unit"],
        **{name: item[name] for name in PROJECT_FIELDS},
        indicators=each(
            item["indicators"],
            lambda row: Indicator(
                name=row["name"],
                span=read_span(row),
                **{name: row[name] for name in INDICATOR_FIELDS},
            ),
        ),
    )


def read_decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def each(items: Any, read: Callable[[Mapping[str, Any]], Value]) -> tuple[Value, ...]:
    return tuple(read(item) for item in items)
