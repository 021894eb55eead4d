"""The clause templates: one row a wording, each with an example that a test reads back.

The first row that reads a clause decides, so narrower rows stand first; the tables are in the order
in which they are tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from ingest.narrative.folding import fold_characters
from ingest.narrative.templates.amounts import AMOUNTS
from ingest.narrative.templates.assets import ASSETS
from ingest.narrative.templates.changes import CHANGES
from ingest.narrative.templates.counts import COUNTS
from ingest.narrative.templates.needs import NeedBits
from ingest.narrative.templates.pending import PENDING
from ingest.narrative.templates.performance import PERFORMANCE
from ingest.narrative.templates.rates import RATES
from ingest.narrative.templates.template import Reading, Template, Traits

LONGEST_CLAUSE = 160
# Changes against a baseline stand before amounts: 年初预算 and 收入 are words of both.
TEMPLATES: tuple[Template, ...] = (
    *CHANGES, *RATES, *PERFORMANCE, *AMOUNTS, *PENDING, *COUNTS, *ASSETS,
)  # fmt: skip


@cache
def need_bits() -> NeedBits:
    """The characters that the templates need; made when the first clause is read."""
    return NeedBits(template.pattern for template in TEMPLATES)


@cache
def suited_templates(traits: Traits) -> tuple[tuple[int, Template], ...]:
    """The templates that may read a clause with these traits, in order, with what they need."""
    told = zip(need_bits().masks, TEMPLATES, strict=True)
    return tuple((needs, template) for needs, template in told if template.suits(traits))


@lru_cache(maxsize=8192)
def find_reading(clause: str) -> Reading | None:
    """The reading of a clause in folded text by the first template that reads the whole of it, or None.

    No template reads a clause of more than `LONGEST_CLAUSE` characters.
    """
    if len(clause) > LONGEST_CLAUSE:
        return None
    bits = need_bits().of_clause(clause)
    for needs, template in suited_templates(Traits.of(clause)):
        if needs & bits != needs:
            continue
        found = template.expression.fullmatch(clause)
        if found:
            return Reading(template, {k: v for k, v in found.groupdict().items() if v})
    return None


def read_examples() -> Iterator[tuple[Template, Reading | None]]:
    """Every template with the reading of its example, for the test that walks the table."""
    for template in TEMPLATES:
        yield template, find_reading("".join(fold_characters(template.example).split()))
