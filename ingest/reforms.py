"""What the sentence of a reform tells beside the former bodies: when it was, and what came of it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.narrative.bodies import NAME_END, is_body

LONGEST_NAME = 30
# The year of a plan or a document number is not that of the reform.
DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?!度|部门|机构改革|党政机构|.{0,4}(?:号|印发))"
    r"(?:(?P<month>0?[1-9]|1[0-2])月(?:(?P<day>\d{1,2})日)?)?"
)
QUOTED_TITLE = re.compile(r"《[^》]*》|[(（〔][^)）〕]*[)）〕]")
# 组建甲局; 更名为甲局; 职责分别划入甲局和乙局.
RESULTS = re.compile(
    r"(?:组建成?|成立|设立|更名为|改名为|改组为|改制为|调整为|分设为|拆分为|划入|划归|并入|划转至|划转到|整合到)"
    r"(?:新组建的|新的|了|为)?(?P<list>[^，。；：:,;]{3,120})"
)
SEPARATOR = re.compile(
    rf"、|(?<=[{NAME_END}])(?:和|及|与|以及)|(?<=中心)(?:和|及|与|以及)|(?<=委员会)(?:和|及|与|以及)"
)
OWN_WORDS = re.compile(r"^(?:本|我|该|其)|^[市区县旗州]?(?:政府|委)?(?:直属|工作)(?:机构|部门)")
# 设立办公室、人事处: what an office is divided into, no body of its own.
INTERNAL = re.compile(r"^[一-龥]{0,3}(?:办公室|[科处股室队])$|^机关党委$")


@dataclass(frozen=True, slots=True)
class Reform:
    """What a sentence tells of a reform.

    `date` is written as far as it is told: YYYY, YYYY-MM or YYYY-MM-DD; `results` are the bodies
    that the sentence says were made, or took over duties.
    """

    date: str | None
    results: tuple[str, ...]


def read_reform(sentence: str) -> Reform:
    """The date and the resulting bodies of a reform, as its sentence tells them.

    >>> read_reform("2019年3月，不再保留甲区丙局，职责分别划入甲区乙局和甲区丁局。")
    Reform(date='2019-03', results=('甲区乙局', '甲区丁局'))
    >>> read_reform("根据2018年机构改革方案，不再保留甲区丙局。")
    Reform(date=None, results=())
    """
    words = "".join(sentence.split())
    found = DATE.search(QUOTED_TITLE.sub("", words))
    return Reform(written_date(found) if found else None, tuple(dict.fromkeys(results(words))))


def written_date(date: re.Match[str]) -> str:
    """The date in the form of XML Schema, as exact as it is told; a day that no month has (2月30日) is none."""
    year, month, day = date.group("year", "month", "day")
    is_day = bool(day) and 1 <= int(day) <= monthrange(int(year), int(month))[1]
    numbers = [number.zfill(2) for number in (month, day if is_day else None) if number]
    return "-".join((year, *numbers))


def results(words: str) -> Iterator[str]:
    """The bodies that the sentence says were made, or took over duties."""
    for found in RESULTS.finditer(words):
        for name in SEPARATOR.split(found["list"]):
            bare = name.strip("“”\"'")
            is_own = OWN_WORDS.match(bare) or INTERNAL.match(bare)
            if 3 <= len(bare) <= LONGEST_NAME and is_body(bare) and not is_own:
                yield bare
