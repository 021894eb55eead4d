"""The documents of samples/ and their gold facts, judged by arithmetic of this file alone.

Nothing of the reading side is imported: the gold is the judge of the readers, so its own judge is
independent of them. A figure stands for an interval of half a unit of its last printed digit to
either side.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

Json = dict[str, Any]

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
CORPUS = Path(os.environ.get("GUANLIAN_CORPUS", ROOT / "../shared/corpus")) / "chongqing"
NAMES = tuple(sorted(path.stem for path in SAMPLES.glob("*.txt")))
RESTATED = {"kaizhou-zhengwu-2020": "kaizhou-2020", "jiangjin-zhengwu-2023": "jiangjin-2023"}
CORRECT = ("shili-jiaqu-zhengwu-2021", "shili-yiqu-dashuju-2019")
WITH_CONTACT = "shili-yiqu-minzheng-2020"
TELEPHONE = re.compile(r"(?<!\d)(?:0\d{2,3}-\d{7,8}|1\d{10})(?!\d)")
HAN = re.compile(r"[\u4e00-\u9fff]+")
LONGEST_RUN = 12

# Phrases of the genre that every office prints; official names are added from the gold.
FORMULAS = (
    "一般公共预算财政拨款收入支出决算情况说明",
    "一般公共预算财政拨款支出决算情况说明",
    "一般公共预算财政拨款基本支出决算情况说明",
    "一般公共预算财政拨款收支总体情况",
    "财政拨款收入支出决算总体情况说明",
    "政府性基金预算收支决算情况",
    "国有资本经营预算财政拨款收入支出决算情况",
    "国有资本经营预算财政拨款支出决算情况",
    "决算公开联系方式及信息反馈渠道",
    "预算绩效管理工作开展情况",
    "本单位决算公开信息反馈和联系方式",
    "一般公共预算财政拨款结转和结余",
    "一般公共预算财政拨款基本支出",
    "一般公共财政拨款基本支出",
    "一般公共预算财政拨款收入",
    "一般公共预算财政拨款支出",
    "政府性基金预算财政拨款收入",
    "政府性基金预算财政拨款收支",
    "国有资本经营预算财政拨款收入",
    "国有资本经营预算财政拨款支出",
    "使用非财政拨款结余和专用结余",
    "机关运行经费支出",
    "政府采购支出总额",
    "费用支出较年初预算数",
    "二级预算单位",
    "经费用途主要包括",
    "主要用于开支",
)

# Whole -> ways to divide it: (fund, flow, item).
CLASSES = ("func:",)
APPROPRIATIONS = ("general-appropriation", "gov-fund-appropriation", "state-capital-appropriation")
PARTITIONS: tuple[tuple[tuple[str, str, str], tuple[str, ...]], ...] = (
    (("all", "income", "total"), ("fiscal-appropriation", "business", "operating", "other")),
    (("all", "income", "total"), APPROPRIATIONS),
    (("all", "expenditure", "total"), ("basic", "project", "operating")),
    (("general", "expenditure", "total"), CLASSES),
    (("gov-fund", "expenditure", "total"), CLASSES),
    (("general", "expenditure", "basic"), ("personnel", "public")),
    (
        ("general", "expenditure", "three-public"),
        ("abroad", "vehicle-purchase", "vehicle-operation", "reception"),
    ),
    (
        ("all", "expenditure", "procurement"),
        ("procurement-goods", "procurement-works", "procurement-services"),
    ),
)
BALANCES = (
    ("income", ("carry-in", "non-fiscal-balance-use")),
    ("expenditure", ("carry-out", "surplus-distribution")),
)
YEAR = ("income", "carry-in", "expenditure", "carry-out")
ROW_PARTS = ("name", "unit", "comparator", "target", "actual", "weight", "score", "core")
RECEPTION = ("general", "expenditure", "reception")
RISING = ("增多", "上升", "增加")
CARRIED_FACTS = ("name", "level", "region", "also_known_as", "predecessors", "internal_offices",
                 "internal_office_count", "subordinate_units")  # fmt: skip


class Printed(NamedTuple):
    """A figure and the half unit of its last digit, in the unit of its fact."""

    value: Decimal
    half: Decimal

    def __add__(self, other: object) -> Printed:
        assert isinstance(other, Printed)
        return Printed(self.value + other.value, self.half + other.half)

    def minus(self, other: Printed) -> Printed:
        return Printed(self.value - other.value, self.half + other.half)

    def agrees(self, other: Printed) -> bool:
        return abs(self.value - other.value) <= self.half + other.half


class Found(NamedTuple):
    """A contradiction that the arithmetic of this file found, and where."""

    kind: str
    quote: str


def printed(digits: str) -> Printed:
    value = Decimal(digits)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Printed(value, Decimal(5).scaleb(min(exponent, 0) - 1))


def percentage(part: Printed, whole: Printed) -> Printed:
    """part / whole in percent; `half` covers every value that the printed digits allow."""
    middle = part.value * 100 / whole.value
    low = (part.value - part.half) * 100 / (whole.value + whole.half)
    high = (part.value + part.half) * 100 / (whole.value - whole.half)
    return Printed(middle, max(high - middle, middle - low))


def read_text(name: str) -> str:
    """The text that offsets count in: decoded, no byte order mark, lines end in LF."""
    content = (SAMPLES / f"{name}.txt").read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return text.replace("\r\n", "\n")


def read_gold(name: str) -> Json:
    gold: Json = json.loads((SAMPLES / "gold" / f"{name}.json").read_text("utf-8"))
    return gold


def real_gold(name: str) -> Json:
    path = CORPUS / "gold" / f"{RESTATED[name]}.json"
    if not path.exists():
        pytest.skip("the real documents are not here: set GUANLIAN_CORPUS to their folder")
    gold: Json = json.loads(path.read_text("utf-8"))
    return gold


def quoted(facts: object) -> Iterator[Json]:
    """Every object below that carries a quote."""
    if isinstance(facts, dict):
        if "quote" in facts:
            yield facts
        for member in facts.values():
            yield from quoted(member)
    elif isinstance(facts, list):
        for member in facts:
            yield from quoted(member)


def key(fact: Json) -> tuple[str, ...]:
    return tuple(fact[name] for name in ("fund", "flow", "item", "year", "phase"))


class Ledger:
    """The amounts of one gold file by fund, flow and item: this year, last year, budget."""

    def __init__(self, gold: Json) -> None:
        self.year = gold["fiscal_year"]
        self.final = {
            key(fact)[:3]: fact for fact in gold["amounts"] if key(fact)[3:] == (self.year, "final")
        }
        self.stated = {key(fact): printed(fact["value"]) for fact in gold["amounts"]}

    def comparison(self, place: tuple[str, ...], baseline: str) -> Json | None:
        comparisons = self.final.get(place, {}).get("comparisons", ())
        return next((found for found in comparisons if found["baseline"] == baseline), None)

    def level(self, place: tuple[str, ...], baseline: str) -> Printed | None:
        """The amount at the baseline, stated or implied by value and change; None for neither."""
        phase = (
            (self.year, baseline)
            if baseline == "initial-budget"
            else (str(int(self.year) - 1), "final")
        )
        stated = self.stated.get((*place, *phase))
        comparison = self.comparison(place, baseline)
        if stated or not comparison:
            return stated
        return before(self.final[place], comparison)

    def now(self, place: tuple[str, ...]) -> Printed | None:
        return self.stated.get((*place, self.year, "final"))

    def parts(self, whole: tuple[str, str, str], items: tuple[str, ...]) -> list[tuple[str, ...]]:
        fund, flow, _ = whole
        wanted = (place for place in self.final if place[:2] == (fund, flow))
        if items == CLASSES:
            return [place for place in wanted if place[2].startswith(CLASSES)]
        return [place for place in wanted if place[2] in items]


def before(fact: Json, comparison: Json) -> Printed:
    """The baseline amount that a stated change implies."""
    value, delta = printed(fact["value"]), comparison["delta"]
    if delta is None:
        return value
    return (
        value.minus(printed(delta))
        if comparison["direction"] == "increase"
        else value + printed(delta)
    )


def wrong_percents(gold: Json) -> Iterator[Found]:
    for fact in gold["amounts"]:
        for comparison in fact["comparisons"]:
            if comparison["percent"] is None:
                continue
            base = before(fact, comparison)
            if base.value == 0:
                yield Found("percent-zero-base", fact["quote"])
            elif not percentage(printed(comparison["delta"]), base).agrees(
                printed(comparison["percent"])
            ):
                yield Found("percent", fact["quote"])


def whole_of_share(fact: Json) -> tuple[str, str, str]:
    if fact["item"].startswith("procurement-"):
        return ("all", "expenditure", "procurement")
    return (fact["fund"], fact["flow"], "total")


def wrong_shares(gold: Json) -> Iterator[Found]:
    ledger = Ledger(gold)
    for fact in gold["amounts"]:
        whole = ledger.now(whole_of_share(fact))
        if (
            fact.get("share")
            and whole
            and not percentage(printed(fact["value"]), whole).agrees(printed(fact["share"]))
        ):
            yield Found("share", fact["quote"])


def wrong_sums(gold: Json) -> Iterator[Found]:
    ledger = Ledger(gold)
    for whole, items in PARTITIONS:
        parts = ledger.parts(whole, items)
        if len(parts) < 2:
            continue
        quotes = "".join(ledger.final[place]["quote"] for place in (whole, *parts))
        levels: tuple[list[Printed | None], ...] = (
            [ledger.now(place) for place in (whole, *parts)],
            *(
                [ledger.level(place, baseline) for place in (whole, *parts)]
                for baseline in ("previous-final", "initial-budget")
            ),
        )
        yield from (Found("sum", quotes) for level in levels if not adds_up(level))


def adds_up(level: list[Printed | None]) -> bool:
    """Whether the first is the sum of the others; an amount that is not stated refutes nothing."""
    total, *parts = [amount for amount in level if amount is not None] or [printed("0")]
    if len(parts) + 1 < len(level):
        return True
    return total.agrees(sum(parts, Printed(Decimal(0), Decimal(0))))


def wrong_balances(gold: Json) -> Iterator[Found]:
    """Total = year's flow + what is carried; and carried in = carried out the year before."""
    ledger = Ledger(gold)
    for flow, carried in BALANCES:
        amounts = [ledger.now(("all", flow, "total"))]
        amounts += [carried_amount(ledger, part) for part in carried]
        total = ledger.now(("all", flow, "grand-total"))
        if not adds_up([total, *(amount for amount in amounts if amount)]):
            yield Found("sum", ledger.final["all", flow, "grand-total"]["quote"])
    general = [ledger.now(("general", flow, "total")) for flow in YEAR]
    if all(general) and not in_balance(*(amount for amount in general if amount)):
        yield Found("sum", "".join(quotes_of(gold, "carry-in")))
    carry_in, carry_out = carried_amount(ledger, "carry-in"), previous_carry_out(ledger)
    if carry_in and carry_out and not carry_in.agrees(carry_out):
        yield Found("cross-year", "".join(quotes_of(gold, "carry-in")))


