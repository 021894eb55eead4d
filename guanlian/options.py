"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DataOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="The data folder; else GUANLIAN_DATA, guanlian.toml, or ./data."
    ),
]
