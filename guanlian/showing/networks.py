"""Answers about networks in the terminal: what was found, and below it how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import singledispatch

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from queries.network import (
    Communities,
    Neighbourhood,
    NetworkResult,
    Paths,
    SimilarOffices,
    SisterOffices,
    ThemeFrequencies,
    WholeNetwork,
)
from queries.network.frequencies import ThemeFrequency
from queries.network.neighbourhood import Joint, Neighbour
from queries.network.paths import in_line
from queries.network.relations import relations

# How many nodes, offices or themes a line of text names.
NAMED = 10


def show_network(console: Console, result: NetworkResult) -> None:
    """Print an answer, and its method, parameters and release."""
    show(result, console)
    settings = "，".join(f"{name}={value}" for name, value in result.account.parameters.items())
    for words in (
        f"方法 method: {result.account.method}",
        f"参数 parameters: {settings or '无 none'}；发布 release: {result.account.release}",
    ):
        line(console, (words, "dim"))


@singledispatch
def show(result: NetworkResult, console: Console) -> None:
    """Print what was found."""
    raise TypeError(f"There is no way to show {type(result).__name__}.")


@show.register
def _(result: WholeNetwork, console: Console) -> None:
    network = result.network
    console.print(
        f"{network.number_of_nodes()} 节点 nodes，{network.number_of_edges()} 边 edges"
        "（-f graphml 或 node-link 导出 to export）"
    )
    degrees = sorted(network.degree(), key=lambda pair: (-pair[1], pair[0]))[:NAMED]
    rows = [(network.nodes[iri]["label"], str(degree)) for iri, degree in degrees]
    console.print(grid(("联系最多 most joined", "边 edges"), rows))


@show.register
def _(result: SimilarOffices, console: Console) -> None:
    console.print(Text(result.name, style="bold"))
    if not result.similar:
        console.print("没有相近的机构 no office shares a theme with it")
    for one in result.similar:
        line(console, (f"{one.similarity:.3f}  ", "cyan"), (one.name, "bold"))
        for theme in one.shared:
            own = first_words(theme.clauses[0].text if theme.clauses else "")
            other = first_words(theme.other_clauses[0].text if theme.other_clauses else "")
            line(console, f"    {theme.label}：{own} ／ {other}")


@show.register
def _(result: SisterOffices, console: Console) -> None:
    if not result.groups:
        console.print("没有姊妹机构 no sister offices")
    for group in result.groups:
        names = named([name for _, name in group.offices])
        line(
            console,
            f"{len(group.offices)} 机构 offices（最远 least similar {group.least:.3f}）：{names}",
        )
        line(console, (f"    共有 in common：{'、'.join(group.shared_themes)}", "dim"))


@show.register
def _(result: ThemeFrequencies, console: Console) -> None:
    console.print(f"{result.offices} 机构 offices")
    for title, themes in (("罕见 rare", result.rare), ("常见 common", result.common)):
        console.print(
            grid((title, "机构 offices", "占比 share", "权重 idf", ""), frequencies(themes))
        )


def frequencies(themes: tuple[ThemeFrequency, ...]) -> list[tuple[str, ...]]:
    return [
        (
            theme.label,
            str(theme.offices),
            f"{theme.share:.1%}",
            f"{theme.weight:.3f}",
            named(theme.names) if theme.offices <= NAMED else "",
        )
        for theme in themes
    ]


@show.register
def _(result: Communities, console: Console) -> None:
    console.print(
        f"{len(result.communities)} 社群 communities，模块度 modularity {result.modularity:.3f}"
    )
    for community in result.communities:
        themes = "、".join(f"{theme.label}（{theme.share:.0%}）" for theme in community.themes)
        central = "、".join(office.name for office in community.central)
        head = f"{community.number}  {len(community.offices)} 机构 offices  "
        line(console, (head, "bold"), themes)
        line(console, (f"    中心 central：{central}", "dim"))


@show.register
def _(result: Neighbourhood, console: Console) -> None:
    things = {thing.iri: thing for thing in result.things}
    start = things[result.thing]
    line(console, (start.label, "bold"), (f"  {start.kind}，联系 joined to {start.degree}", "dim"))
    for joint in result.joints:
        far = max(things[joint.source], things[joint.target], key=lambda thing: thing.distance)
        words = f"（原文：{first_words(joint.statement.text)}）" if joint.statement else ""
        told = f"{far.distance}  {joined(joint, things)}{words}"
        line(console, told, (f"  {far.kind}，{far.degree}", "dim"))
    if result.truncated:
        console.print(f"另有 {result.left_out} 个未列出 more were left out (--most)")


def joined(joint: Joint, things: Mapping[str, Neighbour]) -> str:
    """How two things are joined: the sentence of the relation, or the property of a triple."""
    source, target = (first_words(things[iri].label) for iri in (joint.source, joint.target))
    relation = relations().get(joint.relation)
    if relation is None:
        return f"{source} —{joint.relation}→ {target}"
    return relation.sentence_zh.format(source=source, target=target)


@show.register
def _(result: Paths, console: Console) -> None:
    if not result.paths:
        line(console, result.sentence_zh, ("  " + result.sentence_en, "dim"))
    for path in result.paths:
        line(console, (f"{path.cost:.3f}  ", "cyan"), path.sentence_zh)
        line(console, ("       " + path.sentence_en, "dim"))
        for hop in path.hops:
            if hop.statement:
                line(console, ("       " + hop.statement.span, "dim"))


def grid(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Grid:
    table = Grid(box=SIMPLE_HEAD)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    return table


def line(console: Console, *parts: str | tuple[str, str]) -> None:
    """One line of text, as long as it is: terminals wrap Chinese better than we do."""
    console.print(Text.assemble(*parts), soft_wrap=True)


def named(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" … +{len(names) - NAMED}" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def first_words(text: str, most: int = 40) -> str:
    words = in_line(text)
    return words if len(words) <= most else words[:most] + "…"
