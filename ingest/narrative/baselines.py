"""Baselines and phases: which budget or account a wording stands for, seen from the document's year."""

from __future__ import annotations

import re

from ingest.narrative.slots import meaning
from ingest.narrative.templates.template import Reading
from ontology.lexicon import load_lexicon

PREVIOUS = ("previous-final", "previous-budget")
# A point of the cube that a baseline is: its phase.
PHASE_OF_BASELINE = {"previous-final": "final", "previous-budget": "initial-budget"}
# Words that say that money was spent, not planned.
OUTTURN = re.compile(r"决算|执行|实际|完成|支出数|发生")
BASELINE = re.compile(r"(?:(\d{4})年[度初底末]?)?(?:\([^()0-9]*\))?(?:的|当年(?=预算执行))?(.*)")
# Names of funds hold the word 预算 that would else name a phase.
NAMES_OF_FUNDS = re.compile(
    r"(?:一般)?公共(?:财政)?预算|政府性基金预算|基金预算|国有资本(?:经营)?预算"
)


def find_baseline(word: str, document_year: int, document_phase: str) -> str:
    """The baseline that a word names, or the empty string for a year that is none: in the document of
    2020 2019年 is last year's final account, and 2018年 no baseline that the facts know.

    What a budget is compared with by year alone is the budget of that year; 执行数 is its outturn, that is
    the final account as far as it is known.
    """
    stated = BASELINE.fullmatch(word)
    year, words = (stated.group(1), stated.group(2)) if stated else (None, word)
    known = load_lexicon().find_meaning("baseline", words) if words else None
    known = known or "previous-final"
    if (
        document_phase == "initial-budget"
        and known == "previous-final"
        and not OUTTURN.search(words)
    ):
        known = "previous-budget"
    if not year:
        return known
    ago = document_year - int(year)
    if known == "initial-budget":
        return {0: known, 1: "previous-budget"}.get(ago, "")
    if known == "adjusted-budget":
        return known if ago == 0 else ""
    return known if ago == 1 else ""


def find_phase(reading: Reading, document_phase: str) -> str:
    """The phase that the words of an amount name, or that of the document."""
    if reading.word("phase"):
        phase = meaning("phase", reading.word("phase"))
        return "final" if phase == "executed" else phase
    words = NAMES_OF_FUNDS.sub("", reading.word("item") or reading.word("flow"))
    if "预算" in words:
        return "initial-budget"
    return "final" if "决算" in words else document_phase
