"""Small final accounts of fictitious offices, for tests that need documents of several years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path

from pyoxigraph import Store

from ingest.pipeline import read_facts
from ingest.quads import make_quads
from ontology.vocabulary import vocabulary_quads
from store.derivation import conclusions, rules_in
from store.merged_store import merged

VOCABULARY = tuple(vocabulary_quads())
RULES = rules_in(VOCABULARY)


@dataclass(frozen=True)
class Account:
    """The final account of one office and year, in 万元; `previous` is what it holds last year to have been."""

    year: int
    spent: str
    previous: str
    initial: str = "500.00"
    office: str = "示例市丙区民政局"
    duties: tuple[str, ...] = ("负责社会救助工作。", "负责养老服务工作。")
    more: str = ""

    @property
    def text(self) -> str:
        """The document."""
        duties = "\n".join(f"{number}．{duty}" for number, duty in enumerate(self.duties, 1))
        since_last = changed(self.spent, self.previous)
        since_budget = changed(self.spent, self.initial)
        return f"""{self.office}
{self.year}年度部门决算公开说明
一、单位基本情况
（一）职能职责
{duties}
二、部门决算情况说明
（一）收入支出决算总体情况说明
1．支出情况。{self.year}年度支出合计{self.spent}万元，较上年决算数{since_last}，主要原因是新增养老服务项目。
（二）一般公共预算财政拨款收入支出决算情况说明
1．支出情况。{self.year}年度一般公共预算财政拨款支出{self.spent}万元，较年初预算数{since_budget}，主要原因是年中追加经费。
{self.more}"""

    def write(self, folder: Path) -> Path:
        """Write the document into a folder."""
        path = folder / f"{self.office}-{self.year}.txt"
        path.write_text(self.text, encoding="utf-8")
        return path


def changed(amount: str, baseline: str) -> str:
    """The words of a comparison with a baseline."""
    delta = Decimal(amount) - Decimal(baseline)
    if delta == 0:
        return "持平"
    percent = abs(delta) / Decimal(baseline) * 100
    words = ("增加", "增长") if delta > 0 else ("减少", "下降")
    return f"{words[0]}{abs(delta)}万元，{words[1]}{percent:.2f}%"


def store_of(folder: Path, *accounts: Account, with_vocabulary: bool = False) -> Store:
    """What a release of these documents holds, in memory: quick enough to be asked for often.

    Without the vocabulary, concepts have no labels.
    """
    store = Store()
    if with_vocabulary:
        store.bulk_extend(chain.from_iterable((quad, merged(quad)) for quad in VOCABULARY))
    for account in accounts:
        text, facts = read_facts(account.write(folder))
        for quad in make_quads(facts, text, program_version="0"):
            store.add(quad)
            store.add(merged(quad))
    for quad in conclusions(store, RULES):
        store.add(quad)
        store.add(merged(quad))
    return store
