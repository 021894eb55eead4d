"""The opening of the store of a finished release."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from store.errors import DamagedReleaseError


def open_store(directory: Path) -> Store:
    """The store of a finished release, read-only. Raises DamagedReleaseError."""
    try:
        return Store.read_only(str(directory))
    except (OSError, RuntimeError) as error:  # pyoxigraph says RuntimeError of corruption
        raise DamagedReleaseError(f"The store in {directory} cannot be opened: {error}.") from error
