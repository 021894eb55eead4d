"""Every error of the queries, drawn in one place; each message is one clear sentence.

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

from collections.abc import Iterable
from difflib import get_close_matches

# How many candidates a sentence names.
SHOWN = 5


class QueriesError(Exception):
    """Base of all errors of the queries."""


class FrontMatterError(QueriesError):
    """A file of the library is not written as it should be."""


class UnknownQueryError(QueriesError):
    """No query of the library has that name; `nearest` are names like it."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        self.name, self.nearest = name, tuple(get_close_matches(name, names, cutoff=0.4))
        what = "did you mean" if self.nearest else "the queries are"
        super().__init__(
            f"There is no query {name!r}; {what} {', '.join(self.nearest or names)}"
            f"{'?' if self.nearest else '.'}"
        )


class ParameterError(QueriesError):
    """A parameter is unknown, missing or has a wrong value."""


class OfficeError(QueriesError):
    """An office cannot be told from its name."""


class UnknownOfficeError(OfficeError):
    """No office is called so; `nearest` are names like it."""

    def __init__(self, name: str, nearest: Iterable[str]) -> None:
        self.name, self.nearest = name, tuple(nearest)
        hint = f"; the nearest are {'、'.join(self.nearest)}" if self.nearest else ""
        super().__init__(f"No office with documents is called {name!r}{hint}.")


class AmbiguousOfficeError(OfficeError):
    """Several offices are called so; `candidates` are their full names."""

    def __init__(self, name: str, candidates: Iterable[str]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        super().__init__(f"{name!r} may mean {'、'.join(self.candidates)}; give the full name.")


class ThingError(QueriesError):
    """A thing cannot be told from its name."""


class UnknownThingError(ThingError):
    """Nothing is called so; `nearest` are labels like it."""

    def __init__(self, name: str, nearest: Iterable[str]) -> None:
        self.name, self.nearest = name, tuple(nearest)
        hint = f"; the nearest are {'、'.join(self.nearest)}" if self.nearest else ""
        super().__init__(f"Nothing in this release is called {name!r}{hint}.")


class AmbiguousThingError(ThingError):
    """Several things are called so; `candidates` are their labels and IRIs."""

    def __init__(self, name: str, candidates: Iterable[str]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        shown = "、".join(self.candidates[:SHOWN])
        more = f" and {len(self.candidates) - SHOWN} more" if len(self.candidates) > SHOWN else ""
        super().__init__(f"{name!r} may mean {shown}{more}; give the IRI.")


class NetworkError(QueriesError):
    """A network cannot be asked so."""


class ComparisonError(QueriesError):
    """The offices cannot be compared as asked."""
