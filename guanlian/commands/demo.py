"""guanlian demo: the main job on the shipped samples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from guanlian.asking import open_graph
from guanlian.commands.ingest import run_ingestion, show_report
from guanlian.commands.serve import PortOption, serve_until_interrupted
from guanlian.samples import sample_documents
from guanlian.settings import ProgramSettings
from guanlian.showing.comparison import heading, line, show_comparison
from guanlian.terminal import output, say
from queries.catalogue import Catalogue
from queries.comparison import compare
from queries.network import office_network
from queries.offices import Office, read_offices
from store.graph import Graph

DATA = Path("data/demo")
MOST_SENTENCES = 2
MOST_PAIRS = 8


def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the result.")] = True,
    port: PortOption = None,
    data: Annotated[Path, typer.Option(metavar="DIR", help="The data folder of the demo.")] = DATA,
) -> int:
    """Read the samples, answer the two questions, serve the graph."""
    settings = ProgramSettings(data=data) if port is None else ProgramSettings(data=data, port=port)
    report = run_ingestion(sample_documents(), settings, None, replace_all=True)
    show_report(report, data)
    graph, console = open_graph(data), output()
    show_network(console, graph)
    show_nearest_pair(console, graph)
    show_contradictions(console, graph)
    if serve:
        serve_until_interrupted(settings)
    else:
        names = " ".join(office.name for office in nearest_pair(graph))
        say(
            f"guanlian serve --data {data} serves it; guanlian compare {names} --data {data} compares"
        )
    return 1 if report.failed else 0


def show_network(console: Console, graph: Graph) -> None:
    """The pairs of offices that share most functions."""
    title = "哪些机构职能相同？ Which offices share functions?"
    console.print(Rule(Text(title, style="bold"), align="left"))
    network = office_network(graph)
    pairs = sorted(network.edges(data=True), key=lambda edge: -edge[2]["weight"])
    for left, right, edge in pairs[:MOST_PAIRS]:
        names = f"{network.nodes[left]['label']} – {network.nodes[right]['label']}"
        line(console, 0, (f"{edge['weight']:.3f} ", "bold"), (names, "cyan"))
        line(console, 6, ("、".join(edge["shared_themes"]), ""))


def show_nearest_pair(console: Console, graph: Graph) -> None:
    """The two questions for the two offices that share most."""
    heading(console, "其中最近的两个机构 The nearest two of them")
    show_comparison(console, compare(graph, nearest_pair(graph)), MOST_SENTENCES)


def nearest_pair(graph: Graph) -> list[Office]:
    """The two offices that share most functions."""
    network = office_network(graph)
    left, right, _ = max(network.edges(data=True), key=lambda edge: edge[2]["weight"])
    return [office for office in read_offices(graph) if office.iri in (left, right)]


def show_contradictions(console: Console, graph: Graph) -> None:
    """The errors that the checks found, with their arithmetic."""
    console.print(Rule(Text("哪些数字对不上？ What does not add up?", style="bold"), align="left"))
    for found in Catalogue.load()["anomalies"].run(graph, {"severity": "error"}).records():
        line(
            console,
            0,
            (f"{found['office']} {found['year']} ", "cyan"),
            (f"{found['kind']}", "bold"),
        )
        line(console, 4, (f"“{found['quote']}”", ""))
        line(console, 4, (f"{found['why']}", "dim"))
