"""Many documents for measures of scale: the shipped samples, told of other places, duties and years.

    uv run python -m benchmarks.many_documents --documents 1000 --out DIR [--seed N]

Every document is a text sample in which the region is another county of GB/T 2260, the duties are drawn
from those of all samples, and all years are moved by the same number. The figures stay, so that a document
is as consistent as its sample. Two documents of one office and two years are as likely as in the samples.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from guanlian.samples import sample_documents
from ingest.facts import Function
from ingest.pipeline import read_facts
from ingest.places import region_parts
from ontology.divisions import Division, divisions

YEAR = re.compile(r"(?<!\d)20\d{2}(?=年)")
LATEST_YEAR = 2024
FEWEST_DUTIES, MOST_DUTIES = 5, 12


@dataclass(frozen=True, slots=True)
class Template:
    """A sample: its text, the names of its region from the highest down, its year and its duties."""

    stem: str
    text: str
    region: tuple[str, ...]
    year: int
    functions: tuple[Function, ...]


def main() -> None:
    """Write the documents into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, text in make_documents(arguments.documents, arguments.seed):
        (arguments.out / name).write_text(text, encoding="utf-8")


def make_documents(number: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """File names and texts; the same for the same number and seed."""
    chance = random.Random(seed)
    templates = read_templates()
    duties = [function.text for template in templates for function in template.functions]
    counties = [
        division
        for division in divisions().values()
        if division.level == "county" and division.status == "current"
    ]
    for position in range(number):
        template, county = chance.choice(templates), chance.choice(counties)
        years = chance.randint(0, LATEST_YEAR - template.year)
        text = moved(template, with_duties(template, duties, chance), county, years)
        yield f"{position:05d}-{template.stem}.txt", text


def read_templates() -> list[Template]:
    """The text samples."""
    found = []
    for path in sample_documents():
        if path.suffix == ".txt":
            text, facts = read_facts(path)
            region = region_parts(facts.organization.region)
            year = int(facts.fiscal_year)
            found.append(Template(path.stem, text, region, year, facts.functions))
    return found


def with_duties(template: Template, duties: Sequence[str], chance: random.Random) -> str:
    """The text of a sample with other duties: some of all, as many as there is room for."""
    functions = sorted(template.functions, key=lambda function: function.span.start)
    kept = min(len(functions), chance.randint(FEWEST_DUTIES, MOST_DUTIES))
    drawn = iter(chance.sample(list(duties), kept))
    text, end = "", 0
    for function in functions:
        text += template.text[end : function.span.start] + next(drawn, function.text)
        end = function.span.end
    return text + template.text[end:]


def moved(template: Template, text: str, county: Division, years: int) -> str:
    """A text about another county and other years."""
    names = region_parts(county.full_name)
    text = text.replace("".join(template.region), county.full_name)
    text = text.replace(template.region[-1], names[-1])
    return YEAR.sub(lambda year: str(int(year[0]) + years), text)


if __name__ == "__main__":
    main()
