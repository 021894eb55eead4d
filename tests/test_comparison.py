"""Offices compared: functions side by side, causes, explained changes, what is not comparable."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from queries.compared_reasons import ComparedCause
from queries.comparison import Comparison, compare
from queries.comparison_json import comparison_json
from queries.comparison_table import comparison_table
from queries.errors import ComparisonError
from queries.offices import find_office, find_offices, read_offices
from store.graph import Answer
from store.memory import InProcessGraph
from tests.test_queries import CATALOGUE, graph_of, run, samples_graph

JIAQU, DASHUJU, MINZHENG = "示例市甲区政务服务管理局", "示例市乙区大数据发展局", "示例市乙区民政局"
JIEDAO, JIAOYU = "示例市丁区样本街道办事处", "示范省样本市教育局"
KAIZHOU, JIANGJIN = "重庆市开州区政务服务管理办公室", "重庆市江津区政务服务管理办公室"


@cache
def compared(*names: str, year: str | None = None) -> Comparison:
    return compare(samples_graph(), find_offices(samples_graph(), names), year)


def cause_of(comparison: Comparison, label: str) -> ComparedCause:
    return next(c for c in comparison.causes if c.cause and c.cause.label == label)


def kinds(comparison: Comparison) -> list[str]:
    return [caveat.kind for caveat in comparison.caveats]


# ---------------------------------------------------------------- functions


def test_shared_themes_agree_with_the_named_query() -> None:
    themes = {theme.theme.label: theme for theme in compared(MINZHENG, JIEDAO).functions.shared}
    rows = run("shared-functions", office=MINZHENG, other=JIEDAO)
    assert set(themes) == {str(row["theme"]) for row in rows}
    for row in rows:
        theme = themes[str(row["theme"])]
        assert theme.similarity == row["similarity"]
        assert row["clause_a"] in {clause.text for clause in theme.holders[0].clauses}
        assert row["cue_b"] in {clause.cue for clause in theme.holders[1].clauses}


def test_each_theme_of_each_office_is_shared_or_its_own() -> None:
    comparison = compared(JIAQU, MINZHENG, JIAOYU)
    functions = comparison.functions
    for office in comparison.offices:
        held = {
            theme.theme.label
            for theme in (*functions.shared, *functions.own)
            if any(holder.office == office for holder in theme.holders)
        }
        year = next(c.year for c in comparison.coverages if c.office == office)
        rows = run("function-themes", office=office.iri, year=year)
        assert held == {row["theme"] for row in rows if row["theme"] and row["tier"] != "facet"}
    assert all(len(theme.holders) > 1 and theme.similarity for theme in functions.shared)
    assert all(len(theme.holders) == 1 and theme.similarity is None for theme in functions.own)


def test_clauses_without_a_theme_are_shown() -> None:
    comparison = compared(DASHUJU, MINZHENG)
    unclassified = {
        found.office.name: [clause.text for clause in found.clauses]
        for found in comparison.functions.unclassified
    }
    assert set(unclassified) == {DASHUJU, MINZHENG}
    for office, clauses in unclassified.items():
        assert clauses == [row["clause"] for row in run("unclassified-functions", office=office)]


def test_nearest_offices_and_pairs_are_ranked_over_the_whole_graph() -> None:
    comparison = compared(JIAQU, JIANGJIN, JIAOYU)
    assert [pair.similarity for pair in comparison.pairs] == sorted(
        (pair.similarity for pair in comparison.pairs), reverse=True
    )
    first = comparison.pairs[0]
    assert {first.left.name, first.right.name} == {JIAQU, JIANGJIN}
    assert first.shared_themes
    neighbours = {found.office.name: found.nearest for found in comparison.neighbours}
    assert neighbours[JIAQU][0].name == JIANGJIN
    assert neighbours[JIAQU][0].similarity == first.similarity


# ---------------------------------------------------------------- reasons


def test_one_wording_stands_once_with_everything_it_explains() -> None:
    comparison = compared(JIEDAO, MINZHENG)
    works = cause_of(comparison, "工程建设、装修改造")
    use = next(use for use in works.uses if use.office.name == JIEDAO)
    keys = [reason.text_key for reason in use.reasons]
    assert len(keys) == len(set(keys))
    assert len(use.reasons[0].changes) > 3
    assert use.largest == Decimal("143.85") == use.reasons[0].largest.size


def test_reasons_stand_by_office_direction_and_falling_amount() -> None:
    for cause in compared(JIAQU, JIAOYU, MINZHENG).causes:
        places = [(use.office.iri, use.direction) for use in cause.uses]
        assert len(places) == len(set(places))
        for use in cause.uses:
            sizes = [reason.largest.size for reason in use.reasons]
            assert sizes == sorted(sizes, reverse=True)
            for reason in use.reasons:
                assert {change.direction for change in reason.changes} == {use.direction}
                assert cause.cause is None or cause.cause in reason.causes
                assert reason.spans


def test_example_of_a_reason_is_its_narrowest_item() -> None:
    frugal = cause_of(compared(JIEDAO, MINZHENG), "厉行节约、过紧日子、严控标准")
    use = next(use for use in frugal.uses if use.office.name == JIEDAO)
    items = {reason.text: reason.narrowest.item for reason in use.reasons}
    assert items["从严控制公务用车"] == "公务车运行维护费"
    raised = cause_of(compared(JIAQU, JIEDAO), "晋升、职级职称变动")
    use = next(use for use in raised.uses if use.office.name == JIAQU)
    wide = [r for r in use.reasons if r.narrowest.narrowness > r.largest.narrowness]
    assert all(reason.narrowest.size <= reason.largest.size for reason in wide)


def test_reason_keeps_the_direction_in_which_it_works_itself() -> None:
    events = cause_of(compared(JIAQU, MINZHENG), "会议、培训与活动")
    use = next(use for use in events.uses if use.office.name == MINZHENG)
    against = {reason.text: reason.effect for reason in use.reasons}["基层民政干部培训班次增多"]
    assert use.direction.label == "减少"
    assert against is not None
    assert against.label == "增加"


def test_common_and_own_causes_divide_all_causes() -> None:
    comparison = compared(JIAQU, JIAOYU, MINZHENG)
    common = {cause.cause for cause in comparison.common_causes}
    own = [cause.cause for o in comparison.offices for cause in comparison.own_causes(o)]
    assert len(own) == len(set(own))
    assert not common & set(own)
    named = {cause.cause for cause in comparison.causes if cause.cause}
    assert common | set(own) == named
    assert [cause.cause for cause in comparison.unrecognised_reasons] in ([], [None])


def test_causes_are_those_of_the_named_query() -> None:
    comparison = compared(JIAQU, MINZHENG)
    for coverage in comparison.coverages:
        rows = run("reason-causes", office=coverage.office.iri, year=coverage.year)
        found = {
            (cause.cause and cause.cause.label, use.direction.label, reason.text)
            for cause in comparison.causes
            for use in cause.uses
            for reason in use.reasons
            if use.office == coverage.office
        }
        assert {key[:2] for key in found} == {(row["cause"], row["direction"]) for row in rows}
        assert {key[2] for key in found} <= {row["reason"] for row in rows}


def test_stated_amounts_and_the_remainder_make_up_the_change() -> None:
    comparison = compared(KAIZHOU, JIANGJIN)
    assert comparison.explained
    for found in comparison.explained:
        assert found.explained + found.assumed + found.remainder == found.change.delta
        assert any(reason.amount is not None for reason in found.reasons)
    budget = next(
        found
        for found in comparison.explained
        if found.office.name == JIANGJIN and found.change.delta == Decimal("78.02")
    )
    assert budget.explained + budget.assumed == Decimal("197.99")
    assert budget.remainder == Decimal("-119.97")
    assert budget.explained == Decimal(53)


def test_explained_change_of_several_totals_stands_once() -> None:
    for found in compared(KAIZHOU, JIANGJIN).explained:
        assert found.change not in found.also
        assert {other.delta for other in found.also} <= {found.change.delta}
        assert all(other.narrowness <= found.change.narrowness for other in found.also)


# ---------------------------------------------------------------- years, scopes, refusals


def test_year_is_the_latest_that_all_offices_have() -> None:
    common = compared(JIAQU, JIEDAO)
    assert {coverage.year for coverage in common.coverages} == {"2022"}
    assert "year" not in kinds(common)
    apart = compared(JIAQU, JIAOYU)
    assert {c.office.name: c.year for c in apart.coverages} == {JIAQU: "2022", JIAOYU: "2023"}
    assert kinds(apart) == ["year"]


def test_given_year_is_the_one_that_is_read() -> None:
    texts = [
        {
            reason.text
            for cause in found.causes
            for use in cause.uses
            if use.office.name == JIAQU
            for reason in use.reasons
        }
        for found in (compared(JIAQU, JIEDAO), compared(JIAQU, JIEDAO, year="2022"))
    ]
    assert texts[0] == texts[1]
    years = {
        change.year
        for cause in compared(JIAQU, JIEDAO, year="2022").causes
        for use in cause.uses
        for reason in use.reasons
        for change in reason.changes
    }
    assert years == {"2022"}


def test_department_against_unit_is_told_in_both_languages() -> None:
    comparison = compared(DASHUJU, MINZHENG)
    assert kinds(comparison) == ["scope", "year", "classification"]
    scope = comparison.caveats[0].message
    assert "部门（汇总）" in scope.zh
    assert re.search(rf"[a-z)]: {MINZHENG}", scope.en), scope.en
    for caveat in comparison.caveats:
        assert not re.search(r"[、；：（）]|部门（|单位（", caveat.message.en), caveat.message.en
    assert "a department is reported with its units" in scope.en


def test_of_many_offices_that_have_a_thing_in_common_a_few_are_named() -> None:
    comparison = compare(samples_graph(), read_offices(samples_graph()))
    scope = next(caveat for caveat in comparison.caveats if caveat.kind == "scope").message
    assert re.search(r"部门（汇总）：[^、]+、[^、]+、[^、]+等 5 个", scope.zh), scope.zh


def test_office_without_functions_or_reasons_is_told(tmp_path: Path) -> None:
    bare = tmp_path / "bare.txt"
    bare.write_text(
        "示例市戊区档案馆2022年度部门决算公开说明\n"
        "一、部门决算情况说明\n(一)收入支出决算总体情况说明\n"
        "2022年度收入总计10.00万元，支出总计10.00万元。\n",
        encoding="utf-8",
    )
    sample = Path(__file__).parents[1] / "samples" / "shili-dingqu-yangbenjiedao-2022.txt"
    graph = graph_of([bare, sample])
    comparison = compare(graph, find_offices(graph, ["示例市戊区档案馆", JIEDAO]))
    assert kinds(comparison) == ["functions", "reasons", "amounts"]
    assert "示例市戊区档案馆" in comparison.caveats[0].message.zh


@pytest.mark.parametrize(
    ("names", "year", "message"),
    [
        (
            [JIAQU],
            None,
            f"2 to 20 offices can be compared, but 1 was given ({JIAQU}); nearest by their "
            f"functions are {JIANGJIN}、",
        ),
        ([], None, "but 0 were given (none)."),
        ([JIAQU, "甲区"], None, f"{JIAQU} is given twice; different offices are wanted."),
        ([JIAQU, JIAOYU], "2022", f"{JIAOYU} has no document of the year '2022'; it has 2023."),
        (
            [JIAQU, JIEDAO],
            "2019",
            f"{JIAQU} has no document of the year '2019'; it has 2021、2022.",
        ),
    ],
)
def test_comparison_that_cannot_be_made_is_refused(
    names: Sequence[str], year: str | None, message: str
) -> None:
    offices = find_offices(samples_graph(), names)
    with pytest.raises(ComparisonError) as caught:
        compare(samples_graph(), offices, year)
    assert message in str(caught.value)


def test_comparison_of_all_offices_is_a_handful_of_queries() -> None:
    class CountedGraph(InProcessGraph):
        asked = 0

        def query(self, text: str, **options: object) -> Answer:
            self.asked += 1
            return super().query(text, **options)  # type: ignore[arg-type]

    graph = CountedGraph(samples_graph().store)
    offices = read_offices(samples_graph())
    comparison = compare(graph, offices)
    assert len(comparison.pairs) == 21
    assert graph.asked == 4 * len(offices) + 2


def test_comparison_in_json_keeps_its_digits() -> None:
    comparison = compared(KAIZHOU, JIANGJIN)
    read = json.loads(json.dumps(comparison_json(comparison)))
    assert [office["name"] for office in read["offices"]] == [KAIZHOU, JIANGJIN]
    first = comparison.explained[0]
    assert Decimal(read["explained"][0]["change"]["delta"]) == first.change.delta
    classes = read["structure"]["blocks"][0]
    assert classes["name"] == "function-classes"
    assert classes["wholes"][0]["share"] == "100.00"


def test_long_form_has_a_row_for_every_statement() -> None:
    comparison = compared(KAIZHOU, JIANGJIN)
    rows = comparison_table(comparison).records()
    aspects = {str(row["aspect"]) for row in rows}
    assert aspects == {"theme", "unclassified", "cause", "structure", "explained", "nearest"}
    themes = {row["topic"] for row in rows if row["aspect"] == "theme" and row["offices"] == 2}
    assert themes == {theme.theme.label for theme in comparison.functions.shared}
    assert {row["year"] for row in rows if row["office"] == KAIZHOU} == {"2020"}
    stated = [row for row in rows if row["aspect"] != "structure" or row["item"] != "其余"]
    assert all(row["source"] for row in stated)


def test_comparison_is_the_same_every_time() -> None:
    offices = find_offices(samples_graph(), [KAIZHOU, JIANGJIN])
    again = graph_of(sorted((Path(__file__).parents[1] / "samples").glob("*.txt"), reverse=True))
    assert compare(again, offices) == compare(samples_graph(), offices)


# ---------------------------------------------------------------- the real documents


def test_real_documents_answer_the_two_questions(corpus: Path) -> None:
    graph = graph_of(sorted((corpus / "chongqing").glob("*.txt")))
    offices = (find_office(graph, "开州区"), find_office(graph, "江津"))
    comparison = compare(graph, offices)
    assert kinds(comparison) == ["scope", "year"]
    shared = {theme.theme.iri.rpartition("/")[2] for theme in comparison.functions.shared}
    assert {"reform", "approval-reform", "service-centres", "egov"} <= shared
    own = {
        office.name: {
            theme.theme.iri.rpartition("/")[2]
            for theme in comparison.functions.own
            if theme.holders[0].office == office
        }
        for office in offices
    }
    assert {"smart-city", "data-security"} <= own[KAIZHOU]
    assert {"openness"} <= own[JIANGJIN]
    budget = next(f for f in comparison.explained if f.change.delta == Decimal("78.02"))
    assert budget.remainder == Decimal("-119.97")
    assert comparison.common_causes
    assert all(comparison.own_causes(office) for office in offices)
    for name in ("shared-functions", "function-themes", "reason-causes", "reason-differences"):
        assert len(CATALOGUE[name].run(graph)), name
