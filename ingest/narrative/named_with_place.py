"""The office that a document without a cover tells of: the name, with a known place, that a line begins with."""

from __future__ import annotations

import re
from itertools import islice

from ingest.facts import Span
from ingest.narrative.bodies import BODY
from ingest.narrative.contents import find_contents
from ingest.narrative.folding import Folded
from ingest.reading.document import Document
from ontology.divisions import find_division

# What is said of an office, if the name begins with a place: 某县人民法院内设机构…
NAMED_WITH_PLACE = re.compile(
    rf"(?P<name>[一-龥]{{4,30}}?{BODY})(?:是|为|属|内设|机关内设|现有|下设|共设|部门包括)"
)
# Behind these, others are told of: subordinate units, other offices.
FIRST_LINES = 12


def find_name_with_place(document: Document) -> Span | None:
    """The name, where one of the first lines behind the contents begins with it."""
    _, behind = find_contents(document)
    lines = document.lines_in(behind, len(document.text))
    for start, end in islice(
        (line for line in lines if document.text[slice(*line)].strip()), FIRST_LINES
    ):
        folded = Folded.of(document, start, end)
        found = NAMED_WITH_PLACE.match(folded.text)
        if found and find_division(found.group("name")):
            return folded.span(*found.span("name"))
    return None
