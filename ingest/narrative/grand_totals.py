"""Grand totals: income told with what was carried in, 收入预算120万元，其中…上年结转5万元, is the grand total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ingest.narrative.placing import APPROPRIATION_FUND
from ingest.narrative.statements import Statement

# The printed digits of a dozen parts may differ from the whole by as much.
LARGEST_ROUNDING = Decimal("0.06")
SOURCES = ("income", "carry-in")
# Sources of income that are parts of others.
OF_THE_FISCAL = frozenset(APPROPRIATION_FUND) - {"fiscal-appropriation"}


def widen_totals(statements: Sequence[Statement]) -> None:
    """Make the total income of a section the grand total where the sources behind it come to it only
    together with what was carried in; so too what the same words say of the year before. Their shares
    are of it."""
    for place, whole in enumerate(statements):
        key = whole.key
        if (key.flow, key.item) != ("income", "total"):
            continue
        behind = [one for one in statements[place + 1 :] if one.key.year == key.year]
        if not is_with_carried(whole, behind):
            continue
        for one in behind:
            if one.share is not None and one.key.flow in SOURCES:
                one.share_of = one.share_of or "grand-total"
        for one in statements:
            is_same = (one.key.fund, one.key.flow, one.key.item) == key[:3]
            if is_same and (one is whole or one.start == whole.start):
                one.key = one.key._replace(item="grand-total")


def is_with_carried(whole: Statement, behind: Sequence[Statement]) -> bool:
    """Whether the sources of income and the money carried in come to the whole."""
    same = [
        one for one in behind if (one.key.fund, one.key.phase) == (whole.key.fund, whole.key.phase)
    ]
    carried = {one.value for one in same if one.key.flow == "carry-in"}
    told = {one.key.item: one.value for one in same if one.key.flow == "income"}
    told.pop("total", None)
    if "fiscal-appropriation" in told:
        told = {item: value for item, value in told.items() if item not in OF_THE_FISCAL}
    if len(carried) != 1 or not told:
        return False
    rest = carried.pop()
    return rest > 0 and abs(sum(told.values()) + rest - whole.value) <= LARGEST_ROUNDING
