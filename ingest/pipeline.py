"""The pipeline: a file becomes facts, checked and written as quads, or a reason why not."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pyoxigraph import Quad

from ingest.checks import check
from ingest.extract import extract
from ingest.facts import DocumentFacts
from ingest.identifiers import document_identifier
from ingest.quads import make_quads
from ingest.quads.privacy import PersonalDataError
from ingest.reading.document import DocumentError
from ingest.reading.files import read_file
from ingest.tables.fiscal import read_tables

LOGGER = logging.getLogger(__name__)
# Starting processes costs more than reading a few documents.
FEWEST_FOR_PROCESSES = 24
DOCUMENTS_A_TASK = 8


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document that was read: its identifier, the text that spans count in, and its facts."""

    path: Path
    identifier: str
    text: str
    facts: DocumentFacts
    quads: tuple[Quad, ...]


@dataclass(frozen=True, slots=True)
class UnreadDocument:
    """A file that is no disclosure or cannot be read; `reason` completes the sentence "FILE …"."""

    path: Path
    reason: str


Outcome = ReadDocument | UnreadDocument


def read_facts(path: Path) -> tuple[str, DocumentFacts]:
    """The text of a file and its facts, with the anomalies found by the checks.

    Raises:
        DocumentError: the file cannot be read as a disclosure.
    """
    document = read_file(path)
    facts = extract(document)
    tables = read_tables(document, facts.fiscal_year, facts.kind)
    return document.text, facts.with_anomalies(check(document, facts, tables.fiscal))


def read_document(path: Path, base: str, program_version: str) -> Outcome:
    """One file, read to its quads. Nothing about the file's content is raised: one document must never
    keep the others out."""
    try:
        text, facts = read_facts(path)
        quads = tuple(make_quads(facts, text, base=base, program_version=program_version))
    except (DocumentError, PersonalDataError) as error:
        return UnreadDocument(path, str(error))
    except Exception as error:
        LOGGER.debug("reading %s failed", path, exc_info=True)
        return UnreadDocument(path, unexpected(error))
    return ReadDocument(path, document_identifier(facts), text, facts, quads)


def unexpected(error: Exception) -> str:
    """What to say of a fault of ours; the traceback is in the debug log of `ingest.pipeline`."""
    return f"could not be read because of a fault in this program ({type(error).__name__}: {error})"


def read_documents(
    paths: Sequence[Path], base: str, program_version: str, processes: int
) -> Iterator[Outcome]:
    """The files in their order, read by this many processes when there are enough of them."""
    read = partial(read_document, base=base, program_version=program_version)
    if processes < 2 or len(paths) < FEWEST_FOR_PROCESSES:
        yield from map(read, paths)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(read, paths, chunksize=DOCUMENTS_A_TASK)
