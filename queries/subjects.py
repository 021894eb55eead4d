"""What the questions of the library are about, for lists of them."""

from __future__ import annotations

from enum import StrEnum


class Subject(StrEnum):
    """The subject of a question, in the order in which lists show them."""

    OFFICES = "offices"
    FUNCTIONS = "functions"
    MONEY = "money"
    CHANGES = "changes"
    PERFORMANCE = "performance"
    EVIDENCE = "evidence"

    @property
    def zh(self) -> str:
        return NAMES[self][0]

    @property
    def en(self) -> str:
        return NAMES[self][1]


NAMES = {
    Subject.OFFICES: ("机构与文件", "Offices and documents"),
    Subject.FUNCTIONS: ("职能", "Functions"),
    Subject.MONEY: ("收入与支出", "Revenue and expenditure"),
    Subject.CHANGES: ("变动与原因", "Changes and their reasons"),
    Subject.PERFORMANCE: ("绩效", "Performance"),
    Subject.EVIDENCE: ("核对与出处", "Checks and evidence"),
}
