"""A comparison of offices in the terminal: the two questions, answered with clauses and sentences."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from guanlian.showing.structure import show_structure
from queries.compared_functions import ComparedTheme, OfficeClauses
from queries.compared_reasons import CauseUse, ComparedCause, StatedReason
from queries.comparison import Comparison
from queries.explained_changes import ExplainedChange
from queries.offices import Office

MOST_PAIRS, MOST_NEAR, MOST_THEMES = 10, 3, 3
ARROWS = {"increase": ("↑", "red"), "decrease": ("↓", "green"), "unchanged": ("=", "dim")}


def show_comparison(console: Console, comparison: Comparison, most: int | None = None) -> None:
    """Print a comparison. `most` limits the sentences shown of each cause and office."""
    show_offices(console, comparison)
    console.print(
        Rule(Text("哪些职能相同？ Which functions do they share?", style="bold"), align="left")
    )
    show_functions(console, comparison)
    console.print(
        Rule(Text("变动的原因有何不同？ How do the reasons differ?", style="bold"), align="left")
    )
    show_causes(console, comparison, most)
    show_explained(console, comparison.explained)
    if comparison.structure.blocks:
        console.print(
            Rule(
                Text("支出由什么构成？ What is expenditure made up of?", style="bold"),
                align="left",
            )
        )
        show_structure(console, comparison, short)


def show_offices(console: Console, comparison: Comparison) -> None:
    """The offices with their documents, how near they are, and what is not comparable."""
    for coverage in comparison.coverages:
        sources = "、".join(f"{d.year} {d.kind}，{d.scope}" for d in coverage.documents)
        line(console, 0, (coverage.office.name, "bold cyan"), ("  " + sources, "dim"))
    show_pairs(console, comparison)
    show_neighbours(console, comparison)
    for caveat in comparison.caveats:
        line(console, 0, ("注意 note", "yellow"))
        line(console, 4, (caveat.message.zh, ""))
        line(console, 4, (caveat.message.en, "dim"))


def show_pairs(console: Console, comparison: Comparison) -> None:
    """How near the offices are by their functions: the nearest pairs."""
    for pair in comparison.pairs[:MOST_PAIRS]:
        names = f"{short(pair.left)} – {short(pair.right)}"
        line(console, 0, (names, ""), (f"  职能相似度 similarity {pair.similarity:.3f}", "dim"))
    if len(comparison.pairs) > MOST_PAIRS:
        more = len(comparison.pairs) - MOST_PAIRS
        line(console, 0, (f"另有 {more} 对相似度更低 more pairs, less alike", "dim"))


def show_neighbours(console: Console, comparison: Comparison) -> None:
    """The nearest offices of the whole graph, with the themes that say most."""
    for found in comparison.neighbours:
        if found.nearest:
            line(console, 0, ("职能相近 nearest to ", "dim"), (short(found.office), "cyan"))
        for near in found.nearest[:MOST_NEAR]:
            themes = "、".join(near.shared_themes[:MOST_THEMES])
            others = len(near.shared_themes) - MOST_THEMES
            more = f" 等 {len(near.shared_themes)} 个主题" if others > 0 else ""
            line(
                console, 4, (near.name, ""), (f" {near.similarity:.3f}", "dim"),
                (f"  {themes}{more}", "magenta"),
            )  # fmt: skip


def show_functions(console: Console, comparison: Comparison) -> None:
    """Shared themes, those of one office alone, and the clauses without a theme."""
    functions = comparison.functions
    heading(console, f"共有的主题 {len(functions.shared)} shared themes")
    for theme in functions.shared:
        show_theme(console, theme)
    for office in comparison.offices:
        own = [theme for theme in functions.own if theme.holders[0].office.iri == office.iri]
        if own:
            heading(console, f"只有{office.name}有 {len(own)} only here")
        for theme in own:
            show_theme(console, theme)
    for clauses in functions.unclassified:
        if clauses.clauses:
            heading(
                console, f"{clauses.office.name}未归类的分句 {len(clauses.clauses)} unclassified"
            )
            show_clauses(console, clauses, 2)


def show_theme(console: Console, theme: ComparedTheme) -> None:
    alike = f"  措辞相似 {theme.similarity}" if theme.similarity is not None else ""
    line(console, 2, (theme.theme.label, "bold"), (alike, "dim"))
    for holder in theme.holders:
        if len(theme.holders) > 1:
            line(console, 4, (short(holder.office), "cyan"))
        show_clauses(console, holder, 6 if len(theme.holders) > 1 else 4)


def show_clauses(console: Console, holder: OfficeClauses, indent: int) -> None:
    """Each clause with the number of its function and the cue that decided."""
    for clause in holder.clauses:
        cue = f" 〔{clause.cue}〕" if clause.cue else ""
        line(console, indent, (f"{clause.ordinal}. ", "dim"), (clause.text, ""), (cue, "magenta"))


def show_causes(console: Console, comparison: Comparison, most: int | None) -> None:
    """Causes that are common, those that one office names alone, and reasons without a cause."""
    heading(console, f"共同的原因 {len(comparison.common_causes)} common causes")
    for cause in comparison.common_causes:
        show_cause(console, cause, most)
    for office in comparison.offices:
        own = comparison.own_causes(office)
        if own:
            heading(console, f"只有{office.name}提到 {len(own)} only here")
        for cause in own:
            show_cause(console, cause, most)
    for cause in comparison.unrecognised_reasons:
        heading(console, "未归类的原因 unrecognised reasons")
        for use in cause.uses:
            show_use(console, use, most)


def show_cause(console: Console, cause: ComparedCause, most: int | None) -> None:
    top = f"  {cause.top.label}" if cause.top else ""
    line(console, 2, (cause.cause.label if cause.cause else "", "bold"), (top, "dim"))
    for use in cause.uses:
        show_use(console, use, most)


def show_use(console: Console, use: CauseUse, most: int | None) -> None:
    """The direction, the office and the largest amount; below, the sentences as stated."""
    arrow, colour = ARROWS[use.direction.iri.rpartition("/")[2]]
    largest = f"  最大 {use.largest:,f} 万元" if use.largest else ""
    line(
        console,
        4,
        (f"{arrow} {use.direction.label} ", colour),
        (short(use.office), "cyan"),
        (largest, "dim"),
    )
    shown = use.reasons if most is None else use.reasons[:most]
    for reason in shown:
        against = "（作用相反 against）" if runs_against(reason, use) else ""
        items = f"  {explained_items(reason)}"
        line(console, 8, (f"“{reason.text}”", ""), (against, "yellow"), (items, "dim"))
    if len(shown) < len(use.reasons):
        line(console, 8, (f"另有 {len(use.reasons) - len(shown)} 条 more", "dim"))


def runs_against(reason: StatedReason, use: CauseUse) -> bool:
    """Whether the words of a reason work against the change that it is given for: 追减 in a rise."""
    directions = {part.iri.rpartition("/")[2] for part in (reason.effect, use.direction) if part}
    return directions == {"increase", "decrease"}


def explained_items(reason: StatedReason) -> str:
    """The narrowest item that a reason explains, its baseline and change, and how many others."""
    change = reason.narrowest
    delta = f" {change.delta:+,f} 万元" if change.delta else ""
    others = f"，等 {len(reason.changes)} 处" if len(reason.changes) > 1 else ""
    return f"{change.item}，比{change.baseline.label}{delta}{others}"


def show_explained(console: Console, changes: Iterable[ExplainedChange]) -> None:
    """How much of a change the amounts in its reasons explain, and the remainder. An amount whose words
    leave open which way it works is taken to work as the change does, and shown apart."""
    found = list(changes)
    if found:
        heading(console, "原因中的金额能解释多少 How much the stated amounts explain (万元)")
    for one in found:
        change = one.change
        line(
            console, 2, (short(one.office), "cyan"),
            (f"  {change.item}，比{change.baseline.label} {change.delta:+,f}：", ""),
            (explanation(one), "bold"),
        )  # fmt: skip


def explanation(change: ExplainedChange) -> str:
    assumed = f"，推定 {change.assumed:+,f}" if change.assumed else ""
    share = f"（{change.share} %）" if change.share is not None else ""
    return f"说明 {change.explained:+,f}{assumed}{share}，余 {change.remainder:+,f}"


def heading(console: Console, words: str) -> None:
    console.print()
    console.print(Text(words, style="bold underline"))


def line(console: Console, indent: int, *parts: tuple[str, str]) -> None:
    """A line of styled parts, its continuation indented like it."""
    console.print(Padding(Text.assemble(*parts), (0, 0, 0, indent)))


def short(office: Office) -> str:
    """The name without its province or city, as the documents shorten it."""
    return max(office.short_names, key=len, default=office.name)
