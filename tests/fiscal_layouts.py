"""Consistent fiscal tables of a made-up office, laid out in the many ways that offices lay them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from ingest.facts import ObservationKey
from ingest.reading.building import DocumentBuilder, NewCell, Run
from ingest.reading.document import Document
from ontology.classes import economic_classes, function_classes

# 项 whose names recur under other 款 (行政运行), and whose 款 are named like their 类 (其他支出).
FUNCTIONS = (
    "2010301", "2010302", "2010601", "2010602", "2080501", "2080505", "2080506", "2089999",
    "2101101", "2101102", "2210201", "2210203", "2299999",
)  # fmt: skip
ECONOMIC = ("30101", "30102", "30113", "30201", "30205", "30213", "30299", "30302", "31002")
INCOMES = {
    "superior-subsidy": "上级补助收入",
    "business": "事业收入",
    "operating": "经营收入",
    "affiliated-remittance": "附属单位上缴收入",
    "other": "其他收入",
}
ORDINALS = "一二三四五六七八九"
Amounts = dict[ObservationKey, Decimal]
RowOfCells = list[NewCell]


@dataclass(frozen=True)
class Accounts:
    """What the tables state: by 项 the basic and project expenditure, by 款 the basic one, and the rest."""

    functions: dict[str, tuple[Decimal, Decimal]]
    economic: dict[str, Decimal]
    incomes: dict[str, Decimal]
    carried: Decimal
    reception: Decimal

    def of_class(self, code: str) -> tuple[Decimal, Decimal]:
        parts = [both for item, both in self.functions.items() if item.startswith(code)]
        return sum((one for one, _ in parts), Decimal(0)), sum(
            (two for _, two in parts), Decimal(0)
        )

    def total(self, code: str) -> Decimal:
        return sum(self.of_class(code), Decimal(0))

    def classes(self) -> list[str]:
        """类, 款 and 项 in the order in which tables list them."""
        codes = {item[:width] for item in self.functions for width in (3, 5, 7)}
        return sorted(codes)

    @property
    def expenditure(self) -> Decimal:
        return sum((self.total(code) for code in self.tops()), Decimal(0))

    def tops(self) -> list[str]:
        return [code for code in self.classes() if len(code) == 3]


@dataclass(frozen=True)
class Form:
    """A way to lay tables out. `codes` is one of one, three, spaced, before (the name), none; `page` is how
    many rows stand on a page."""

    codes: str
    total_first: bool
    blank: str
    unit: str
    unit_place: str
    page: int
    header_again: bool
    numbers: bool
    spans: bool
    title_inside: bool
    full_width: bool


def decimals() -> st.SearchStrategy[Decimal]:
    return st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)


def accounts() -> st.SearchStrategy[Accounts]:
    return st.builds(
        Accounts,
        functions=st.dictionaries(
            st.sampled_from(FUNCTIONS), st.tuples(decimals(), decimals()), min_size=1, max_size=9
        ),
        economic=st.dictionaries(st.sampled_from(ECONOMIC), decimals(), min_size=1),
        incomes=st.dictionaries(st.sampled_from(list(INCOMES)), decimals()),
        carried=decimals(),
        reception=decimals(),
    )


def forms() -> st.SearchStrategy[Form]:
    return st.builds(
        Form,
        codes=st.sampled_from(("one", "three", "spaced", "before", "none")),
        total_first=st.booleans(),
        blank=st.sampled_from(("", "0.00", "—")),
        unit=st.sampled_from(("元", "万元", "千元")),
        unit_place=st.sampled_from(("caption", "header")),
        page=st.integers(2, 40),
        header_again=st.booleans(),
        numbers=st.booleans(),
        spans=st.booleans(),
        title_inside=st.booleans(),
        full_width=st.booleans(),
    )


@dataclass
class Sheet:
    """Lays out one set of accounts in one form; `stated` collects what was printed, by point."""

    accounts: Accounts
    form: Form
    year: str
    builder: DocumentBuilder
    stated: list[tuple[ObservationKey, Decimal]]

    def say(self, fund: str, flow: str, item: str, value: Decimal, phase: str = "final") -> str:
        """The words of a figure; it counts as stated unless this form leaves zeros blank."""
        if value == 0 and self.form.blank != "0.00":
            return self.form.blank
        self.stated.append((ObservationKey(fund, flow, item, self.year, phase), value))
        return self.number(value)

    def number(self, value: Decimal) -> str:
        if value == 0 and self.form.blank != "0.00":
            return self.form.blank
        text = f"{value:,.2f}"
        wide = str.maketrans("0123456789", "０１２３４５６７８９")
        return text.translate(wide) if self.form.full_width else text

    def label(self, code: str, name: str) -> list[str]:
        """The label cells of a class row: code and name as the form prints them."""
        if self.form.codes == "three":
            return [*(code[a:b] for a, b in ((0, 3), (3, 5), (5, 7))), name]
        if self.form.codes == "before":
            return [f"{code} {name}"]
        if self.form.codes == "none":
            return [name]
        return [" ".join(code) if self.form.codes == "spaced" else code, name]

    def label_header(self) -> list[list[str]]:
        """Header rows over the label cells, from top to bottom, "" where the cell above goes on."""
        if self.form.codes == "three":
            return [
                ["项目", "", "", ""],
                ["科目编码", "", "", "科目\n名称"],
                ["类", "款", "项", ""],
            ]
        if self.form.codes in ("before", "none"):
            return [["项 目"]]
        return [["项目", ""], ["功能分类科目编码", "科目名称"]]

    def total_label(self, width: int) -> list[str]:
        return ["合计", *[""] * (width - 1)]

    def add(
        self,
        title: str,
        header: list[list[str]],
        rows: list[list[str]],
        labels: int,
        spread: int = 0,
    ) -> None:
        """One table on as many pages as its rows need."""
        caption = f"编制单位：示例市示例局 单位：{self.form.unit}"
        if self.form.unit_place == "header":
            caption, header = "编制单位：示例市示例局", self.with_unit(header)
        head = [*(self.merged(header) if self.form.spans else self.plain(header))]
        width = len(header[0])
        if self.form.numbers:
            head.append(self.cells(["栏次", *map(str, range(1, width))]))
        body = [self.total_cells(row, labels) for row in rows]
        inside = [[NewCell.of(title, 0, width)], [NewCell.of(caption, 0, width)]]
        if not self.form.title_inside:
            self.builder.add_paragraph([Run(title)])
            self.builder.add_paragraph([Run(caption)])
            inside = []
        for number, start in enumerate(range(0, len(body), self.form.page)):
            again = number == 0 or self.form.header_again
            page = body[start : start + self.form.page]
            self.builder.add_table(
                [*(inside if not number else []), *(head if again else []), *page]
            )

    def with_unit(self, header: list[list[str]]) -> list[list[str]]:
        last = [f"{words}（{self.form.unit}）" if words else "" for words in header[0][-1:]]
        return (
            [[*header[0][:-1], *last], *header[1:]]
            if last != [""]
            else self.with_unit_below(header)
        )

    def with_unit_below(self, header: list[list[str]]) -> list[list[str]]:
        place = max(i for i, words in enumerate(header[0]) if words)
        top = [*header[0]]
        top[place] += f"（{self.form.unit}）"
        return [top, *header[1:]]

    def cells(self, texts: Sequence[str]) -> RowOfCells:
        return [NewCell.of(text, column) for column, text in enumerate(texts)]

    def total_cells(self, texts: Sequence[str], labels: int) -> RowOfCells:
        """A row; the label of a total covers all label columns when this form merges cells."""
        cells = self.cells(texts)
        if self.form.spans and texts[0] == "合计" and labels > 1:
            return [NewCell.of("合计", 0, labels), *cells[labels:]]
        return cells

    def plain(self, header: list[list[str]]) -> Iterator[RowOfCells]:
        """Header rows as a reader gives them that knows no extents: merged cells leave gaps."""
        for row in header:
            yield [NewCell.of(text, column) for column, text in enumerate(row) if text]

    def merged(self, header: list[list[str]]) -> Iterator[RowOfCells]:
        """Header rows with the extents of merged cells: to the right in the first row, else down."""
        for number, row in enumerate(header):
            cells = []
            for column, text in enumerate(row):
                if text:
                    columns = extent(header, number, column)
                    rows = depth(header, number, column, columns)
                    cells.append(NewCell.of(text, column, columns, rows))
            yield cells


def extent(header: list[list[str]], number: int, column: int) -> int:
    """How many columns a header cell covers: up to the next one of its row, or of a row above."""
    above = header[:number]
    end = column + 1
    while end < len(header[0]) and not header[number][end] and not any(row[end] for row in above):
        end += 1
    return end - column


def depth(header: list[list[str]], number: int, column: int, columns: int) -> int:
    """How many rows a header cell covers: down to the first with words under it."""
    for row in range(number + 1, len(header)):
        if any(header[row][column : column + columns]):
            return row - number
    return len(header) - number


def stack(labels: list[list[str]], figures: list[list[str]]) -> list[list[str]]:
    """Header rows of labels and figures side by side, the shorter one filled up with blanks below."""
    rows = max(len(labels), len(figures))
    parts = [part + [[""] * len(part[0])] * (rows - len(part)) for part in (labels, figures)]
    return [left + right for left, right in zip(*parts, strict=True)]


def lay_out(accounts: Accounts, form: Form, year: str = "2031") -> tuple[Document, Amounts]:
    """The document with the tables of these accounts, and the amounts that it states, by their points."""
    sheet = Sheet(accounts, form, year, DocumentBuilder(), [])
    sheet.builder.add_paragraph([Run(f"示例市示例局{year}年度部门决算")])
    for write in (summary, income, expenditure, fiscal_summary, general, basic, three_public, fund):
        write(sheet)
    document = sheet.builder.finish("示例.pdf", "application/pdf", "0" * 64)
    stated: Amounts = {}
    for key, value in sheet.stated:
        stated.setdefault(key, value)
    return document, stated


def side_by_side(left: list[list[str]], right: list[list[str]], width: int) -> list[list[str]]:
    rows = max(len(left), len(right))
    left = left + [["", ""]] * (rows - len(left))
    right = right + [[""] * width] * (rows - len(right))
    return [one + two for one, two in zip(left, right, strict=True)]


def summary(sheet: Sheet) -> None:
    given = sheet.accounts
    income = given.expenditure + sum(given.incomes.values(), Decimal(0))
    left = [
        ["一、财政拨款收入", sheet.say("all", "income", "fiscal-appropriation", given.expenditure)]
    ]
    for number, (item, name) in enumerate(INCOMES.items(), 1):
        value = given.incomes.get(item, Decimal(0))
        left.append([f"{ORDINALS[number]}、{name}", sheet.say("all", "income", item, value)])
    right = [
        [f"{ORDINALS[n % 9]}、{function_classes()[code].name}",
         sheet.say("all", "expenditure", f"func:{code}", given.total(code))]
        for n, code in enumerate(given.tops())
    ]  # fmt: skip
    rows = side_by_side(left, right, 2)
    rows += [
        ["本年收入合计", sheet.say("all", "income", "total", income),
         "本年支出合计", sheet.say("all", "expenditure", "total", given.expenditure)],
        ["年初结转和结余", sheet.say("all", "carry-in", "total", given.carried),
         "年末结转和结余", sheet.say("all", "carry-out", "total", given.carried)],
        ["总计", sheet.say("all", "income", "grand-total", income + given.carried),
         "总计", sheet.say("all", "expenditure", "grand-total", given.expenditure + given.carried)],
    ]  # fmt: skip
    header = [["收入", "", "支出", ""], ["项目", "决算数", "项目", "决算数"]]
    sheet.add("收入支出决算总表", header, rows, 1)


def class_rows(sheet: Sheet, fund: str, flow: str, extra: Sequence[str]) -> list[list[str]]:
    """The rows by function: label cells, total, and figures without a point of their own."""
    given, rows = sheet.accounts, []
    for code in given.classes():
        basic, project = given.of_class(code)
        total = sheet.say(fund, flow, f"func:{code}", basic + project)
        own = [sheet.number(basic), sheet.number(project)] if not extra else [total, *extra]
        rows.append([*sheet.label(code, function_classes()[code].name), total, *own])
    return rows


def with_total(sheet: Sheet, rows: list[list[str]], total: list[str]) -> list[list[str]]:
    return [total, *rows] if sheet.form.total_first else [*rows, total]


def income(sheet: Sheet) -> None:
    labels = sheet.label_header()
    width = len(labels[0])
    given = sheet.accounts
    rows = class_rows(sheet, "all", "income", ["", ""])
    total = [
        *sheet.total_label(width),
        sheet.say("all", "income", "total", given.expenditure),
        sheet.say("all", "income", "fiscal-appropriation", given.expenditure),
        "",
        "",
    ]
    header = stack(labels, [["本年收入合计", "财政拨款\n收入", "事业收入", "其他收入"]])
    sheet.add("收入决算表", header, with_total(sheet, rows, total), width)


def by_nature(sheet: Sheet, title: str, fund: str, head: list[list[str]]) -> None:
    labels = sheet.label_header()
    width = len(labels[0])
    given = sheet.accounts
    rows = class_rows(sheet, fund, "expenditure", [])
    basic = sum((given.of_class(code)[0] for code in given.tops()), Decimal(0))
    total = [
        *sheet.total_label(width),
        sheet.say(fund, "expenditure", "total", given.expenditure),
        sheet.say(fund, "expenditure", "basic", basic),
        sheet.say(fund, "expenditure", "project", given.expenditure - basic),
    ]
    sheet.add(title, stack(labels, head), with_total(sheet, rows, total), width)


def expenditure(sheet: Sheet) -> None:
    by_nature(sheet, "支出决算表", "all", [["本年支出合计", "基本支出", "项目支出"]])


def general(sheet: Sheet) -> None:
    head = [["一般公共预算支出", "", ""], ["合计", "基本支出", "项目 支出"]]
    if len(sheet.label_header()) == 1:
        head = [["合计", "基本支出", "项目支出"]]
    by_nature(sheet, "一般公共预算财政拨款支出决算表", "general", head)


def fiscal_summary(sheet: Sheet) -> None:
    given = sheet.accounts
    funds = ("fiscal", "general")

    def right_row(name: str, flow: str, item: str, value: Decimal) -> list[str]:
        return [name, *(sheet.say(fund, flow, item, value) for fund in funds), ""]

    left = [
        [
            "一、一般公共预算财政拨款",
            sheet.say("fiscal", "income", "general-appropriation", given.expenditure),
        ],
        ["二、政府性基金预算财政拨款", ""],
    ]
    right = [
        right_row(f"{ORDINALS[n % 9]}、{function_classes()[code].name}",
                  "expenditure", f"func:{code}", given.total(code))
        for n, code in enumerate(given.tops())
    ]  # fmt: skip
    rows = side_by_side(left, right, 4)
    rows += [
        ["本年收入合计", sheet.say("fiscal", "income", "total", given.expenditure),
         *right_row("本年支出合计", "expenditure", "total", given.expenditure)],
        ["年初财政拨款结转和结余", sheet.say("fiscal", "carry-in", "total", given.carried),
         *right_row("年末财政拨款结转和结余", "carry-out", "total", given.carried)],
        ["一、一般公共预算财政拨款", sheet.say("general", "carry-in", "total", given.carried), "", "", "", ""],
        ["总计", sheet.say("fiscal", "income", "grand-total", given.expenditure + given.carried),
         *right_row("总计", "expenditure", "grand-total", given.expenditure + given.carried)],
    ]  # fmt: skip
    header = [
        ["收入", "", "支出", "", "", ""],
        ["项目", "决算数", "项目", "合计", "一般公共预算财政拨款", "政府性基金预算\n财政拨款"],
    ]
    sheet.add("财政拨款收入支出决算总表", header, rows, 1)


def basic(sheet: Sheet) -> None:
    """T6: 人员经费 and 公用经费 side by side."""
    given = sheet.accounts
    panes: list[list[list[str]]] = []
    totals: list[str] = []
    width = len(sheet.label("30101", "")) if sheet.form.codes != "three" else 3
    for people, words, item in (
        (True, "人员经费合计", "personnel"),
        (False, "公用经费合计", "public"),
    ):
        codes = [code for code in sorted(given.economic) if (code[:3] in ("301", "303")) == people]
        pane = []
        for code in sorted({*codes, *(code[:3] for code in codes)}):
            value = sum((v for c, v in given.economic.items() if c.startswith(code)), Decimal(0))
            label = sheet.label(code, economic_classes()[code].name)
            label = [*label[:2], label[3]] if sheet.form.codes == "three" else label
            pane.append([*label, sheet.say("general", "expenditure", f"econ:{code}", value)])
        panes.append(pane)
        total = sum((given.economic[code] for code in codes), Decimal(0))
        totals += [words, *[""] * (width - 1), sheet.say("general", "expenditure", item, total)]
    rows = max(len(panes[0]), len(panes[1]))
    filled = [pane + [[""] * (width + 1)] * (rows - len(pane)) for pane in panes]
    body = [one + two for one, two in zip(*filled, strict=True)]
    names = {
        1: ["科目名称"],
        2: ["经济分类科目编码", "科目名称"],
        3: ["经济分类科目编码", "", "科目名称"],
    }
    header = [[*names[width], "决算数"] * 2]
    if width == 3:
        header.append(["类", "款", "", ""] * 2)
    sheet.add("一般公共预算财政拨款基本支出决算表", header, [*body, totals], 1)


def three_public(sheet: Sheet) -> None:
    """T7, one row of twelve figures."""
    header = [
        ["合计", "", "因公出国（境）费", "", "公务用车购置及运行费", "", "", "", "", "", "公务接待费", ""],
        ["", "", "", "", "小计", "", "公务用车购置费", "", "公务用车运行费", "", "", ""],
        ["预算数", "决算数"] * 6,
    ]  # fmt: skip
    items = (
        "three-public",
        "abroad",
        "vehicle",
        "vehicle-purchase",
        "vehicle-operation",
        "reception",
    )
    row = []
    for item in items:
        value = sheet.accounts.reception if item in ("three-public", "reception") else Decimal(0)
        row += [
            sheet.say("fiscal", "expenditure", item, value + 1, "initial-budget"),
            sheet.say("fiscal", "expenditure", item, value),
        ]
    sheet.add("财政拨款“三公”经费支出决算表", header, [row], 0)


def fund(sheet: Sheet) -> None:
    """T8: one class of the government-managed funds, with what is carried in and out."""
    labels = sheet.label_header()
    width = len(labels[0])
    value = sheet.accounts.carried
    head = [
        ["年初结转和结余", "本年收入", "本年支出", "", "", "年末结转和结余"],
        ["", "", "小计", "基本支出", "项目支出", ""],
    ]
    if len(labels) == 1:
        labels = [*labels, [""] * width]
    rows = []
    for code in ("212", "21208", "2120899"):
        item = f"func:{code}"
        income = sheet.say("gov-fund", "income", item, value)
        spent = sheet.say("gov-fund", "expenditure", item, value)
        label = sheet.label(code, function_classes()[code].name)
        rows.append([*label, sheet.number(value), income, spent, "", spent, sheet.number(value)])
    total = [
        *sheet.total_label(width),
        sheet.say("gov-fund", "carry-in", "total", value),
        sheet.say("gov-fund", "income", "total", value),
        sheet.say("gov-fund", "expenditure", "total", value),
        sheet.say("gov-fund", "expenditure", "basic", Decimal(0)),
        sheet.say("gov-fund", "expenditure", "project", value),
        sheet.say("gov-fund", "carry-out", "total", value),
    ]
    title = "政府性基金预算财政拨款收入支出决算表"
    sheet.add(title, stack(labels, head), with_total(sheet, rows, total), width)
