"""Example clauses of the themes, in the wording of official duties: written for this table, about no
office in particular. What is worded like one of them may be of its theme.
"""

from __future__ import annotations

from dataclasses import dataclass

from ontology.tables import read_table
from ontology.themes import THEMES_BY_ID, Theme


@dataclass(frozen=True, slots=True)
class ThemeExample:
    """A clause that is of a theme beyond doubt."""

    theme: Theme
    text: str


#: The rows of `data/theme_examples.csv`.
THEME_EXAMPLES: tuple[ThemeExample, ...] = tuple(
    ThemeExample(THEMES_BY_ID[row["theme"]], row["example"]) for row in read_table("theme_examples")
)
