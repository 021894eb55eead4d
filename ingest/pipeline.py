"""The pipeline: a file becomes facts, checked and written as quads, or a reason why not."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize

from ingest.blank_templates import refuse_blank_template
from ingest.checks import check
from ingest.containment import Contained, contained
from ingest.extract import extract_with_tables
from ingest.facts import DocumentFacts
from ingest.identifiers import document_identifier
from ingest.layout import Json, layout_to_json
from ingest.quads import make_quads
from ingest.quads.privacy import PersonalDataError
from ingest.reading.document import BlankTemplateError, Document, DocumentError
from ingest.reading.files import read_file
from ingest.reading.limits import DEFAULT_LIMITS, ReadingLimits
from ontology.namespaces import Namespaces
from ontology.shacl import ValidationReport
from ontology.shacl.sentences import sentence_of
from ontology.validation import document_validator

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document that was read: its identifier, the text that spans count in, and its facts.

    The quads travel from the reading process as N-Quads, which takes an eighth of the time that
    pickling them does. `findings` is how many warnings and infos about the source the validation
    gave. `layout` is that of `ingest.layout`, `pictures` are the PNG files of pages by their number.
    """

    path: Path
    identifier: str
    text: str
    facts: DocumentFacts
    n_quads: bytes
    findings: int = 0
    layout: Json = field(default_factory=dict)
    pictures: Mapping[int, bytes] = field(default_factory=dict)

    @property
    def quads(self) -> Iterator[Quad]:
        """The statements of the document's graphs."""
        return parse(self.n_quads, format=RdfFormat.N_QUADS)


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document that was read to its facts only."""

    path: Path
    text: str
    facts: DocumentFacts


@dataclass(frozen=True, slots=True)
class UnreadDocument:
    """A file that is no disclosure or cannot be read; `reason` completes the sentence "FILE …".

    `is_blank` tells a form that nobody filled in: it did not fail, there is nothing in it.
    """

    path: Path
    reason: str
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class StoppedDocument(UnreadDocument):
    """A document that was read, but to graphs that violate the shapes: they must not be published.

    `violations` are sentences, one each; what the source does wrong is never among them.
    """

    identifier: str = ""
    violations: tuple[str, ...] = ()


Outcome = ReadDocument | UnreadDocument


def read_facts(path: Path, limits: ReadingLimits = DEFAULT_LIMITS) -> tuple[str, DocumentFacts]:
    """The text of a file and its facts, with the anomalies found by the checks. It is read in this
    process, whatever it may do to it.

    Raises:
        DocumentError: the file cannot be read as a disclosure.
    """
    document = read_file(path, limits)
    return document.text, facts_of(document)


def facts_of(document: Document) -> DocumentFacts:
    """The facts of a document, with the anomalies found by the checks.

    Raises:
        DocumentError: it is no disclosure.
    """
    refuse_blank_template(document)
    extraction = extract_with_tables(document)
    facts = extraction.facts
    return facts.with_anomalies(check(document, facts, extraction.tables.fiscal))


def read_text_and_facts(path: Path, limits: ReadingLimits) -> DocumentText | UnreadDocument:
    """One file, read to its facts. Nothing about the file's content is raised but MemoryError."""
    read = read_checked(path, limits)
    if isinstance(read, UnreadDocument):
        return read
    document, facts = read
    return DocumentText(path, document.text, facts)


def read_checked(
    path: Path, limits: ReadingLimits
) -> tuple[Document, DocumentFacts] | UnreadDocument:
    """One file and its facts. Nothing about the file's content is raised but MemoryError."""
    try:
        document = read_file(path, limits)
        return document, facts_of(document)
    except MemoryError:
        raise
    except DocumentError as error:
        return UnreadDocument(path, str(error), isinstance(error, BlankTemplateError))
    except Exception as error:
        LOGGER.debug("reading %s failed", path, exc_info=True)
        return UnreadDocument(path, unexpected(error))


def read_document(
    path: Path,
    base: str,
    program_version: str,
    limits: ReadingLimits = DEFAULT_LIMITS,
    validates: bool = True,
) -> Outcome:
    """One file, read to its quads, which are held against the shapes if it `validates`. Nothing about
    the file's content is raised but MemoryError: one document must never keep the others out."""
    read = read_checked(path, limits)
    if isinstance(read, UnreadDocument):
        return read
    document, facts = read
    try:
        made = make_quads(facts, document.text, base=base, program_version=program_version)
        outcome = publishable(DocumentText(path, document.text, facts), made, base, validates)
        return with_layout(outcome, document) if isinstance(outcome, ReadDocument) else outcome
    except MemoryError:
        raise
    except PersonalDataError as error:
        return UnreadDocument(path, str(error))
    except Exception as error:
        LOGGER.debug("writing %s failed", path, exc_info=True)
        return UnreadDocument(path, unexpected(error))


def with_layout(read: ReadDocument, document: Document) -> ReadDocument:
    """What was read, and how its document is laid out."""
    pictures = {picture.number: picture.png for picture in document.pictures if picture.png}
    return replace(read, layout=layout_to_json(document), pictures=pictures)


def publishable(read: DocumentText, made: Iterable[Quad], base: str, validates: bool) -> Outcome:
    """The document with its quads, or why they must not be published."""
    identifier, findings = document_identifier(read.facts), 0
    # Only the validation needs them all at once.
    quads = [*made] if validates else made
    if validates:
        report = document_validator(base).validate(quads)
        if report.violations:
            return stopped(read.path, identifier, report, base)
        findings = len(report.results)
    n_quads = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return ReadDocument(read.path, identifier, read.text, read.facts, n_quads, findings)


def stopped(path: Path, identifier: str, report: ValidationReport, base: str) -> StoppedDocument:
    """What to say of a document whose graphs violate the shapes."""
    prefixes = Namespaces(base).prefixes()
    sentences = tuple(sentence_of(result, prefixes) for result in report.violations)
    number = "a violation" if len(sentences) == 1 else f"{len(sentences)} violations"
    reason = f"was stopped by the validation of its graphs: {number} of the shapes"
    return StoppedDocument(path, reason, identifier=identifier, violations=sentences)


def unexpected(error: Exception) -> str:
    """What to say of a fault of ours; the traceback is in the debug log of `ingest.pipeline`."""
    return f"could not be read because of a fault in this program ({type(error).__name__}: {error})"


def read_documents(
    paths: Sequence[Path],
    base: str,
    program_version: str,
    processes: int,
    limits: ReadingLimits = DEFAULT_LIMITS,
    validates: bool = True,
) -> Iterator[Outcome]:
    """The files in their order, read to their quads by this many processes, each file contained."""
    work = partial(
        read_document,
        base=base,
        program_version=program_version,
        limits=limits,
        validates=validates,
    )
    for outcome in contained(work, paths, processes, limits):
        yield unread(outcome) if isinstance(outcome, Contained) else outcome


def read_all_facts(
    paths: Sequence[Path], processes: int, limits: ReadingLimits = DEFAULT_LIMITS
) -> Iterator[DocumentText | UnreadDocument]:
    """The files in their order, read to their facts by this many processes, each file contained."""
    work = partial(read_text_and_facts, limits=limits)
    for outcome in contained(work, paths, processes, limits):
        yield unread(outcome) if isinstance(outcome, Contained) else outcome


def unread(lost: Contained) -> UnreadDocument:
    return UnreadDocument(lost.path, lost.reason)
