"""The pieces that dumps are made of: the graphs of one owner, compressed, under a name that its content gives.

    DATA/dumps/pieces/{xx}/{key}.nq.gz, .trig.gz

An owner is a document, the vocabulary or the conclusions of the rules. A dump of a release is its pieces one
after the other: gzip members may follow each other (RFC 1952, 2.2), N-Quads and TriG documents too.
So a new release needs pieces only of what changed, and no dump is ever written as a whole. The same
content gives the same bytes: statements are sorted, and gzip is told no time.
"""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize

from store.document_graphs import GraphDigest, sha256_of
from store.errors import DamagedReleaseError, DataFolderError
from store.media_types import PREFIXES

FORMS: Mapping[str, RdfFormat] = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}
FOLDER = "dumps"
MAKING = ".making-"


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces in one data folder."""

    folder: Path

    @classmethod
    def of(cls, data: Path) -> Pieces:
        return cls(data / FOLDER / "pieces")

    def path(self, graphs: Mapping[str, GraphDigest], form: str) -> Path:
        """Where the piece of these graphs lies, made or not."""
        key = piece_key(graphs)
        return self.folder / key[:2] / f"{key}.{form}.gz"

    def has(self, graphs: Mapping[str, GraphDigest]) -> bool:
        return all(self.path(graphs, form).is_file() for form in FORMS)

    def write(self, graphs: Mapping[str, GraphDigest], quads: Iterable[Quad]) -> None:
        """Write the piece of these graphs, unless it is there. Raises DataFolderError."""
        if self.has(graphs):
            return
        ordered = [quad for _, quad in sorted((str(quad), quad) for quad in quads)]
        for form, format_ in FORMS.items():
            body = serialize(ordered, format=format_, prefixes=PREFIXES) or b""
            write_whole(self.path(graphs, form), gzip.compress(body, mtime=0))

    def read(self, graphs: Mapping[str, GraphDigest]) -> Iterator[Quad]:
        """The quads of a piece. Raises DamagedReleaseError."""
        path = self.path(graphs, "nq")
        try:
            yield from parse(gzip.decompress(path.read_bytes()), format=RdfFormat.N_QUADS)
        except (OSError, EOFError, SyntaxError) as error:
            raise DamagedReleaseError(f"The file {path} cannot be read: {error}.") from error


def piece_key(graphs: Mapping[str, GraphDigest]) -> str:
    """64 hex digits that follow from the names and the digests of the graphs."""
    return sha256_of("\n".join(f"{graphs[iri].sha256} {iri}" for iri in sorted(graphs)))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all. Raises DataFolderError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=MAKING, dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise DataFolderError(f"{path.parent} cannot be written: {error}.") from error
