"""A data folder and its immutable releases.

    DATA/current                 one line: the id of the release that is served
    DATA/releases/{id}/          manifest.json, store/, texts/{document}.txt, facts/{document}.json,
                                 layouts/{document}.json, pages/{document}.zip (images of its pages)
    DATA/search/                 the search index of each release (store.search.making)
    DATA/findings.sqlite         when each finding came (store.arrivals)

A release is complete before it gets its name and never changes after. `current` is replaced in one
step, so a reader sees the old release whole or the new one whole.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from store.arrivals import note_arrivals
from store.building import Build, BuildOutcome
from store.document_graphs import DocumentGraphs
from store.errors import DamagedReleaseError, DataFolderError, NoReleaseError
from store.folder_lock import writing
from store.manifest import FILE_NAME
from store.release import Release
from store.search.making import make_index
from store.stage import clear_errors, clear_stages, sync_file

__all__ = ["BuildOutcome", "CurrentId", "DataFolder", "DocumentGraphs", "Release"]


@dataclass(frozen=True)
class DataFolder:
    """A folder that holds releases; it need not exist before the first `build`."""

    path: Path

    @classmethod
    def open(cls, path: Path | str) -> DataFolder:
        return cls(Path(path))

    @property
    def releases_directory(self) -> Path:
        return self.path / "releases"

    def current(self) -> Release:
        """The release that is served.

        Raises:
            NoReleaseError: nothing was built here yet.
            NewerFormatError, DamagedReleaseError: the release cannot be read.
        """
        release = self._named_release()
        if release is None:
            raise NoReleaseError(
                f"The data folder {self.path} holds no release; {what_to_do(self.path)}."
            )
        if not (release.directory / FILE_NAME).is_file():
            raise DamagedReleaseError(
                f"{self.path / 'current'} names the release {release.release_id}, "
                f"which is not in {self.releases_directory}."
            )
        release.manifest  # noqa: B018  # a release that cannot be read is refused here
        return release

    def current_id(self) -> str | None:
        """The id of the release that is served, None without one; cheap enough to ask often."""
        release = self._named_release()
        return release.release_id if release else None

    def releases(self) -> list[Release]:
        """All finished releases, in the order of their ids."""
        if not self.releases_directory.is_dir():
            return []
        folders = sorted(self.releases_directory.iterdir())
        return [Release(folder) for folder in folders if not folder.name.startswith(".")]

    def switch_to(self, release_id: str) -> Release:
        """Serve an earlier release again. Raises NoReleaseError when there is none of this id."""
        found = [release for release in self.releases() if release.release_id == release_id]
        if not found:
            raise NoReleaseError(f"The data folder {self.path} holds no release {release_id}.")
        with writing(self.path):
            self.switch(found[0])
        return found[0]

    def build(
        self,
        documents: Iterable[DocumentGraphs],
        vocabulary: Iterable[Quad],
        *,
        replace_all: bool = False,
        kept: Collection[str] = (),
    ) -> BuildOutcome:
        """Make the current documents, with the given ones added or in place, the new release.

        Args:
            documents: read one after the other; never more than a batch of quads is held.
            vocabulary: the quads that all documents share, in named graphs of their own.
            replace_all: let go of the current documents that are not given.
            kept: ids of documents that stay although they are not given; it may grow while the
                documents are read.

        Raises:
            FolderLockedError: another process is building.
            GraphOwnershipError: two documents write into one named graph.
            DataFolderError: the folder cannot be written.
        """
        try:
            self.releases_directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataFolderError(f"{self.path} cannot be a data folder: {error}.") from error
        with writing(self.path):
            clear_stages(self.releases_directory)
            before = self._named_release()
            build = Build(self.releases_directory, before)
            outcome = build.run(documents, vocabulary, replace_all, kept)
            make_index(outcome.release)
            note_arrivals(self.path, before, outcome.release)
            if outcome.created:
                self.switch(outcome.release)
            return outcome

    def _named_release(self) -> Release | None:
        try:
            name = (self.path / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise DamagedReleaseError(
                f"{self.path / 'current'} cannot be read: {error}."
            ) from error
        return Release(self.releases_directory / name)

    def switch(self, release: Release) -> None:
        """Make a finished release the current one, in one step; the caller holds the lock.

        Raises DataFolderError when the folder cannot be written.
        """
        new = self.path / ".current-new"
        with clear_errors(self.path):
            new.write_text(release.release_id + "\n", encoding="ascii")
            sync_file(self.releases_directory)  # the release has its name before it is current
            sync_file(new)
            new.replace(self.path / "current")
            sync_file(self.path)


class CurrentId:
    """The id of the release that a folder serves, for those who ask it all the time: the file is read when
    it is another one, which costs a look at its entry in the directory."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self._path = str(folder.path / "current")
        self._known: tuple[tuple[int, int, int], str | None] | None = None

    def __call__(self) -> str | None:
        """As `DataFolder.current_id`."""
        try:
            found = os.stat(self._path)  # noqa: PTH116  # a Path costs more than the look
        except OSError:
            return self.folder.current_id()
        mark = (found.st_ino, found.st_mtime_ns, found.st_size)
        known = self._known
        if known is None or known[0] != mark:
            known = self._known = (mark, self.folder.current_id())
        return known[1]


def what_to_do(folder: Path) -> str:
    """Which folder to take instead of one without a release: one below it that has one, as the
    demo's is below the folder that is taken when none is named."""
    try:
        below = sorted(current.parent for current in folder.glob("*/current"))
    except OSError:
        below = []
    if below:
        return f"{below[0]} below it does, so please name that one"
    return "please run `guanlian ingest` first"
