"""Staff in post and establishment: numbers of people that a text states, and those that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.narrative.staff import read_staff
from ingest.reading.document import Document
from ingest.reading.files import read_file


def staff(text: str) -> dict[str, tuple[int, str]]:
    document = Document(source="a.txt", text=text)
    counts = read_staff(document, "2023")
    assert all(document.text[c.span.start : c.span.end] == c.span.quote for c in counts)
    return {count.item: (count.value, count.year) for count in counts}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("本单位年末实有在职人员 35 人。", {"staff": (35, "2023")}),
        ("截至２０２２年12月31日，在职职工共计３５名。", {"staff": (35, "2022")}),
        (
            "人员编制42名，实有在编人员39人。",
            {"establishment": (42, "2023"), "staff": (39, "2023")},
        ),
        ("核定编制总数为18个，其中行政编制8个，事业编制10个。", {"establishment": (18, "2023")}),
        ("实有人员45人，其中：在职人员40人，离退休人员5人。", {"staff": (40, "2023")}),
        ("在职干部职工26人，退休人员12人", {"staff": (26, "2023")}),
        ("在职人数：26人。在职人数27人。", {"staff": (26, "2023")}),
        ("现有在职在编人员有8名", {"staff": (8, "2023")}),
        ("在职人员共计1,205人", {"staff": (1205, "2023")}),
    ],
)
def test_people_in_post_and_posts_allowed_are_read(
    text: str, said: dict[str, tuple[int, str]]
) -> None:
    assert staff(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "主要原因是新增在职人员3人。",
        "在职人员较上年增加4名",
        "行政编制20名，事业编制10名。",
        "离退休人员12人，遗属补助人员3人。",
        "在职人员经费412.36万元",
        "国内公务接待实有人次20人次",
        "编制2023年部门决算的单位共3个。",
        "编外长期聘用人员实有6人",
        "在职人员培训12次。",
    ],
)
def test_other_numbers_are_no_staff(text: str) -> None:
    assert staff(text) == {}


def test_documents_that_state_no_staff_have_none(samples: Path, corpus: Path) -> None:
    """None of the documents at hand says how many people it has: what is found would be invented."""
    for path in (*samples.glob("*.txt"), *corpus.rglob("*.txt")):
        assert read_staff(read_file(path), "2023") == (), path.name
