"""A comparison in long form: one row a statement, for spreadsheets and statistics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from queries.comparison import Comparison
from queries.definitions import Column, Words
from queries.table import Table, Value

Row = Mapping[str, Value]
COLUMNS = (
    Column("aspect", Words("方面", "theme, unclassified, cause, structure, explained or nearest")),
    Column("office", Words("机构", "office")),
    Column("year", Words("年度", "fiscal year")),
    Column("topic", Words("主题、原因、构成部分或相近机构", "theme, cause, part or near office")),
    Column("offices", Words("有此主题或原因的机构数", "compared offices with this theme or cause")),
    Column("direction", Words("增减方向", "direction of the change")),
    Column("item", Words("收支项目", "item")),
    Column("baseline", Words("与什么比较", "what the change is compared with")),
    Column("fund", Words("资金性质", "fund")),
    Column("amount", Words("金额", "amount, a change signed"), "万元"),
    Column("share", Words("比重", "share of the whole"), "%"),
    Column("similarity", Words("相似度", "similarity, 0 to 1")),
    Column("text", Words("原文", "clause or reason, verbatim")),
    Column("cue", Words("线索词", "cue of the theme")),
    Column("source", Words("出处", "where it is stated")),
)


def comparison_table(comparison: Comparison) -> Table:
    """Every clause by theme, every reason by cause and change, every part of the spending, every
    explained change and every near office of a comparison, one row each."""
    rows = [
        *theme_rows(comparison),
        *unclassified_rows(comparison),
        *cause_rows(comparison),
        *structure_rows(comparison),
        *explained_rows(comparison),
        *nearest_rows(comparison),
    ]
    years = {coverage.office.name: coverage.year for coverage in comparison.coverages}
    return Table(
        COLUMNS,
        tuple(
            tuple({"year": years[str(row["office"])], **row}.get(c.name) for c in COLUMNS)
            for row in rows
        ),
    )


def theme_rows(comparison: Comparison) -> Iterator[Row]:
    for theme in (*comparison.functions.shared, *comparison.functions.own):
        for holder in theme.holders:
            for clause in holder.clauses:
                yield {
                    "aspect": "theme",
                    "office": holder.office.name,
                    "topic": theme.theme.label,
                    "offices": len(theme.holders),
                    "similarity": theme.similarity,
                    "text": clause.text,
                    "cue": clause.cue,
                    "source": clause.span_iri,
                }


def unclassified_rows(comparison: Comparison) -> Iterator[Row]:
    for holder in comparison.functions.unclassified:
        for clause in holder.clauses:
            yield {
                "aspect": "unclassified",
                "office": holder.office.name,
                "text": clause.text,
                "source": clause.span_iri,
            }


def cause_rows(comparison: Comparison) -> Iterator[Row]:
    for cause in comparison.causes:
        for use in cause.uses:
            for reason in use.reasons:
                for change in reason.changes:
                    yield {
                        "aspect": "cause",
                        "office": use.office.name,
                        "topic": cause.cause.label if cause.cause else None,
                        "offices": len(cause.offices),
                        "direction": use.direction.label,
                        "item": change.item,
                        "baseline": change.baseline.label,
                        "fund": change.fund,
                        "amount": change.delta,
                        "text": reason.text,
                        "source": reason.spans[0],
                    }


def structure_rows(comparison: Comparison) -> Iterator[Row]:
    for block in comparison.structure.blocks:
        for line in block.lines:
            columns = zip(comparison.offices, block.funds, line.amounts, strict=True)
            for office, fund, stated in columns:
                if stated:
                    yield {
                        "aspect": "structure",
                        "office": office.name,
                        "topic": block.title.zh,
                        "item": line.part.label if line.part else "其余",
                        "fund": fund.label if fund else None,
                        "amount": stated.amount,
                        "share": stated.share,
                        "source": stated.span_iri,
                    }


def explained_rows(comparison: Comparison) -> Iterator[Row]:
    """What the stated amounts explain of a change; `share` is the part of it in %."""
    for found in comparison.explained:
        yield {
            "aspect": "explained",
            "office": found.office.name,
            "direction": found.change.direction.label,
            "item": found.change.item,
            "baseline": found.change.baseline.label,
            "fund": found.change.fund,
            "amount": found.explained + found.assumed,
            "share": found.share,
            "text": "；".join(reason.text for reason in found.reasons),
            "source": found.reasons[0].spans[0],
        }


def nearest_rows(comparison: Comparison) -> Iterator[Row]:
    for found in comparison.neighbours:
        for near in found.nearest:
            yield {
                "aspect": "nearest",
                "office": found.office.name,
                "topic": near.name,
                "similarity": format(near.similarity, "f"),
                "text": "；".join(near.shared_themes),
                "source": near.iri,
            }
