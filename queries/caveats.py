"""What is not comparable between offices, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ontology.codes import code_list
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


def listed(coverages: Sequence[Coverage], value: Callable[[Coverage], Words]) -> Words:
    return grouped_names((value(coverage), coverage.office.name) for coverage in coverages)


def grouped_names(valued: Iterable[tuple[Words, str]]) -> Words:
    """Values with the names that have them; of many names the first and how many there are.

    >>> found = grouped_names([(Words("单位", "unit"), "甲局"), (Words("部门", "department"), "乙局")])
    >>> found.zh, found.en
    ('单位：甲局；部门：乙局', 'unit: 甲局; department: 乙局')
    """
    groups: dict[Words, list[str]] = {}
    for value, name in valued:
        groups.setdefault(value, []).append(name)
    named = [(value, first_names(names)) for value, names in groups.items()]
    return Words(
        "；".join(f"{value.zh}：{names.zh}" for value, names in named),
        "; ".join(f"{value.en}: {names.en}" for value, names in named),
    )


def first_names(names: Sequence[str]) -> Words:
    """The names, of many the first; names of offices stay Chinese."""
    shown = names[:MOST_NAMES] if len(names) > MOST_NAMES + 1 else names
    zh, en = "、".join(shown), ", ".join(shown)
    more = len(names) - len(shown)
    return Words(f"{zh}等 {len(names)} 个", f"{en} and {more} more") if more else Words(zh, en)


def labels(concepts: Iterable[tuple[str, str]]) -> Words:
    """Concepts, each an IRI and its Chinese label, by their labels in both languages, in order."""
    found = sorted({both_labels(iri, label) for iri, label in concepts}, key=lambda one: one.zh)
    return Words("、".join(one.zh for one in found), " and ".join(one.en for one in found))


def both_labels(iri: str, label: str) -> Words:
    """The label of a concept in both languages; one that is of no list keeps its own."""
    *_, name, code = iri.split("/")
    concept = code_list(name).get(code) if iri.count("/code/") else None
    return Words(label, concept.label_en if concept and concept.label_en else label)


def differing_scopes(coverages: Sequence[Coverage]) -> Iterator[Caveat]:
    if len({document.scope_iri for c in coverages for document in c.documents}) > 1:
        each = listed(coverages, lambda c: labels((d.scope_iri, d.scope) for d in c.documents))
        yield Caveat(
            "scope",
            Words(
                f"口径不同，金额不宜直接比较，部门汇总含所属单位（{each.zh}）",
                "The scopes differ, so amounts are not comparable as they stand: a department is "
                f"reported with its units ({each.en}).",
            ),
        )


def differing_years(coverages: Sequence[Coverage]) -> Iterator[Caveat]:
    if len({coverage.year for coverage in coverages}) > 1:
        each = listed(coverages, lambda coverage: Words(coverage.year, coverage.year))
        yield Caveat(
            "year",
            Words(
                f"年度不同，变动及其原因属于不同的年份（{each.zh}）",
                f"The fiscal years differ: changes and reasons are of different years ({each.en}).",
            ),
        )


def differing_kinds(coverages: Sequence[Coverage]) -> Iterator[Caveat]:
    if len({document.kind_iri for c in coverages for document in c.documents}) > 1:
        each = listed(coverages, lambda c: labels((d.kind_iri, d.kind) for d in c.documents))
        yield Caveat(
            "document-kind",
            Words(
                f"文件类型不同，预算数与决算数不可比（{each.zh}）",
                f"The kinds of document differ: budgets are not final accounts ({each.en}).",
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
            each = grouped_names(
                (both_labels(fund.iri, fund.label), c.office.name) for c, fund in funds if fund
            )
            yield Caveat(
                "fund",
                Words(
                    f"{block.title.zh}的资金范围不同，比重所对的合计也不同（{each.zh}）",
                    f"{block.title.en} are stated of different funds, so the wholes that the shares "
                    f"are of differ ({each.en}).",
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
        if scope is not None and len({d.scope_iri for d in coverage.documents}) > 1:
            name, taken = coverage.office.name, both_labels(scope.iri, scope.label)
            others = labels(
                (d.scope_iri, d.scope) for d in coverage.documents if d.scope_iri != scope.iri
            )
            yield Caveat(
                "several-scopes",
                Words(
                    f"{name}另有{others.zh}的文件：职能和原因取自全部文件，支出构成只取{taken.zh}",
                    f"{name} has documents of another scope too ({others.en}): functions and "
                    f"reasons are of all, amounts of {taken.en} only.",
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
    changed = [*changed_classes(codes, years)]
    if changed:
        zh, en = "；".join(one.zh for one in changed), "; ".join(one.en for one in changed)
        yield Caveat(
            "classification",
            Words(
                f"各年度的《政府收支分类科目》不同，这些类的名称或范围有变（{zh}）",
                "The editions of the classification differ between the years: these classes changed "
                f"their names or what they cover ({en}).",
            ),
        )
