"""Wordings of disclosures with what they should yield (`wordings.tsv`), in a short notation.

`general/expenditure/total=9.50万元@2022:initial-budget s12.3 c98.2 ~previous-final -0.50 5.88% <reason+reason`:
a point with its value, `s` its share, `c` its completion, then its comparisons (`+`, `-` or `=` with the
difference) and their reasons. 万元, the year 2023 and the phase `final` go without saying.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.narrative.fold import ParagraphFold
from ingest.narrative.folding import Folded
from ingest.narrative.statements import StatedChange, Statement
from ingest.reading.text import text_document

YEAR = "2023"
SIGN = {"increase": "+", "decrease": "-", "unchanged": "="}


@dataclass(frozen=True)
class Wording:
    """A sentence of a section with this fund and document phase, and the notation of its statements."""

    fund: str
    phase: str
    sentence: str
    wanted: frozenset[str]


def read_wordings() -> Iterator[Wording]:
    """The rows of `wordings.tsv`."""
    text = Path(__file__).with_name("wordings.tsv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        wanted = frozenset(one.strip() for one in (row["wanted"] or "").split(";") if one.strip())
        phase = "initial-budget" if row["phase"] == "budget" else row["phase"]
        yield Wording(row["fund"], phase, row["sentence"], wanted)


def fold_sentence(sentence: str, fund: str, phase: str = "final") -> ParagraphFold:
    """The fold of a sentence that stands alone in a section."""
    document = text_document("a.txt", sentence)
    folded = Folded.of(document, 0, len(document.text))
    fold = ParagraphFold(folded, "section", fund, YEAR, phase)
    fold.read()
    return fold


def notation(fold: ParagraphFold) -> set[str]:
    """The statements of a fold; those of one point with one value are one."""
    merged: dict[str, list[str]] = {}
    for statement in fold.statements:
        merged.setdefault(point_of(statement), []).extend(attributes_of(statement))
    return {" ".join([point, *dict.fromkeys(details)]) for point, details in merged.items()}


def point_of(statement: Statement) -> str:
    key = statement.key
    unit = "" if statement.unit in (None, "万元") else statement.unit
    year = "" if key.year == YEAR else f"@{key.year}"
    phase = "" if key.phase == "final" else f":{key.phase}"
    return f"{key.fund}/{key.flow}/{key.item}={statement.value}{unit}{year}{phase}"


def attributes_of(statement: Statement) -> Iterator[str]:
    if statement.share is not None:
        yield f"s{statement.share}"
    if statement.completion is not None:
        yield f"c{statement.completion}"
    for change in statement.changes:
        yield change_of(change)


def change_of(change: StatedChange) -> str:
    words = [
        f"~{change.baseline}",
        f"{SIGN[change.direction]}{'' if change.delta is None else change.delta}",
    ]
    if change.percent is not None:
        words.append(f"{change.percent}%")
    if change.reasons:
        words.append("<" + "+".join(reason.text for reason in change.reasons))
    return " ".join(words)
