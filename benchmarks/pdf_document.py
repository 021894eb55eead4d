"""A PDF file to measure reading on: final accounts of a fictitious office, nine ruled tables over many pages.

It is drawn here, so that the measure needs no corpus: the prose of a sample, and the tables of the national
template with as many classes as a department prints. The sums of the tables are right; the prose tells
of other figures, which the checks find.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from ontology.classes import BudgetClass, economic_classes, function_classes

FONT = "STSong-Light"
SAMPLE = Path(__file__).parents[1] / "samples" / "shili-jiaqu-zhengwu-2021.txt"
PAGES = 25
# Points between lines of the prose: versions of the library break lines and pages a little differently.
LEADINGS = (28, 26, 24, 22, 25, 27, 30)
FUNCTIONS, ECONOMICS = 40, 40
NOTHING = Decimal("0.00")
Rows = list[list[str]]


def money(value: Decimal) -> str:
    return f"{value:,.2f}" if value else ""


def amount_of(place: int) -> Decimal:
    """An amount for the class at this place: different ones, with decimals."""
    return Decimal(place * 3797 % 90007 + 120) / 100


@dataclass(frozen=True)
class Accounts:
    """The money of the office: every 项 has an amount, all of it basic or all of it project expenditure."""

    items: Mapping[str, Decimal]

    @classmethod
    def invented(cls) -> Accounts:
        """Accounts over so many functional items."""
        codes = [code for code, one in function_classes().items() if one.level == "item"]
        return cls(
            {
                code: amount_of(place)
                for place, code in enumerate(sorted(codes)[:: len(codes) // FUNCTIONS])
            }
        )

    @cached_property
    def total(self) -> Decimal:
        """All expenditure, which is all income too."""
        return sum(self.items.values(), NOTHING)

    @cached_property
    def basic(self) -> Decimal:
        """All basic expenditure."""
        return sum((value for code, value in self.items.items() if is_basic(code)), NOTHING)

    def classes(self) -> Iterator[tuple[BudgetClass, Decimal, Decimal]]:
        """Every class, group and item with its basic and its project expenditure, in the order of codes."""
        known = function_classes()
        codes = sorted({code[:length] for code in self.items for length in (3, 5, 7)})
        for code in codes:
            below = {one: value for one, value in self.items.items() if one.startswith(code)}
            basic = sum((value for one, value in below.items() if is_basic(one)), NOTHING)
            yield known[code], basic, sum(below.values(), NOTHING) - basic

    def tops(self) -> Iterator[tuple[str, Decimal]]:
        """The names of the 类 and their expenditure."""
        for top, codes in groupby(sorted(self.items), key=lambda code: code[:3]):
            yield function_classes()[top].name, sum((self.items[one] for one in codes), NOTHING)

    def economics(self) -> Iterator[tuple[BudgetClass, Decimal]]:
        """Basic expenditure by economic group, the last of them taking what is left."""
        known = economic_classes()
        codes = [code for code, one in known.items() if one.level == "group" and code < "500"]
        left, share = self.basic, (self.basic / ECONOMICS).quantize(Decimal("0.01"))
        for code in sorted(codes)[: ECONOMICS - 1]:
            left -= share
            yield known[code], share
        yield known[sorted(codes)[ECONOMICS - 1]], left


def is_basic(code: str) -> bool:
    return int(code) % 2 == 1


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """One of the nine tables: its title, its header rows and its rows."""

    title: str
    header: Rows
    rows: Rows


def nine_tables(accounts: Accounts) -> Iterator[DrawnTable]:
    """The tables T1 to T9 of the template."""
    total, tops = money(accounts.total), [*accounts.tops()]
    panes = [["项目", "行次", "金额", "项目", "行次", "金额"]]
    yield DrawnTable(
        "收入支出决算总表", panes, summary_rows("一、一般公共预算财政拨款收入", total, tops)
    )
    income = [
        "科目编码",
        "科目名称",
        "本年收入合计",
        "财政拨款收入",
        "上级补助收入",
        "事业收入",
        "其他收入",
    ]
    classes = [*accounts.classes()]
    yield DrawnTable(
        "收入决算表",
        [income],
        [["", "合计", total, total, "", "", ""]]
        + [
            [one.code, one.name, money(basic + project), money(basic + project), "", "", ""]
            for one, basic, project in classes
        ],
    )
    spent = [["", "合计", total, money(accounts.basic), money(accounts.total - accounts.basic)]]
    spent += [
        [one.code, one.name, money(basic + project), money(basic), money(project)]
        for one, basic, project in classes
    ]
    columns = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]
    yield DrawnTable("支出决算表", [columns], spent)
    yield DrawnTable(
        "财政拨款收入支出决算总表", panes, summary_rows("一、一般公共预算财政拨款", total, tops)
    )
    yield DrawnTable("一般公共预算财政拨款支出决算表", [columns], spent)
    yield DrawnTable(
        "一般公共预算财政拨款基本支出决算表",
        [["科目编码", "科目名称", "决算数"]],
        [["", "合计", money(accounts.basic)]]
        + [[one.code, one.name, money(value)] for one, value in accounts.economics()],
    )
    yield DrawnTable(
        "财政拨款“三公”经费支出决算表",
        [["项目", "年初预算数", "决算数"]],
        [
            ["合计", "12.00", "8.50"],
            ["1.因公出国（境）费", "0.00", "0.00"],
            ["2.公务用车购置及运行维护费", "8.00", "6.00"],
            ["（1）公务用车购置费", "0.00", "0.00"],
            ["（2）公务用车运行维护费", "8.00", "6.00"],
            ["3.公务接待费", "4.00", "2.50"],
        ],
    )
    for title in ("政府性基金预算财政拨款收入支出决算表", "国有资本经营预算财政拨款支出决算表"):
        yield DrawnTable(title, [columns], [["", "合计", "0.00", "0.00", "0.00"]])


def summary_rows(source: str, total: str, tops: list[tuple[str, Decimal]]) -> Rows:
    """Two panes: the income on the left, the expenditure by 类 on the right."""
    right = [[name, str(30 + place), money(value)] for place, (name, value) in enumerate(tops)]
    left = [[source, "1", total]] + [["", str(place), ""] for place in range(2, len(right) + 1)]
    rows = [[*one, *other] for one, other in zip(left, right, strict=True)]
    rows.append(["本年收入合计", "27", total, "本年支出合计", "57", total])
    rows.append(["总计", "29", total, "总计", "59", total])
    return rows


def draw_table(table: DrawnTable, style: ParagraphStyle) -> Iterator[Flowable]:
    yield Paragraph(table.title, style)
    yield Paragraph("公开单位：示例市甲区政务服务管理局　　单位：万元", style)
    body = [[Paragraph(words, style) if words else "" for words in row] for row in table.rows]
    head = [[Paragraph(words, style) for words in row] for row in table.header]
    grid = Table([*head, *body], repeatRows=len(head))
    grid.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    yield grid
    yield PageBreak()


def make_pdf() -> bytes:
    """The bytes of the file.

    Raises:
        AssertionError: it has another number of pages than is measured.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    for leading in LEADINGS:
        content, pages = lay_out(leading)
        if pages == PAGES:
            return content
    raise AssertionError(f"no leading of {LEADINGS} gives {PAGES} pages")


def lay_out(leading: int) -> tuple[bytes, int]:
    """The file with lines of the prose this many points apart, and how many pages it has."""
    prose = ParagraphStyle("prose", fontName=FONT, fontSize=14, leading=leading, firstLineIndent=28)
    cell = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=13)
    story: list[Flowable] = []
    for table in nine_tables(Accounts.invented()):
        story += draw_table(table, cell)
    lines = SAMPLE.read_text("utf-8").splitlines()
    cover, text = lines[:2], lines[2:]
    opening = [Paragraph(line, prose) for line in cover] + [PageBreak()]
    body = [
        Paragraph(line.strip(), prose)
        for line in text
        if line.strip() and not line.startswith("\t")
    ]
    content = io.BytesIO()
    pages: list[int] = []
    SimpleDocTemplate(content, pagesize=A4, title=cover[0]).build(
        [*opening, *story, *body],
        onLaterPages=lambda canvas, _: pages.append(canvas.getPageNumber()),
    )
    return content.getvalue(), len(pages) + 1
