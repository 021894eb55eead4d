"""Clauses: a paragraph of folded text cut where its sense pauses."""

from __future__ import annotations

import re
from dataclasses import dataclass

# 、 ends a clause only behind a complete figure: 货物支出0万元、工程支出0万元
PAUSE = re.compile(r"[，。；:]|(?<=[元辆人次台套个批%)\d])、(?=\D)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch [start, end) of a folded paragraph and the mark that ends it ("" at the paragraph's end)."""

    start: int
    end: int
    text: str
    mark: str


def cut_clauses(paragraph: str) -> tuple[Clause, ...]:
    """The clauses of a folded paragraph in order, empty ones left out.

    >>> [clause.text for clause in cut_clauses("货物支出0万元、工程支出5万元，占3%。")]
    ['货物支出0万元', '工程支出5万元', '占3%']
    """
    clauses = []
    start = 0
    for pause in [*PAUSE.finditer(paragraph), None]:
        end = pause.start() if pause else len(paragraph)
        if end > start:
            mark = pause.group() if pause else ""
            clauses.append(Clause(start, end, paragraph[start:end], mark))
        start = pause.end() if pause else end
    return tuple(clauses)
