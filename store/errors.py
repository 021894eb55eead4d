"""Every error of the store, drawn in one place; each message is one clear sentence.

StoreError
├── MalformedRdfError        RDF that was sent cannot be read (line, column)
├── DataFolderError          the data folder cannot be used as asked
│   ├── NoReleaseError           it holds no release yet
│   ├── NewerFormatError         a later program wrote it
│   ├── DamagedReleaseError      a file of a release is missing or unreadable
│   ├── FolderLockedError        another process is writing a release
│   ├── DamagedIndexError        the index of a release cannot be read
│   ├── NoIndexError             it is not made yet
│   ├── GraphOwnershipError      a document writes outside its own named graphs
│   └── RuleError                a rule of the vocabulary cannot be run
└── QueryError               a query got no answer
    ├── QuerySyntaxError         the parser refused it (line, column)
    ├── ServiceRefusedError      it would call another server (line, column)
    ├── SourceRefusedError       it would LOAD from where it must not
    ├── UpdateError              an update cannot be done as asked
    ├── QueryTimeoutError        it outran its limit
    ├── QueryMemoryError         it needed more memory than a query may have
    ├── AnswerTooLargeError      its answer has more bytes than an answer may have
    ├── GraphBusyError           every worker was occupied for too long
    └── WorkerLostError          its worker process died
"""

from __future__ import annotations


class StoreError(Exception):
    """Base of all errors of the store."""


class DataFolderError(StoreError):
    """The data folder cannot be used as asked."""


class NoReleaseError(DataFolderError):
    """The data folder holds no release."""


class NewerFormatError(DataFolderError):
    """The release was written in a format that this program does not know yet."""


class DamagedReleaseError(DataFolderError):
    """A file of a release is missing or cannot be read."""


class DamagedIndexError(DataFolderError):
    """The search index of a release cannot be read."""


class NoIndexError(DataFolderError):
    """The search index of a release is not made yet."""


class FolderLockedError(DataFolderError):
    """Another process is writing into the data folder."""


class GraphOwnershipError(DataFolderError):
    """Quads of a document lie in the default graph or in a named graph of something else."""


class RuleError(DataFolderError):
    """A rule of the vocabulary is no CONSTRUCT query, or concludes something without a name."""


class QueryError(StoreError):
    """A query got no answer."""


class QuerySyntaxError(QueryError):
    """The query is not SPARQL; `line` and `column` count from 1, None if the parser gives none.

    `fragment` is the line of the query with a caret below the place, `expected` what may stand there.
    """

    def __init__(
        self,
        message: str,
        line: int | None = None,
        column: int | None = None,
        fragment: str | None = None,
        expected: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, line, column, fragment, expected)
        self.message, self.line, self.column = message, line, column
        self.fragment, self.expected = fragment, expected

    def __str__(self) -> str:
        return self.message


class ServiceRefusedError(QuerySyntaxError):
    """The query holds a SERVICE pattern, which would make this server call another one."""


class QueryTimeoutError(QueryError):
    """The query was stopped because it outran its limit."""


class QueryMemoryError(QueryError):
    """The query was stopped because it needed more memory than a query may have."""


class AnswerTooLargeError(QueryError):
    """The answer was stopped because it grew beyond the bytes that an answer may have."""


class GraphBusyError(QueryError):
    """No worker became free in time; asking again later may succeed."""


class WorkerLostError(QueryError):
    """The worker process died while it answered, for instance because it ran out of memory."""


class UpdateError(QueryError):
    """An update is SPARQL but cannot be done as asked, such as CREATE of a graph that is there."""


class SourceRefusedError(QueryError):
    """An update would LOAD from where this server is not allowed to read."""


class MalformedRdfError(StoreError):
    """RDF that was sent is malformed; `line` and `column` count from 1, None if unknown."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message, line, column)
        self.message, self.line, self.column = message, line, column

    def __str__(self) -> str:
        return self.message
