"""The data gate: what each document of the corpus and of the samples yielded when it was last recorded.

    uv run python -m tests.data_gate        (or: uv run just baseline)

records the yields anew, in `tests/data/baseline.csv`. It holds figures only, no words of a document. Look
at the difference before you commit it: a yield that sinks has to have its reason.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from guanlian.files import DOCUMENT_SUFFIXES
from ingest.facts import DocumentFacts
from ingest.pipeline import read_facts
from ingest.reading.document import DocumentError

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
BASELINE = Path(__file__).parent / "data" / "baseline.csv"
CORPUS_FOLDERS = ("chongqing", "provinces", "shanghai", "unlabelled")


@dataclass(frozen=True, slots=True)
class Yield:
    """What one document yields; all zero for a file that cannot be read."""

    read: int = 0
    functions: int = 0
    observations: int = 0
    comparisons: int = 0
    reasons: int = 0
    counts: int = 0
    projects: int = 0
    indicators: int = 0
    terms: int = 0
    clauses: int = 0
    clauses_read: int = 0
    amount_clauses: int = 0
    amount_clauses_read: int = 0
    tables_read: int = 0
    figures_read: int = 0
    errors: int = 0
    minor: int = 0
    rounding: int = 0

    def share(self, what: str) -> float:
        """The share read of the `clauses` or `amount_clauses`; of none, all."""
        whole: int = getattr(self, what)
        read: int = getattr(self, f"{what}_read")
        return read / whole if whole else 1.0


NAMES = tuple(field.name for field in fields(Yield))
# Less of these is a loss. How many clauses there are is not: a sentence may be joined or cut better.
AT_LEAST = (
    "read", "functions", "observations", "comparisons", "reasons", "counts", "projects", "indicators",
    "terms", "tables_read", "figures_read",
)  # fmt: skip
SHARES = ("clauses", "amount_clauses")
# A finding that comes or goes is judged by a person, and then recorded.
EXACTLY = ("errors", "minor", "rounding")


def corpus_folder() -> Path:
    """Where the real documents are expected."""
    return Path(os.environ.get("GUANLIAN_CORPUS", ROOT / ".." / "shared" / "corpus"))


def documents_in(corpus: Path | None) -> dict[str, Path]:
    """The documents of the gate by the name they are recorded under; without a corpus the samples only."""
    folders = {"samples": SAMPLES}
    if corpus is not None:
        folders |= {name: corpus / name for name in CORPUS_FOLDERS}
    return {
        f"{name}/{path.name}": path
        for name, folder in folders.items()
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in DOCUMENT_SUFFIXES
    }


def measure(path: Path) -> Yield:
    """What a document yields now."""
    try:
        _, facts = read_facts(path)
    except DocumentError:
        return Yield()
    return count(facts)


def count(facts: DocumentFacts) -> Yield:
    comparisons = [comparison for _, comparison in facts.comparisons()]
    severities = Counter(anomaly.severity for anomaly in facts.anomalies)
    reading, projects = facts.reading, facts.performance.projects
    return Yield(
        read=1,
        functions=len(facts.functions),
        observations=len(facts.amounts),
        comparisons=len(comparisons),
        reasons=sum(len(comparison.reasons) for comparison in comparisons),
        counts=len(facts.counts),
        projects=len(projects),
        indicators=sum(len(project.indicators) for project in projects),
        terms=len(facts.terms),
        clauses=reading.clauses,
        clauses_read=reading.clauses_read,
        amount_clauses=reading.amount_clauses,
        amount_clauses_read=reading.amount_clauses_read,
        tables_read=reading.tables_read,
        figures_read=reading.figures_read,
        errors=severities["error"],
        minor=severities["minor"],
        rounding=severities["rounding"],
    )


def losses(recorded: Yield, now: Yield) -> Iterator[str]:
    """Where a document yields less than recorded, or finds other than recorded; one phrase each."""
    for name in AT_LEAST:
        before, after = getattr(recorded, name), getattr(now, name)
        if after < before:
            yield f"{name}: {before} recorded, {after} now"
    if recorded.read and now.read:
        for name in SHARES:
            before, after = recorded.share(name), now.share(name)
            if after < before:
                yield f"share of {name} read: {before:.4f} recorded, {after:.4f} now"
        for name in EXACTLY:
            before, after = getattr(recorded, name), getattr(now, name)
            if after != before:
                yield f"findings of severity {name}: {before} recorded, {after} now"


def load_baseline(path: Path = BASELINE) -> dict[str, Yield]:
    """The recorded yields by the name of the document."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row["document"]: Yield(**{name: int(row[name]) for name in NAMES})
            for row in csv.DictReader(lines)
        }


def write_baseline(yields: dict[str, Yield], path: Path = BASELINE) -> None:
    """Record the yields."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("document", *NAMES), lineterminator="\n")
        writer.writeheader()
        writer.writerows({"document": name, **asdict(one)} for name, one in yields.items())


def main() -> int:
    """Record anew; 1 where the corpus is absent, for then its baseline would be lost."""
    corpus = corpus_folder()
    if not corpus.is_dir():
        print(f"the corpus of real documents is not at GUANLIAN_CORPUS={corpus}", file=sys.stderr)
        return 1
    before = load_baseline() if BASELINE.exists() else {}
    yields = {name: measure(path) for name, path in documents_in(corpus).items()}
    for name, one in yields.items():
        for loss in losses(before.get(name, Yield()), one) if name in before else ():
            print(f"{name}: {loss}")
    write_baseline(yields)
    print(f"{len(yields)} documents recorded in {BASELINE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
