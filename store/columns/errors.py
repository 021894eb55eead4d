"""What can go wrong here: columns that cannot be made or read, and questions that are not for them."""

from __future__ import annotations

from store.errors import StoreError


class ColumnsError(StoreError):
    """The columns of a release cannot be made, or their files cannot be read."""


class NotForColumns(Exception):
    """A question that the triple store has to answer; the text says why."""