def in_balance(income: Printed, carry_in: Printed, spent: Printed, carry_out: Printed) -> bool:
    return (income + carry_in).agrees(spent + carry_out)


def carried_amount(ledger: Ledger, flow: str) -> Printed | None:
    places = ((fund, flow, "total") for fund in ("all", "fiscal", "general"))
    return next((amount for place in places if (amount := ledger.now(place))), None)


def previous_carry_out(ledger: Ledger) -> Printed | None:
    stated = ledger.level(("all", "carry-out", "total"), "previous-final")
    grand = ledger.level(("all", "expenditure", "grand-total"), "previous-final")
    spent = ledger.level(("all", "expenditure", "total"), "previous-final")
    assert grand and spent
    implied = grand.minus(spent)
    assert stated is None or stated.agrees(implied)
    return stated or implied


def quotes_of(gold: Json, flow: str) -> list[str]:
    return [fact["quote"] for fact in gold["amounts"] if fact["flow"] == flow]


def wrong_counts(gold: Json, text: str) -> Iterator[Found]:
    office, performance = gold["organization"], gold["performance"]
    counts = {count["item"]: int(count["value"]) for count in gold["counts"]}
    by_use = {
        item: number
        for item, number in counts.items()
        if item.startswith("vehicles-") and item != "vehicles-purchased"
    }
    if int(office["internal_office_count"]) != len(office["internal_offices"]):
        yield Found("count", text)
    if by_use and counts["vehicles"] != sum(by_use.values()):
        yield Found("count", text)
    if int(performance["project_count"]) != len(performance["projects"]):
        yield Found("count", performance["quote"])


