"""Names: the office and the year of the title are those of the sections and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.bilingual import Bilingual, join
from ingest.checks import phrases
from ingest.checks.findings import finding
from ingest.facts import NAME_LISTS, Anomaly, DocumentFacts, Span
from ingest.identity import normalize_name
from ingest.narrative.bodies import BODY
from ingest.narrative.folding import Folded
from ingest.narrative.glossary import paragraphs
from ingest.narrative.headings import find_headings
from ingest.narrative.outline import Section, find_sections
from ingest.reading.document import Document
from ingest.tables.fiscal_table import FiscalTable

YEAR = re.compile(r"(20\d{2})年")
# X局2023年度… at the start of a sentence speaks of the office itself, and so does 用于X局开展….
SUBJECT = re.compile(
    rf"(?:(?:^|[。；])(?P<name>[一-龥]{{4,30}}?{BODY})(?:\(本级\)|本级)?(?:20\d{{2}}年(?:度)?)"
    rf"|(?:用于|保障)(?P<spender>[一-龥]{{4,30}}?{BODY})(?:机关)?(?:开展|履行|正常|日常))"
)
ABOUT_ITSELF = ("performance", "agency-operation", "procurement", "assets", "three-public", "overall",
                "fiscal", "general", "basic", "gov-fund", "state-capital", "accounts", "other")  # fmt: skip
SHORTEST_NAME = 6


def check_names(
    document: Document, facts: DocumentFacts, tables: tuple[FiscalTable, ...]
) -> Iterator[Anomaly]:
    """`name-mismatch` of years in titles of sections and tables, and of offices that sentences of the
    accounts are about."""
    for heading in find_headings(document):
        yield from check_year(facts, heading.span.quote, heading.span)
    for table in tables:
        yield from check_year(facts, table.title.quote, table.title)
    yield from check_subjects(document, facts)


def check_year(facts: DocumentFacts, title: str, span: Span) -> Iterator[Anomaly]:
    """A title that names other years than the document's; one that compares two years names both."""
    years = YEAR.findall(title)
    if years and facts.fiscal_year not in years:
        named = join(map(Bilingual.alike, years), phrases.ENUMERATION)
        told = phrases.OTHER_YEAR(years=named, year=facts.fiscal_year)
        yield finding("name-mismatch", "error", told, span)


def check_subjects(document: Document, facts: DocumentFacts) -> Iterator[Anomaly]:
    """Sentences that open with the full name of another office."""
    known = [normalize_name(name) for name in names_of(facts)]
    for section in find_sections(document):
        if section.role not in ABOUT_ITSELF:
            continue
        for start, end in prose_lines(document, section):
            folded = Folded.of(document, start, end)
            for found in SUBJECT.finditer(folded.text):
                named = "name" if found["name"] else "spender"
                name = normalize_name(found[named])
                if len(name) >= SHORTEST_NAME and not any(alike(name, one) for one in known):
                    told = phrases.OTHER_OFFICE(named=found[named], office=facts.organization.name)
                    yield finding("name-mismatch", "error", told, folded.span(*found.span(named)))


def names_of(facts: DocumentFacts) -> Iterator[str]:
    organization = facts.organization
    yield organization.name
    for field in NAME_LISTS:
        yield from (name.text for name in getattr(organization, field))


def alike(name: str, known: str) -> bool:
    """Whether the one is the other or a short form of it (甲区财政局 for 示例市甲区财政局)."""
    return name in known or known in name or is_short_form(name, known)


def is_short_form(name: str, known: str) -> bool:
    """Whether the characters of a name stand in another one in the same order: 区应急局, 区应急管理局."""
    characters = iter(known)
    return all(character in characters for character in name)


def prose_lines(document: Document, section: Section) -> Iterator[tuple[int, int]]:
    for start, end in paragraphs(document, section):
        if not document.text.startswith("\t", start):
            yield start, end
