"""Every error of the queries, drawn in one place; each message is one clear sentence, in English for
programs and the terminal, and in Chinese (`zh`) for pages.

QueriesError
├── FrontMatterError         a file of the library is not written as it should be
├── UnknownQueryError        no query of the library has that name
├── ParameterError           a parameter is unknown, missing or has a wrong value
├── OfficeError              an office cannot be told from its name
│   ├── UnknownOfficeError       no office is called so
│   └── AmbiguousOfficeError     several offices are called so
├── ThingError              a thing cannot be told from its name
│   ├── UnknownThingError        nothing is called so
│   └── AmbiguousThingError      several things are called so
├── NetworkError            a network cannot be asked so
└── ComparisonError          the offices cannot be compared as asked
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

# How many candidates a sentence names.
SHOWN = 5


class QueriesError(Exception):
    """Base of all errors of the queries.

    `zh` is the message in Chinese, empty where readers of pages never meet the error.
    """

    zh: str = ""


class FrontMatterError(QueriesError):
    """A file of the library is not written as it should be."""


class UnknownQueryError(QueriesError):
    """No query of the library has that name; `nearest` are names like it."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        self.name, self.nearest = name, tuple(get_close_matches(name, names, cutoff=0.4))
        near = f"；相近的有{'、'.join(self.nearest)}" if self.nearest else ""
        self.zh = f"问题库里没有“{shortened(name)}”{near}。"
        what = "did you mean" if self.nearest else "the queries are"
        super().__init__(
            f"There is no query {name!r}; {what} {', '.join(self.nearest or names)}"
            f"{'?' if self.nearest else '.'}"
        )


class ParameterError(QueriesError):
    """A parameter is unknown, missing or has a wrong value; `nearest` are names or values to take."""

    def __init__(self, message: str, nearest: Iterable[str] = (), *, zh: str) -> None:
        self.nearest, self.zh = tuple(nearest), zh
        super().__init__(message)


class OfficeError(QueriesError):
    """An office cannot be told from its name."""


class UnknownOfficeError(OfficeError):
    """No office is called so; `nearest` are names like it."""

    def __init__(self, name: str, nearest: Iterable[str]) -> None:
        self.name, self.nearest = name, tuple(nearest)
        near = f"；相近的有{'、'.join(self.nearest)}" if self.nearest else ""
        self.zh = f"有文件的机构里没有叫“{shortened(name)}”的{near}。"
        hint = f"; the nearest are {'、'.join(self.nearest)}" if self.nearest else ""
        super().__init__(f"No office with documents is called {shortened(name)!r}{hint}.")


class AmbiguousOfficeError(OfficeError):
    """Several offices are called so; `candidates` are their full names."""

    def __init__(self, name: str, candidates: Iterable[str]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        self.zh = f"“{shortened(name)}”可能指{'、'.join(self.candidates)}；请写全称。"
        super().__init__(f"{name!r} may mean {'、'.join(self.candidates)}; give the full name.")


class ThingError(QueriesError):
    """A thing cannot be told from its name."""


class UnknownThingError(ThingError):
    """Nothing is called so; `nearest` are labels like it."""

    def __init__(self, name: str, nearest: Iterable[str]) -> None:
        self.name, self.nearest = name, tuple(nearest)
        near = f"；相近的有{'、'.join(self.nearest)}" if self.nearest else ""
        self.zh = f"当前发布中没有叫“{shortened(name)}”的{near}。"
        hint = f"; the nearest are {'、'.join(self.nearest)}" if self.nearest else ""
        super().__init__(f"Nothing in this release is called {name!r}{hint}.")


class AmbiguousThingError(ThingError):
    """Several things are called so; `candidates` are their labels and IRIs."""

    def __init__(self, name: str, candidates: Iterable[str]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        shown = "、".join(self.candidates[:SHOWN])
        rest = f"等 {len(self.candidates)} 个" if len(self.candidates) > SHOWN else ""
        self.zh = f"“{shortened(name)}”可能指{shown}{rest}；请给 IRI。"
        more = f" and {len(self.candidates) - SHOWN} more" if len(self.candidates) > SHOWN else ""
        super().__init__(f"{name!r} may mean {shown}{more}; give the IRI.")


class NetworkError(QueriesError):
    """A network cannot be asked so."""


class ComparisonError(QueriesError):
    """The offices cannot be compared as asked."""


class OfficeCountError(ComparisonError):
    """Too few or too many offices are given; `nearest` are offices to compare a single one with."""

    def __init__(self, names: Sequence[str], most: int, nearest: Sequence[str] = ()) -> None:
        self.names, self.nearest = tuple(names), tuple(nearest)
        shown = "、".join(self.names[:most]) + ("…" if len(self.names) > most else "")
        near = f"；职能最相近的是{'、'.join(nearest)}" if nearest else ""
        self.zh = f"可比较 2 至 {most} 个机构，给了 {len(self.names)} 个{near}。"
        hint = f"; nearest by their functions are {'、'.join(self.nearest)}" if nearest else ""
        super().__init__(
            f"2 to {most} offices can be compared, but {len(self.names)} "
            f"{'was' if len(self.names) == 1 else 'were'} given ({shown or 'none'}){hint}."
        )


class RepeatedOfficeError(ComparisonError):
    """An office is given twice, by the same name or by another one."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.zh = f"{name}给了两次；请给不同的机构。"
        super().__init__(f"{name} is given twice; different offices are wanted.")


class UncoveredYearError(ComparisonError):
    """An office has no document of the year; `years` are those that it has documents of, the nearest
    first."""

    def __init__(self, name: str, year: str, years: Iterable[str]) -> None:
        self.name, self.year = name, year
        self.years = tuple(sorted(years, key=lambda known: (distance(known, year), known)))
        self.zh = (
            f"{name}没有“{shortened(year)}”年度的文件；有的是{'、'.join(sorted(self.years))}。"
        )
        super().__init__(
            f"{name} has no document of the year {year!r}; it has {'、'.join(sorted(self.years))}."
        )


def distance(one: str, other: str) -> int:
    """How many years two years are apart; 0 where one is no year."""
    is_year = one.isdecimal() and other.isdecimal()
    return abs(int(one) - int(other)) if is_year else 0


def shortened(text: str, most: int = 80) -> str:
    """A text as a message shows it."""
    return text if len(text) <= most else text[:most] + "…"
