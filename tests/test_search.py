"""Text search: what the index finds is what the texts hold, and nobody's words are an error."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.editing import GraphAddition, RdfBody, edit
from store.errors import DamagedIndexError
from store.releases import DataFolder
from store.search import index_file
from store.search.entries import Entry
from store.search.folding import fold, tokens
from store.search.index import SearchIndex
from store.search.making import clear, indexes, make_index
from store.search.pinyin import syllables
from store.search.schema import index_path
from store.search.snippets import Snippet, name_of, snippet_of
from store.search.wanted import read_wanted
from tests.serving import (
    BASE,
    FIRST,
    FIRST_OFFICE,
    VOCABULARY,
    build_release,
    document,
    quads_of,
)

# Few characters, so that they meet often; some outside the basic plane, some in two forms.
CHINESE = st.text("教育局人𠮷〇", min_size=1, max_size=6)
MIXED = st.text("教育局ab1. ，（-Ａ㎡*", max_size=12)
SETTINGS_NAMES = ("示例市教育局", "示例市卫生健康委员会", "样板区会计中心")


def index_of(entries: Iterable[Entry], path: Path) -> SearchIndex:
    """An index of entries, made as that of a release is."""
    path.unlink(missing_ok=True)
    with closing(index_file.open_private(path)) as connection:
        index_file.create(connection)
        index_file.insert(connection, entries)
        index_file.finish(connection, {}, "https://w3id.org/guanlian/")
    return SearchIndex(path)


def entries_of(texts: Iterable[str]) -> Iterator[Entry]:
    for number, text in enumerate(texts):
        yield Entry(
            f"http://x.test/{number}", "sentence", text=text, facets={"kind": ("sentence",)}
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@given(texts=st.lists(st.text("教育局人𠮷〇，a ", max_size=12), max_size=8), word=CHINESE)
def test_chinese_word_is_found_exactly_where_a_text_contains_it(
    folder: Path, texts: list[str], word: str
) -> None:
    index = index_of(entries_of(texts), folder / "chinese.sqlite")
    expected = {f"http://x.test/{n}" for n, text in enumerate(texts) if word in text}
    assert index.iris(read_wanted(word)) == expected
    answer = index.search(read_wanted(word), size=100)
    assert {hit.entry.iri for hit in answer.hits} == expected
    assert answer.total == len(expected)


@given(text=st.text("教育局人𠮷〇", min_size=2, max_size=12))
def test_every_character_and_pair_of_a_text_finds_it(folder: Path, text: str) -> None:
    index = index_of(entries_of([text]), folder / "pairs.sqlite")
    for word in {*text, *(text[at : at + 2] for at in range(len(text) - 1))}:
        assert index.iris(read_wanted(word)) == {"http://x.test/0"}


@given(texts=st.lists(MIXED, max_size=6), query=st.lists(MIXED, min_size=1, max_size=3))
def test_index_and_pattern_agree_on_any_query(
    folder: Path, texts: list[str], query: list[str]
) -> None:
    wanted = read_wanted(" ".join(query))
    index = index_of(entries_of(texts), folder / "mixed.sqlite")
    expected = {f"http://x.test/{n}" for n, text in enumerate(texts) if wanted.is_in(text)}
    assert index.iris(wanted) == expected


@given(query=st.text() | st.text("教育\"*-()^:{}+ANDORNEAR|“” '\x00\ud800", max_size=40))
def test_no_query_whatever_is_an_error(samples_index: SearchIndex, query: str) -> None:
    wanted = read_wanted(query)
    answer = samples_index.search(wanted)
    assert answer.total >= len(answer.hits)
    assert samples_index.iris(wanted) == samples_index.scores(wanted).keys()
    assert read_wanted(str(wanted)) == wanted


@given(text=st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.fixture(scope="module")
def samples_index(folder: Path) -> SearchIndex:
    names = [
        Entry(f"http://x.test/office/{n}", "office", name, ("我局",), facets={"kind": ("office",)})
        for n, name in enumerate(SETTINGS_NAMES)
    ]
    return index_of(names, folder / "names.sqlite")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("jyj", {0}),  # initials, from anywhere in the name
        ("sls", {0, 1}),
        ("jiaoyuju", {0}),
        ("jiaoy", {0}),  # the last syllable not typed to its end
        ("JiaoYu", {0}),
        ("kuaiji", {2}),  # not huiji: 会 as in 会计
        ("huiji", set()),
        ("yuju", {0}),
        ("aoyu", set()),  # no syllable begins there
        ("jyjw", set()),  # no initials across two names
        ("教育局 jyj", {0}),
        ("教育 OR 会计", {0, 2}),
        ("示例市 -教育", {1}),
        ("示例市 教育｜卫生", {0, 1}),
        ("“示例市 教育局”", set()),
        ("-教育", set()),
        ("", set()),
        ("，。", set()),
    ],
)
def test_names_are_found_by_words_and_by_pinyin(
    samples_index: SearchIndex, query: str, numbers: set[int]
) -> None:
    found = samples_index.iris(read_wanted(query))
    assert found == {f"http://x.test/office/{number}" for number in numbers}


@given(name=st.text(max_size=20) | st.text("示例市教育局Ａ（𠮷", max_size=20))
def test_each_character_has_a_syllable(name: str) -> None:
    assert len(syllables(name)) == len(name)


def test_words_of_two_characters_are_tokens() -> None:
    assert tokens("市教育局（ＯＡ系统）") == "市教 教育 育局 局 oa 系统 统"


def test_names_come_before_sentences(folder: Path) -> None:
    index = index_of(
        [
            Entry("http://x.test/s", "sentence", text="教育", facets={"kind": ("sentence",)}),
            Entry("http://x.test/o", "office", "示例市教育局", facets={"kind": ("office",)}),
        ],
        folder / "ranking.sqlite",
    )
    hits = index.search(read_wanted("教育")).hits
    assert [hit.entry.kind for hit in hits] == ["office", "sentence"]
    assert hits[0].score > hits[1].score


def test_of_a_word_everywhere_the_first_are_ranked_and_all_are_counted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = index_of(
        entries_of(["教育" + "局" * (9 - n) for n in range(8)]), folder / "many.sqlite"
    )
    index.most_ranked = 3
    found = [index.search(read_wanted("教育"), first=n, size=1) for n in range(8)]
    assert {(answer.total, answer.ranked) for answer in found} == {(8, 3)}
    places = [int(answer.hits[0].entry.iri.rpartition("/")[2]) for answer in found]
    assert places == [2, 1, 0, 3, 4, 5, 6, 7]
    assert [hit.entry.iri for hit in index.search(read_wanted("教育"), size=8).hits] == [
        f"http://x.test/{place}" for place in places
    ]


def shown(folder: Path, entry: Entry, query: str) -> tuple[list[str], list[str], str]:
    """What is marked in the name of an entry and in its snippet, and where the snippet is from."""
    wanted = read_wanted(query)
    (hit,) = index_of([entry], folder / "shown.sqlite").search(wanted).hits
    name, snippet = name_of(hit, wanted), snippet_of(hit, wanted)
    if snippet is None:
        return texts_marked(name), [], ""
    return texts_marked(name), texts_marked(snippet), snippet.source


def texts_marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.marks]


OFFICE = Entry("http://x.test/o", "office", "示例市教育局（本级）", ("市教育局", "教委A"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("教育 局", (["教育局"], [], "")),
        ("jyj", (["教育局"], [], "")),
        ("shijiaoy", (["市教育"], [], "")),
        ("教委", ([], ["教委"], "other-name")),
        ("jw", ([], ["教委"], "other-name")),
        ("ＪＷ OR bj", (["本级"], [], "")),
    ],
)
def test_what_was_found_is_marked(
    folder: Path, query: str, expected: tuple[list[str], list[str], str]
) -> None:
    assert shown(folder, OFFICE, query) == expected


@given(before=st.integers(0, 400), after=st.integers(0, 400))
def test_snippet_of_a_long_text_holds_the_first_place(
    folder: Path, before: int, after: int
) -> None:
    entry = Entry("http://x.test/s", "sentence", text="甲" * before + "教育" + "乙" * after)
    wanted = read_wanted("教育")
    (hit,) = index_of([entry], folder / "long.sqlite").search(wanted).hits
    snippet = snippet_of(hit, wanted)
    assert snippet is not None and texts_marked(snippet) == ["教育"]
    assert entry.text[snippet.start :].startswith(snippet.text)
    assert snippet.is_whole == (snippet.text == entry.text)
    assert len(snippet.text) <= 140


def test_facets_count_within_the_other_dimensions(folder: Path) -> None:
    entries = [
        Entry(f"http://x.test/{n}", kind, text="教育", facets={"kind": (kind,), "year": (year,)})
        for n, (kind, year) in enumerate(
            [("reason", "2022"), ("reason", "2023"), ("sentence", "2023")]
        )
    ]
    index = index_of(entries, folder / "facets.sqlite")
    answer = index.search(read_wanted("教育"), values={"kind": ("reason",)})
    assert answer.total == 2
    assert {c.value: c.count for c in answer.facets["kind"]} == {"reason": 2, "sentence": 1}
    assert {c.value: c.count for c in answer.facets["year"]} == {"2022": 1, "2023": 1}
    assert index.search(read_wanted("教育"), values={"kind": ("nothing",)}).total == 0
    assert [hit.entry.iri for hit in index.search(read_wanted("教育"), first=1, size=1).hits] != []


def contents(index: Path) -> list[tuple[str, object]]:
    """All entries of an index, and what each finds of itself."""
    with closing(index_file.open_private(index)) as connection:
        return sorted(
            (row[0], row[1:])
            for row in connection.execute("SELECT iri, kind, name, text, facets FROM entry")
        )


def found_by_words(index: Path) -> dict[str, frozenset[str]]:
    words = ("政务", "平台", "样板", "丙区", "第二牌子", "120.50", "yqybj")
    return {word: SearchIndex(index).iris(read_wanted(word)) for word in words}


def test_index_brought_up_to_date_is_that_made_anew(tmp_path: Path) -> None:
    first = build_release(tmp_path)
    folder = DataFolder(tmp_path)
    more = [document("cccccccccccccccc", "000000-cccccccc", "示例市丙区样板局")]
    build_release(tmp_path / "other")
    release = folder.build(more, quads_of(VOCABULARY)).release
    updated = index_path(release.directory)
    assert updated.is_file() and index_path(first.directory).is_file()
    before = contents(updated), found_by_words(updated)
    updated.unlink()
    make_index(release)
    assert before == (contents(updated), found_by_words(updated))
    assert before[1]["丙区"] and before[1]["yqybj"]


def test_document_that_goes_is_no_longer_found(tmp_path: Path) -> None:
    documents = [
        document(name * 16, f"000000-{name * 8}", f"示例市{zh}区样板局")
        for name, zh in zip("abcde", "甲乙丙丁戊", strict=True)
    ]
    folder = DataFolder(tmp_path)
    folder.build(documents, quads_of(VOCABULARY))
    rest = [
        document(name * 16, f"000000-{name * 8}", f"示例市{zh}区样板局")
        for name, zh in zip("abcd", "甲乙丙丁", strict=True)
    ]
    release = folder.build(rest, quads_of(VOCABULARY), replace_all=True).release
    updated = index_path(release.directory)
    assert SearchIndex(updated).iris(read_wanted("戊区")) == frozenset()
    before = contents(updated), found_by_words(updated)
    updated.unlink()
    make_index(release)
    assert before == (contents(updated), found_by_words(updated))


def test_release_without_an_index_gets_one_and_keeps_its_id(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    files = sorted(release.directory.rglob("*"))
    shutil.rmtree(tmp_path / "search")
    index = SearchIndex(make_index(release))
    office = f"https://w3id.org/guanlian/id/org/{FIRST_OFFICE}"
    assert office in index.iris(read_wanted("甲区样板"))
    assert sorted(release.directory.rglob("*")) == files


def test_leftovers_and_indexes_of_gone_releases_are_cleared(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    index = index_path(release.directory)
    for name in (".making-x", "0123456789abcdef.1.sqlite", f"{release.release_id}.0.sqlite"):
        (tmp_path / "search" / name).touch()
    clear(tmp_path / "search", tmp_path / "releases")
    assert {path.name for path in (tmp_path / "search").iterdir()} == {".lock", index.name}


def test_what_was_written_over_http_is_found(tmp_path: Path) -> None:
    build_release(tmp_path)
    folder = DataFolder(tmp_path)
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    for graph, name in (
        (f"{BASE}graph/doc/{FIRST}", "己区"),
        ("http://x.test/g", "庚区"),
        (None, "辛区"),
    ):
        body = f'<http://x.test/{name}> a <{BASE}ns#PublicBody> ; {label} "{name}样板局"@zh .'
        rdf = RdfBody(body.encode(), "text/turtle", BASE)
        release = edit(folder, GraphAddition(graph, (rdf,), replaces=False)).release
        index = SearchIndex(make_index(release))
        assert index.iris(read_wanted(name)) == {f"http://x.test/{name}"}
        assert len(index.search(read_wanted("样板局"), values={"kind": ["office"]}).hits) >= 5
    assert len(indexes(tmp_path / "search")) == 4


def test_damaged_index_is_told_and_not_built_upon(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    index_path(release.directory).write_bytes(b"not a database, whatever its name says" * 50)
    with pytest.raises(DamagedIndexError, match=release.release_id):
        SearchIndex(index_path(release.directory)).iris(read_wanted("教育"))
    documents = [document("cccccccccccccccc", "000000-cccccccc", "示例市丙区样板局")]
    later = DataFolder(tmp_path).build(documents, quads_of(VOCABULARY)).release
    assert found_by_words(index_path(later.directory))["丙区"]