def differing_statements(gold: Json, text: str) -> Iterator[Found]:
    ledger = Ledger(gold)
    totals = re.findall(r"一般公共预算财政拨款支出(?:共计)?\s*([\d,]+\.?\d*)万元", text)
    if len({Decimal(digits.replace(",", "")) for digits in totals}) > 1:
        yield Found("cross-section", text)
    operation, public = (
        ledger.final["all", "expenditure", "agency-operation"],
        ledger.final["general", "expenditure", "public"],
    )
    if operation["value"] == public["value"]:
        changes = [fact["comparisons"][0] for fact in (operation, public)]
        same_delta = changes[0]["delta"] == changes[1]["delta"]
        if same_delta and changes[0]["percent"] != changes[1]["percent"]:
            yield Found("cross-section", operation["quote"])


def bare_amounts(text: str) -> Iterator[Found]:
    for amount in re.finditer(r"(?:支出|收入|经费)\d[\d,]*\.\d+[，；。].*", text):
        yield Found("missing-unit", amount.group())


def conflicting_reasons(gold: Json) -> Iterator[Found]:
    """A fall explained by rises only, or by a fall of 接待 where that expense rose."""
    ledger = Ledger(gold)
    for fact in gold["amounts"]:
        for change in (found for found in fact["comparisons"] if found["direction"] == "decrease"):
            causes = change["reasons"]
            rises = bool(causes) and all(cause.endswith(RISING) for cause in causes)
            reception = ledger.comparison(RECEPTION, change["baseline"])
            blames_reception = any("公务接待" in cause and "减少" in cause for cause in causes)
            if rises or (blames_reception and reception and reception["direction"] == "increase"):
                yield Found("reason-conflict", fact["quote"])


