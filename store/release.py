"""One immutable release in its directory."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import Store

from store.errors import DamagedReleaseError
from store.manifest import Manifest, read_manifest
from store.opening import open_store
from store.page_images import read_page_image
from store.stage import STORE, facts_path, layout_path, pages_path, text_path


@dataclass(frozen=True)
class Release:
    """A release; the id is the name of its directory."""

    directory: Path

    @property
    def release_id(self) -> str:
        return self.directory.name

    @cached_property
    def manifest(self) -> Manifest:
        """Raises NewerFormatError, DamagedReleaseError."""
        return read_manifest(self.directory)

    @property
    def store_directory(self) -> Path:
        """Where the Oxigraph store lies, for `store.embedded.EmbeddedGraph`."""
        return self.directory / STORE

    def open_store(self) -> Store:
        """The store, read-only, in this process. Raises DamagedReleaseError."""
        return open_store(self.store_directory)

    def text(self, document_id: str) -> str:
        """The text that the spans of a document count in.

        Raises:
            KeyError: the release has no such document.
            DamagedReleaseError: the file is missing.
        """
        return read_text(text_path(self.directory, self._known(document_id)))

    def facts_json(self, document_id: str) -> str:
        """The facts of a document in their JSON form. Raises as `text` does."""
        return read_text(facts_path(self.directory, self._known(document_id)))

    def layout_json(self, document_id: str) -> str | None:
        """Where the sections, tables and pages of a document are in its text (`ingest.layout`); None in a
        release of before this was kept. Raises as `text` does."""
        path = layout_path(self.directory, self._known(document_id))
        return read_text(path) if self.manifest.documents[document_id].layout_sha256 else None

    def page_image(self, document_id: str, number: int) -> bytes | None:
        """The PNG file of a page, counted from 1; None where the release has none. Raises as `text` does."""
        path = pages_path(self.directory, self._known(document_id))
        has_images = self.manifest.documents[document_id].page_images is not None
        return read_page_image(path, number) if has_images else None

    def _known(self, document_id: str) -> str:
        return self.manifest.documents[document_id].document_id


def read_text(path: Path) -> str:
    try:
        # Bytes, so that the line ends stay as they are and offsets hold.
        return path.read_bytes().decode()
    except (OSError, ValueError) as error:
        raise DamagedReleaseError(f"The file {path} cannot be read: {error}.") from error
