"""A comparison as plain values for JSON: the same for the command and the server."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from queries.comparison import Comparison


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as `json.dumps` takes it: its fields by name, amounts as strings with their
    digits, so that no reader rounds them."""
    return dict(plain(asdict(comparison)))


def plain(value: Any) -> Any:
    """A value without tuples and decimals.

    >>> plain({"amount": Decimal("1.50"), "years": ("2020",)})
    {'amount': '1.50', 'years': ['2020']}
    """
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return f"{value:f}" if isinstance(value, Decimal) else value
