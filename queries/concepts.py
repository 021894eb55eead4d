"""The concepts of a code list by every word that names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ontology.causes import CAUSES
from ontology.codes import code_list, item_notation
from ontology.lexicon import CODE_LIST_OF_KIND, normalize_word, read_words
from ontology.themes import THEMES


@dataclass(frozen=True, slots=True)
class ConceptNames:
    """The notations of a code list, by normalized word: a notation, a label in either language or a
    word of the lexicon. A label that several concepts share means them all."""

    words: Mapping[str, tuple[str, ...]]

    def find(self, word: str) -> tuple[str, ...]:
        """The notations that a word may mean; none for an unknown word."""
        return self.words.get(normalize_word(item_notation(word)).casefold(), ())


@cache
def concept_names(name: str) -> ConceptNames:
    """The names of the concepts of a list; `ontology.codes.CodeListError` if there is no such."""
    found: dict[str, tuple[str, ...]] = {}
    for group in (plain_items, classes):
        named = words_of(listed(name), group)
        found = named | found
    return ConceptNames(found)


@cache
def written_names(name: str) -> tuple[str, ...]:
    """The notations and names of a list as people write them, to show to whoever gave another."""
    return tuple(
        dict.fromkeys(word for notation, labels in listed(name) for word in (*labels, notation))
    )


def chinese_labels(name: str) -> list[str]:
    """The first name of every concept of a list, in the order of the list."""
    first: dict[str, str] = {}
    for notation, labels in listed(name):
        first.setdefault(notation, labels[0])
    return [*first.values()]


def words_of(
    concepts: Iterable[tuple[str, tuple[str, ...]]], belongs: Callable[[str], bool]
) -> dict[str, tuple[str, ...]]:
    """The notations of some of the concepts by word; a notation means itself alone."""
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    notations = {}
    for notation, labels in concepts:
        if belongs(notation):
            notations[normalize_word(notation).casefold()] = (notation,)
            for label in labels:
                words[normalize_word(label).casefold()][notation] = None
    return {word: tuple(meant) for word, meant in words.items()} | notations


def classes(notation: str) -> bool:
    """Whether it is a class by function or economic class, which repeats the names of items."""
    return notation.startswith(("func-", "econ-"))


def plain_items(notation: str) -> bool:
    return not classes(notation)


def listed(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The notations of a list with their labels; those of the lexicon come last."""
    if name == "theme":
        yield from ((theme.id, (theme.label_zh, theme.label_en)) for theme in THEMES)
        return
    if name == "cause":
        yield from ((cause.code, (cause.label_zh, cause.label_en)) for cause in CAUSES)
        return
    concepts = code_list(name)
    for notation, concept in concepts.items():
        yield notation, (concept.label_zh, concept.label_en)
    for word in read_words():
        if CODE_LIST_OF_KIND[word.kind] == name and word.concept in concepts:
            yield word.concept, (word.word,)
