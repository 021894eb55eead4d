"""What is not comparable between offices, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from queries.class_editions import changed_classes
from queries.compared_functions import ComparedFunctions
from queries.coverage import Coverage
from queries.definitions import Words
from queries.narrowness import notation
from queries.spending_structure import SpendingStructure

# Of more offices that have a thing in common, only so many are named.
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Caveat:
    """One reason for care: `kind` is scope, several-scopes, year, classification, document-kind, fund,
    functions, reasons or amounts."""

    kind: str
    message: Words


def find_caveats(
    coverages: Sequence[Coverage],
    functions: ComparedFunctions,
    structure: SpendingStructure,
    explaining: frozenset[str],
) -> tuple[Caveat, ...]:
    """Everything that keeps the offices from being compared as they stand.

    Args:
        coverages: what is read of each office.
        functions: their functions side by side.
        structure: their spending side by side.
        explaining: the IRIs of the offices that state a reason.
    """
    return (
        *differing_scopes(coverages),
        *several_scopes(structure, coverages),
        *differing_years(coverages),
        *differing_editions(structure, coverages),
        *differing_kinds(coverages),
        *differing_funds(structure, coverages),
        *without_functions(coverages, functions),
        *without_reasons(coverages, explaining),
        *without_amounts(structure, coverages),
    )


def listed(coverages: Sequence[Coverage], value: Callable[[Coverage], str]) -> str:
    return grouped_names((value(coverage), coverage.office.name) for coverage in coverages)


def grouped_names(valued: Iterable[tuple[str, str]]) -> str:
    """Values with the names that have them; of many names the first and how many there are.

    >>> grouped_names([("2020", "甲局"), ("2021", "乙局"), ("2020", "丙局")])
    '2020：甲局、丙局；2021：乙局'
    """
    groups: dict[str, list[str]] = {}
    for value, name in valued:
        groups.setdefault(value, []).append(name)
    return "；".join(f"{value}：{first_names(names)}" for value, names in groups.items())


def first_names(names: Sequence[str]) -> str:
    many = len(names) > MOST_NAMES + 1
    shown = "、".join(names[:MOST_NAMES] if many else names)
    return f"{shown}等 {len(names)} 个" if many else shown


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


def differing_funds(
    structure: SpendingStructure, coverages: Sequence[Coverage]
) -> Iterator[Caveat]:
    """Blocks of amounts that the offices state of different funds."""
    for block in structure.blocks:
        funds = list(zip(coverages, block.funds, strict=True))
        if len({fund for _, fund in funds if fund}) > 1:
            each = grouped_names((fund.label, c.office.name) for c, fund in funds if fund)
            yield Caveat(
                "fund",
                Words(
                    f"{block.title.zh}的资金范围不同，比重所对的合计也不同（{each}）",
                    f"{block.title.en} are stated of different funds, so the wholes that the shares "
                    f"are of differ ({each}).",
                ),
            )


def without_amounts(
    structure: SpendingStructure, coverages: Sequence[Coverage]
) -> Iterator[Caveat]:
    for coverage, scope in zip(coverages, structure.scopes, strict=True):
        if scope is None:
            name = coverage.office.name
            yield Caveat(
                "amounts",
                Words(
                    f"{name}的文件没有列出支出合计及其构成",
                    f"The documents of {name} state neither total expenditure nor parts of it.",
                ),
            )


def several_scopes(structure: SpendingStructure, coverages: Sequence[Coverage]) -> Iterator[Caveat]:
    """Offices with documents of two scopes in the year: functions and reasons are read of both."""
    for coverage, scope in zip(coverages, structure.scopes, strict=True):
        others = sorted({d.scope for d in coverage.documents} - {scope.label if scope else ""})
        if scope is not None and len({d.scope_iri for d in coverage.documents}) > 1:
            name = coverage.office.name
            yield Caveat(
                "several-scopes",
                Words(
                    f"{name}另有{'、'.join(others)}的文件：职能和原因取自全部文件，支出构成只取"
                    f"{scope.label}",
                    f"{name} has documents of another scope too ({'、'.join(others)}): functions and "
                    f"reasons are of all, amounts of {scope.label} only.",
                ),
            )


def differing_editions(
    structure: SpendingStructure, coverages: Sequence[Coverage]
) -> Iterator[Caveat]:
    """Function classes in the amounts that the editions of the compared years name differently."""
    years = sorted({int(coverage.year) for coverage in coverages})
    codes = [
        notation(line.part.iri).removeprefix("func-")
        for block in structure.blocks
        if block.name == "function-classes"
        for line in block.lines
        if line.part
    ]
    each = "；".join(changed_classes(codes, years))
    if each:
        yield Caveat(
            "classification",
            Words(
                f"各年度的《政府收支分类科目》不同，这些类的名称或范围有变（{each}）",
                "The editions of the classification differ between the years: these classes changed "
                f"their names or what they cover ({each}).",
            ),
        )
