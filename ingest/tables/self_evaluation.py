"""Self-evaluation tables (项目绩效自评表): one project a table, recognised by the words of its header cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from ingest.facts import Indicator, Project
from ingest.reading.document import Document
from ingest.tables.cells import Cell, Row, find_rows

# Header words of the money rows and the field each column fills; brackets in headers are left out.
MONEY_COLUMNS = {
    "年初预算数": "initial_budget",
    "年初预算": "initial_budget",
    "全年预算数": "adjusted_budget",
    "全年调整预算数": "adjusted_budget",
    "调整预算数": "adjusted_budget",
    "全年执行数": "executed",
    "执行数": "executed",
    "全年决算数": "executed",
    "执行率": "execution_rate",
    "执行率权重": "execution_weight",
    "分值": "execution_weight",
    "执行率得分": "execution_score",
    "得分": "execution_score",
}
GOAL_COLUMNS = {
    "年初绩效目标": "goals",
    "年初设定目标": "goals",
    "预期目标": "goals",
    "全年目标实际完成情况": "achieved",
    "全年实际完成情况": "achieved",
    "实际完成情况": "achieved",
}
INDICATOR_COLUMNS = {
    "一级指标": "level1",
    "二级指标": "level2",
    "指标名称": "name",
    "三级指标": "name",
    "计量单位": "unit",
    "指标性质": "comparator",
    "年初指标值": "target",
    "指标值": "target",
    "年度指标值": "target",
    "调整指标值": "adjusted",
    "全年完成值": "actual",
    "实际完成值": "actual",
    "偏离度": "deviation",
    "得分系数": "score_rate",
    "指标权重": "weight",
    "权重": "weight",
    "分值": "weight",
    "指标得分": "score",
    "得分": "score",
    "是否核心指标": "core",
}
NAME_LABELS = ("项目名称",)
SCORE_LABELS = ("自评总分", "自评得分", "总分")
BRACKETED = re.compile(r"\((?:%|分|万元|元|百分比|[^()]{0,4})\)")
YES = re.compile(r"核心|是|√")


def read_self_evaluations(document: Document, start: int, end: int) -> Iterator[Project]:
    """The projects whose self-evaluation tables stand in [start, end)."""
    for table in find_tables(find_rows(document, start, end)):
        yield read_project(table)


def find_tables(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows of each table; a row that begins with 项目名称 opens the next one."""
    table: list[Row] = []
    for row in rows:
        if row[0].label in NAME_LABELS and len(row) > 1:
            if table:
                yield table
            table = [row]
        elif table:
            table.append(row)
    if table:
        yield table


def read_project(table: list[Row]) -> Project:
    labelled = {cell.label: value for row in table[:3] for cell, value in pairwise(row)}
    name = table[0][1]
    project = Project(name=" ".join(name.text.split()), span=name.span, unit=unit_of(table))
    for label, cell in labelled.items():
        if BRACKETED.sub("", label) in SCORE_LABELS:
            project = replace(project, score=number_in(cell))
    for number, row in enumerate(table):
        project = read_block(project, row, table[number + 1 :])
    return project


def read_block(project: Project, header: Row, behind: list[Row]) -> Project:
    """The project with what the rows under one header row add to it."""
    if (columns := columns_of(header, MONEY_COLUMNS)) and "executed" in columns.values():
        return replace(project, **read_money(columns, block_under(behind)))
    if "goals" in (columns := columns_of(header, GOAL_COLUMNS)).values():
        return replace(project, **read_goals(columns, behind[:1]))
    if "name" in (columns := columns_of(header, INDICATOR_COLUMNS)).values():
        return replace(project, indicators=tuple(read_indicators(columns, block_under(behind))))
    return project


def block_under(rows: list[Row]) -> Iterator[Row]:
    """The rows up to the next one with a label of its own in the first cell."""
    for row in rows:
        if row[0].label:
            return
        yield row


def columns_of(header: Row, names: dict[str, str]) -> dict[int, str]:
    found = {place: BRACKETED.sub("", cell.label) for place, cell in enumerate(header)}
    found = {place: label.replace("(调整)", "调整") for place, label in found.items()}
    return {place: names[label] for place, label in found.items() if label in names}


def unit_of(table: list[Row]) -> str:
    """The unit in the label of the money rows: 项目资金（万元）."""
    labels = "".join(row[0].label for row in table)
    found = re.search(r"资金\((万元|元|亿元|千元)\)", labels)
    return found.group(1) if found else "万元"


def read_money(columns: dict[int, str], rows: Iterable[Row]) -> dict[str, Any]:
    """The figures of the total row; a blank in it is filled from a part with the same amounts."""
    figures: dict[str, Any] = {}
    for row in rows:
        own = {name: number_in(row[place]) for place, name in columns.items() if place < len(row)}
        if not figures:
            figures = own
        elif own.get("executed") and own.get("executed") == figures.get("executed"):
            figures = {name: figures.get(name) or own.get(name) for name in {**figures, **own}}
    return figures


def read_goals(columns: dict[int, str], rows: list[Row]) -> dict[str, Any]:
    row = rows[0] if rows else ()
    return {
        name: row[place].text
        for place, name in columns.items()
        if place < len(row) and row[place].text
    }


def read_indicators(columns: dict[int, str], rows: Iterable[Row]) -> Iterator[Indicator]:
    for row in rows:
        cells = {name: row[place] for place, name in columns.items() if place < len(row)}
        if cells.get("name") and cells["name"].text:
            yield read_indicator(cells)


def read_indicator(cells: dict[str, Cell]) -> Indicator:
    """The indicator of a row; a blank 调整指标值 leaves the target as it was (FACTS rule 15)."""
    texts = {name: cell.text or None for name, cell in cells.items()}
    core = bool(YES.search(texts.get("core") or "")) if "core" in cells else None
    return Indicator(
        name=" ".join(cells["name"].text.split()),
        span=cells["name"].span,
        level1=texts.get("level1"),
        level2=texts.get("level2"),
        unit=texts.get("unit"),
        comparator=texts.get("comparator"),
        target=texts.get("adjusted") or texts.get("target"),
        actual=texts.get("actual"),
        deviation=rate_in(texts.get("deviation")),
        score_rate=rate_in(texts.get("score_rate")),
        weight=texts.get("weight"),
        score=texts.get("score"),
        core=core,
    )


def number_in(cell: Cell) -> str | None:
    """The figure of a cell without thousands separators and percent sign; None where it is blank."""
    return rate_in(cell.label or None)


def rate_in(text: str | None) -> str | None:
    return text.replace(",", "").rstrip("%％") if text else None
