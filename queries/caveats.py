"""What is not comparable between offices, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from queries.compared_functions import ComparedFunctions
from queries.coverage import Coverage
from queries.definitions import Words


@dataclass(frozen=True, slots=True)
class Caveat:
    """One reason for care: `kind` is scope, year, document-kind, functions or reasons."""

    kind: str
    message: Words


def find_caveats(
    coverages: Sequence[Coverage], functions: ComparedFunctions, explaining: frozenset[str]
) -> tuple[Caveat, ...]:
    """Everything that keeps the offices from being compared as they stand.

    Args:
        coverages: what is read of each office.
        functions: their functions side by side.
        explaining: the IRIs of the offices that state a reason.
    """
    return (
        *differing_scopes(coverages),
        *differing_years(coverages),
        *differing_kinds(coverages),
        *without_functions(coverages, functions),
        *without_reasons(coverages, explaining),
    )


def listed(coverages: Sequence[Coverage], value: Callable[[Coverage], str]) -> str:
    return "；".join(f"{coverage.office.name}：{value(coverage)}" for coverage in coverages)


def differing_scopes(coverages: Sequence[Coverage]) -> Iterator[Caveat]:
    if len({document.scope_iri for c in coverages for document in c.documents}) > 1:
        each = listed(coverages, lambda c: "、".join(sorted({d.scope for d in c.documents})))
        yield Caveat(
            "scope",
            Words(
                f"口径不同，金额不宜直接比较，部门汇总含所属单位（{each}）",
                "The scopes differ, so amounts are not comparable as they stand: a department is "
                f"reported with its units ({each}).",
            ),
        )


def differing_years(coverages: Sequence[Coverage]) -> Iterator[Caveat]:
    if len({coverage.year for coverage in coverages}) > 1:
        each = listed(coverages, lambda coverage: coverage.year)
        yield Caveat(
            "year",
            Words(
                f"年度不同，变动及其原因属于不同的年份（{each}）",
                f"The fiscal years differ: changes and reasons are of different years ({each}).",
            ),
        )


def differing_kinds(coverages: Sequence[Coverage]) -> Iterator[Caveat]:
    if len({document.kind_iri for c in coverages for document in c.documents}) > 1:
        each = listed(coverages, lambda c: "、".join(sorted({d.kind for d in c.documents})))
        yield Caveat(
            "document-kind",
            Words(
                f"文件类型不同，预算数与决算数不可比（{each}）",
                f"The kinds of document differ: budgets are not final accounts ({each}).",
            ),
        )


def without_functions(
    coverages: Sequence[Coverage], functions: ComparedFunctions
) -> Iterator[Caveat]:
    stating = {
        holder.office.iri
        for theme in (*functions.shared, *functions.own)
        for holder in theme.holders
    } | {found.office.iri for found in functions.unclassified if found.clauses}
    for coverage in coverages:
        if coverage.office.iri not in stating:
            name = coverage.office.name
            yield Caveat(
                "functions",
                Words(
                    f"{name}的文件没有列出职能",
                    f"The documents of {name} state no functions.",
                ),
            )


def without_reasons(coverages: Sequence[Coverage], explaining: frozenset[str]) -> Iterator[Caveat]:
    for coverage in coverages:
        if coverage.office.iri not in explaining:
            name = coverage.office.name
            yield Caveat(
                "reasons",
                Words(
                    f"{name}的文件没有说明变动原因",
                    f"The documents of {name} give no reasons for changes.",
                ),
            )
