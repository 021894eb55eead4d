"""Errors of the front door; each message is one sentence for the terminal."""

from __future__ import annotations


class UsageError(Exception):
    """The command cannot be carried out as it was called (exit status 2)."""
