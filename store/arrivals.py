"""Arrivals: when each finding first entered a release of a data folder.

    DATA/findings.sqlite      a row a finding: its IRI, the release that had it first, the time of that release

A release is what its content says and knows no clock, so this journal stands beside the releases. It only
grows: a finding that goes and comes back is not new again, and pruned releases take nothing with them. What
it does not know (a release of before there was a journal, findings that were written over HTTP) arrived with
the release that is asked about.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode

from store.errors import DataFolderError
from store.manifest import FILE_NAME
from store.release import Release

JOURNAL = "findings.sqlite"
#: How a finding is known, under whatever base IRI: an annotation that assesses quality (DQV).
MOTIVATED_BY = NamedNode("http://www.w3.org/ns/oa#motivatedBy")
QUALITY_ASSESSMENT = NamedNode("http://www.w3.org/ns/dqv#qualityAssessment")
SCHEMA = "CREATE TABLE IF NOT EXISTS arrival (finding TEXT PRIMARY KEY, release TEXT, time TEXT) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class Arrival:
    """The release that had a finding first, and when that was made (UTC, to the second)."""

    release_id: str
    time: datetime


def record_arrivals(data: Path, releases: Iterable[Release]) -> None:
    """Note the findings of releases, the earliest first, that are not noted yet.

    Raises DataFolderError when the journal cannot be written.
    """
    with journal(data) as connection:
        for release in releases:
            time = release_time(release).isoformat()
            rows = ((iri, release.release_id, time) for iri in findings_of(release))
            connection.executemany("INSERT OR IGNORE INTO arrival VALUES (?, ?, ?)", rows)


def note_arrivals(data: Path, before: Release | None, now: Release) -> None:
    """Note what a new release has that the folder did not have before.

    A folder without a journal begins it with the release that it had, so that what is in both is not
    told as new. Of a first release, all findings arrived together.

    Raises DataFolderError when the journal cannot be written.
    """
    first = [before] if before is not None and not has_journal(data) else []
    record_arrivals(data, [*first, now])


def has_journal(data: Path) -> bool:
    """Whether any arrival was noted in the folder."""
    return (data / JOURNAL).is_file()


def read_arrivals(data: Path) -> Mapping[str, Arrival]:
    """The arrivals by the IRIs of findings; none where nothing was noted. Raises DataFolderError."""
    if not has_journal(data):
        return {}
    with journal(data, writes=False) as connection:
        rows = connection.execute("SELECT finding, release, time FROM arrival")
        return {
            finding: Arrival(release, datetime.fromisoformat(time))
            for finding, release, time in rows
        }


def release_time(release: Release) -> datetime:
    """When a release was made: its manifest is written once, last of all."""
    found = (release.directory / FILE_NAME).stat().st_mtime
    return datetime.fromtimestamp(int(found), UTC)


def findings_of(release: Release) -> Iterator[str]:
    """The IRIs of the findings of a release."""
    store = release.open_store()
    for quad in store.quads_for_pattern(None, MOTIVATED_BY, QUALITY_ASSESSMENT, DefaultGraph()):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value


@contextmanager
def journal(data: Path, *, writes: bool = True) -> Iterator[sqlite3.Connection]:
    """The journal of a folder, in one transaction."""
    path = data / JOURNAL
    mode = "rwc" if writes else "ro"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)) as found:
            if writes:
                found.execute(SCHEMA)
            with found:
                yield found
    except (OSError, sqlite3.Error) as error:
        raise DataFolderError(f"The journal {path} cannot be used: {error}.") from error
