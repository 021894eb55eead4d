"""The lexicon: one meaning a word within a kind, found in any width and quotation style."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.codes import code_list
from ontology.lexicon import (
    CODE_LIST_OF_KIND,
    LexiconError,
    Word,
    load_lexicon,
    make_lexicon,
    normalize_word,
    read_words,
)

WORDS = tuple(read_words())
FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}


def test_lexicon_words_keep_their_one_meaning() -> None:
    lexicon = load_lexicon()
    assert all(lexicon.meaning(word.kind, word.word) == word.concept for word in WORDS)


def test_lexicon_concepts_are_in_their_code_lists() -> None:
    unknown = [
        word for word in WORDS if word.concept not in code_list(CODE_LIST_OF_KIND[word.kind])
    ]
    assert unknown == []


def test_lexicon_rows_are_no_duplicates_and_have_a_note() -> None:
    keys = [(word.kind, normalize_word(word.word)) for word in WORDS]
    assert len(keys) == len(set(keys))
    assert all(word.word.strip() == word.word and word.word and word.note for word in WORDS)


def test_lexicon_has_words_of_every_kind() -> None:
    assert set(load_lexicon().kinds()) == set(CODE_LIST_OF_KIND)


def test_lexicon_words_are_longest_first() -> None:
    for kind in load_lexicon().kinds():
        lengths = [len(word) for word in load_lexicon().words(kind)]
        assert lengths == sorted(lengths, reverse=True)


def test_lexicon_refuses_a_word_with_two_meanings_and_names_both() -> None:
    words = [Word("三公经费", "item", "three-public"), Word("三公经费", "item", "reception")]
    with pytest.raises(LexiconError, match=r"三公经费.*three-public.*reception"):
        make_lexicon(words)


def test_lexicon_refuses_a_second_meaning_that_differs_in_width_only() -> None:
    words = [Word("出国（境）费", "item", "abroad"), Word("出国(境)费", "item", "other")]
    with pytest.raises(LexiconError, match="two meanings"):
        make_lexicon(words)


def test_lexicon_takes_one_word_in_two_kinds() -> None:
    lexicon = make_lexicon([Word("决算", "phase", "final"), Word("决算", "flow", "income")])
    assert (lexicon.meaning("phase", "决算"), lexicon.meaning("flow", "决算")) == (
        "final",
        "income",
    )


def test_lexicon_refuses_an_unknown_kind() -> None:
    with pytest.raises(LexiconError, match="colour"):
        make_lexicon([Word("红", "colour", "red")])
    with pytest.raises(LexiconError, match="colour"):
        load_lexicon().words("colour")


def test_unlisted_word_has_no_meaning() -> None:
    assert load_lexicon().find_meaning("fund", "彩票") is None
    with pytest.raises(KeyError):
        load_lexicon().meaning("fund", "彩票")


@pytest.mark.parametrize(
    ("kind", "word", "concept"),
    [
        ("item", "“三公”经费", "three-public"),
        ("item", '"三公"经费', "three-public"),
        ("item", "因公出国(境)费", "abroad"),
        ("item", "因公出国（境）费用", "abroad"),
        ("unit", "％", "percent"),
        ("comparator", "＞", "gt"),
        ("baseline", "年初预算安排", "initial-budget"),
        ("direction", "无增减", "unchanged"),
    ],
)
def test_word_is_found_in_any_spelling(kind: str, word: str, concept: str) -> None:
    assert load_lexicon().meaning(kind, word) == concept


@given(st.sampled_from(WORDS))
def test_word_means_the_same_in_full_and_half_width(word: Word) -> None:
    lexicon = load_lexicon()
    half = unicodedata.normalize("NFKC", word.word)
    for spelling in (half, half.translate(FULL_WIDTH), f" {word.word} "):
        assert lexicon.meaning(word.kind, spelling) == word.concept


@given(st.sampled_from(WORDS))
def test_pattern_finds_the_whole_word_in_unnormalized_text(word: Word) -> None:
    found = re.search(load_lexicon().pattern(word.kind), f"〔{word.word}〕")
    assert found is not None
    assert normalize_word(found.group()) == normalize_word(word.word)


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize_word(text)
    assert normalize_word(once) == once
