"""How a result came about, so that another can get the same: method, parameters, release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Setting: TypeAlias = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Account:
    """The account of a result.

    method: what was done, in one sentence.
    parameters: every number and name that the result depends on, besides the release.
    release: the id of the release that was asked; the same release, method and parameters give the
        same result.
    """

    method: str
    parameters: Mapping[str, Setting]
    release: str
