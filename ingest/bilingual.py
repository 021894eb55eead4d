"""Words in both languages: what a person reads of a finding, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in Chinese and in English.

    >>> Bilingual("合计", "Total") + Bilingual("：", ": ")
    Bilingual(zh='合计：', en='Total: ')
    """

    zh: str
    en: str

    @classmethod
    def alike(cls, text: object) -> Bilingual:
        """What is written alike in both: a number, a formula, words of the document."""
        return cls(str(text), str(text))

    @classmethod
    def quoted(cls, text: str) -> Bilingual:
        """Words of the document or a name that has no English: quoted in English, as they are in Chinese."""
        return cls(text, f"“{text}”")

    def __add__(self, other: Bilingual) -> Bilingual:
        return Bilingual(self.zh + other.zh, self.en + other.en)

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


NOTHING = Bilingual("", "")


def join(parts: Iterable[Bilingual], mark: Bilingual) -> Bilingual:
    """The parts with a mark between them, each language with its own."""
    found = [*parts]
    return Bilingual(
        mark.zh.join(part.zh for part in found), mark.en.join(part.en for part in found)
    )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with slots `{name}`, in both languages."""

    zh: str
    en: str

    def __call__(self, **slots: object) -> Bilingual:
        """The sentence with its slots filled: by words of its own language where a value is bilingual.

        Raises:
            KeyError: a slot is left open.

        >>> Phrase("{item}缺单位", "{item} has no unit")(item=Bilingual("合计", "Total")).en
        'Total has no unit'
        """
        words = {
            name: value if isinstance(value, Bilingual) else Bilingual.alike(value)
            for name, value in slots.items()
        }
        return Bilingual(
            self.zh.format_map({name: one.zh for name, one in words.items()}),
            self.en.format_map({name: one.en for name, one in words.items()}),
        )
