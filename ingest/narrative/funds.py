"""Funds: which is part of which."""

from __future__ import annotations

# From wide to narrow; siblings share a rank.
BREADTH = {"all": 0, "non-fiscal": 1, "fiscal": 1, "general": 2, "gov-fund": 2, "state-capital": 2}


def narrower(fund: str, other: str) -> str:
    """The narrower of two funds; of two siblings the second."""
    return other if BREADTH[other] >= BREADTH[fund] else fund
