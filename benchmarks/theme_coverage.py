"""How many clauses of duties fall under no theme.

    uv run python -m benchmarks.theme_coverage [--show] FILE...

reads documents, and files of duties as `functions/restated` of the corpus has them (one a line: number, tab,
duty). Prints for each the clauses, those without a theme and their share, and the whole in the last row; with
`--show` the clauses without a theme.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.pipeline import read_facts
from ingest.reading.document import DocumentError
from ingest.themes import split_clauses, unclassified_clauses


@dataclass(frozen=True, slots=True)
class Coverage:
    """The clauses of some duties, and those that no theme recognises."""

    clauses: int
    unclassified: tuple[str, ...]

    @property
    def unclassified_share(self) -> float:
        """The share without a theme, 0 to 1; of no clauses, none."""
        return len(self.unclassified) / self.clauses if self.clauses else 0.0


def coverage_of(duties: Sequence[str]) -> Coverage:
    """The coverage of duties, verbatim."""
    without = (clause.text for duty in duties for clause in unclassified_clauses(duty))
    return Coverage(sum(len(split_clauses(duty)) for duty in duties), tuple(without))


def added(coverages: Iterable[Coverage]) -> Coverage:
    """Several coverages as one."""
    listed = [*coverages]
    without = (clause for one in listed for clause in one.unclassified)
    return Coverage(sum(one.clauses for one in listed), tuple(without))


def coverage_by_file(paths: Iterable[Path]) -> Iterator[tuple[Path, Coverage]]:
    """The coverage of each file that states duties; files that are no disclosure are left out."""
    for path in paths:
        duties = listed_duties(path) or document_duties(path)
        if duties:
            yield path, coverage_of(duties)


def listed_duties(path: Path) -> list[str]:
    """The duties of a file that lists them, one a line behind its number and a tab."""
    if path.suffix != ".txt":
        return []
    rows = (line.partition("\t") for line in path.read_text("utf-8", "replace").splitlines())
    return [duty for number, _, duty in rows if number.isdecimal() and duty]


def document_duties(path: Path) -> list[str]:
    """The duties that a document states; none if it is no disclosure."""
    try:
        _, facts = read_facts(path)
    except DocumentError:
        return []
    return [function.span.quote for function in facts.functions]


def main() -> None:
    """Print a line a file, and the whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="list the clauses without a theme")
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    found = [*coverage_by_file(arguments.paths)]
    for path, coverage in [*found, (Path("all"), added(coverage for _, coverage in found))]:
        without = len(coverage.unclassified)
        print(
            f"{path.name:40s} {coverage.clauses:5d} clauses {without:5d} without a theme"
            f" {coverage.unclassified_share:6.1%}"
        )
        if arguments.show and path.name != "all":
            print(*(f"    {clause}" for clause in coverage.unclassified), sep="\n")


if __name__ == "__main__":
    main()