def contradictions(name: str) -> list[Found]:
    gold, text = read_gold(name), read_text(name)
    return [
        *wrong_percents(gold),
        *wrong_shares(gold),
        *wrong_sums(gold),
        *wrong_balances(gold),
        *wrong_counts(gold, text),
        *differing_statements(gold, text),
        *bare_amounts(text),
        *conflicting_reasons(gold),
    ]


def planted(name: str) -> list[Json]:
    return [found for found in read_gold(name)["anomalies"] if found["severity"] == "error"]


def test_samples_are_at_least_seven_with_gold_each() -> None:
    assert len(NAMES) >= 7
    documents = {path.stem for path in SAMPLES.iterdir() if path.is_file()} - {"README"}
    assert {path.stem for path in (SAMPLES / "gold").glob("*.json")} == documents >= {*NAMES}


def test_samples_cover_encodings_and_line_ends() -> None:
    contents = [(SAMPLES / f"{name}.txt").read_bytes() for name in NAMES]
    assert sum(content.startswith(b"\xef\xbb\xbf") for content in contents) == 1
    assert sum(b"\r\n" in content for content in contents) == 1
    with pytest.raises(UnicodeDecodeError):
        (SAMPLES / "shili-yiqu-dashuju-2019.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_sample_gold_offsets_give_back_quotes(name: str) -> None:
    text, facts = read_text(name), list(quoted(read_gold(name)))
    assert len(facts) > 60
    assert [fact for fact in facts if text[fact["start"] : fact["end"]] != fact["quote"]] == []


@pytest.mark.parametrize("name", NAMES)
def test_sample_gold_has_each_observation_once(name: str) -> None:
    keys = Counter(key(fact) for fact in read_gold(name)["amounts"])
    assert keys.most_common(1)[0][1] == 1


@pytest.mark.parametrize("name", NAMES)
def test_sample_gold_numbers_stand_in_their_quotes(name: str) -> None:
    for fact in read_gold(name)["amounts"]:
        quote = re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", fact["quote"]))
        changes = [change[part] for change in fact["comparisons"] for part in ("delta", "percent")]
        stated = [fact["value"], fact.get("share"), *changes]
        assert [digits for digits in stated if digits and digits not in quote] == []


@pytest.mark.parametrize("name", NAMES)
def test_sample_gold_reasons_are_verbatim(name: str) -> None:
    for fact in read_gold(name)["amounts"]:
        for change in fact["comparisons"]:
            reason = change["reason"] or ""
            assert reason in fact["quote"]
            assert all(cause and cause in reason for cause in change["reasons"])
            assert bool(reason) == bool(change["reasons"])


@pytest.mark.parametrize("name", NAMES)
def test_sample_anomalies_are_what_arithmetic_finds(name: str) -> None:
    found, wanted = contradictions(name), planted(name)
    assert Counter(item.kind for item in found) == Counter(item["kind"] for item in wanted)
    for item in wanted:
        places = [place.quote for place in found if place.kind == item["kind"]]
        assert any(overlaps(item["quote"], place) for place in places), item["why"]


def overlaps(quote: str, place: str) -> bool:
    """Whether the quote, or a clause of it that has a figure, stands in the place."""
    clauses = [clause for clause in re.split("[，。；]", quote) if re.search(r"\d", clause)]
    return quote in place or any(clause in place for clause in clauses)


@pytest.mark.parametrize("name", CORRECT)
def test_correct_sample_has_no_contradiction(name: str) -> None:
    assert read_gold(name)["anomalies"] == []
    assert contradictions(name) == []


def test_samples_plant_at_least_eight_errors_of_all_kinds() -> None:
    kinds = Counter(
        found["kind"] for name in NAMES if name not in RESTATED for found in planted(name)
    )
    assert kinds.total() >= 8
    assert set(kinds) == {
        "percent", "percent-zero-base", "share", "sum", "cross-section", "cross-year", "count",
        "missing-unit", "reason-conflict",
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_sample_averages_follow_from_amounts_and_counts(name: str) -> None:
    gold = read_gold(name)
    ledger, place = Ledger(gold), ("general", "expenditure")
    counts = {count["item"]: int(count["value"]) for count in gold["counts"]}
    for average, amount, count, factor in (
        ("reception-per-capita", "reception", "reception-people", 10000),
        ("vehicle-operation-average", "vehicle-operation", "vehicles", 1),
    ):
        stated, whole = ledger.now((*place, average)), ledger.now((*place, amount))
        if stated and whole and counts[count]:
            scale = Decimal(factor) / counts[count]
            assert stated.agrees(Printed(whole.value * scale, whole.half * scale))


@pytest.mark.parametrize("name", NAMES)
def test_sample_self_evaluations_add_up(name: str) -> None:
    for project in read_gold(name)["performance"]["projects"]:
        rows = project["indicators"]
        score = sum(Decimal(row["score"]) for row in rows) + Decimal(project["execution_score"])
        weight = sum(Decimal(row["weight"]) for row in rows) + Decimal(project["execution_weight"])
        assert (score, weight) == (Decimal(project["score"]), Decimal(100))
        rate = percentage(printed(project["executed"]), printed(project["adjusted_budget"]))
        assert rate.agrees(printed(project["execution_rate"]))
        assert all(deviation_follows(row) for row in rows if row.get("deviation"))


def deviation_follows(row: Json) -> bool:
    """Whether |actual - target| / target is the stated deviation, to its last digit."""
    target, actual = Decimal(row["target"]), Decimal(row["actual"])
    exact = abs(actual - target) * 100 / target
    return Printed(exact, Decimal(0)).agrees(printed(row["deviation"]))


def test_consecutive_years_of_one_office_agree() -> None:
    earlier, later = (Ledger(read_gold(f"shili-jiaqu-zhengwu-{year}")) for year in ("2021", "2022"))
    levels = [
        (earlier.now(place), later.level(place, "previous-final"))
        for place in later.final
        if earlier.now(place)
    ]
    pairs = [(first, second) for first, second in levels if first and second]
    assert len(pairs) > 15
    assert all(first.agrees(second) for first, second in pairs)


@pytest.mark.parametrize("name", NAMES)
def test_sample_gold_has_no_personal_data(name: str) -> None:
    gold = (SAMPLES / "gold" / f"{name}.json").read_text("utf-8")
    assert not TELEPHONE.search(gold)
    assert "张某某" not in gold


@pytest.mark.parametrize("name", NAMES)
def test_sample_texts_have_no_contact_but_the_invented_one(name: str) -> None:
    text = read_text(name)
    numbers = set(TELEPHONE.findall(text))
    assert numbers == ({"000-12345678"} if name == WITH_CONTACT else set())
    assert ("联系人" in text) == (name == WITH_CONTACT)


@pytest.mark.parametrize("name", RESTATED)
def test_restated_sample_carries_the_published_facts(name: str) -> None:
    ours, real = read_gold(name), real_gold(name)
    assert figures(ours) == figures(real)
    assert [ours["organization"][part] for part in CARRIED_FACTS] == [
        real["organization"][part] for part in CARRIED_FACTS
    ]
    assert len(ours["functions"]) == len(real["functions"])


def figures(gold: Json) -> set[tuple[object, ...]]:
    """Amounts with shares and changes, counts, and the numbers of the self-evaluations."""
    amounts = {
        (*key(fact), fact["value"], fact["unit"], fact.get("share"), *changes_of(fact))
        for fact in gold["amounts"]
    }
    counts = {(count["item"], count["value"], count["unit"]) for count in gold["counts"]}
    rows = {
        (project["name"], project["score"], project["executed"], *(row[part] for part in ROW_PARTS))
        for project in gold["performance"]["projects"]
        for row in project["indicators"]
    }
    return amounts | counts | rows


def changes_of(fact: Json) -> Iterator[tuple[str | None, ...]]:
    for change in fact["comparisons"]:
        yield tuple(change[part] for part in ("baseline", "direction", "delta", "percent"))


def han_runs(text: str, names: frozenset[str]) -> Iterator[str]:
    """Runs of Chinese characters, without official names and phrases of the genre."""
    text = re.sub(r"[ \t\u3000]+", "", text)
    for phrase in sorted({*FORMULAS, *names}, key=len, reverse=True):
        text = text.replace(phrase, "\n")
    yield from HAN.findall(text)


def windows(text: str, names: frozenset[str]) -> set[str]:
    size = LONGEST_RUN + 1
    return {
        run[start : start + size]
        for run in han_runs(text, names)
        for start in range(len(run) - size + 1)
    }


def official_names(gold: Json) -> frozenset[str]:
    office, projects = gold["organization"], gold["performance"]["projects"]
    lists = [office[part] for part in CARRIED_FACTS if isinstance(office[part], list)]
    rows = [row["name"] for project in projects for row in project["indicators"]]
    return frozenset(
        [office["name"], *(name for names in lists for name in names)]
        + [project["name"] for project in projects]
        + rows
    )


@pytest.mark.parametrize("name", NAMES)
def test_sample_copies_no_sentence_of_the_real_documents(name: str) -> None:
    texts = [path.read_text("utf-8") for path in CORPUS.glob("*.txt")]
    if not texts:
        pytest.skip("the real documents are not here: set GUANLIAN_CORPUS to their folder")
    names = frozenset().union(*(official_names(read_gold(other)) for other in RESTATED))
    real = set().union(*(windows(text, names) for text in texts))
    assert len(real) > 500
    assert sorted(windows(read_text(name), names) & real) == []
