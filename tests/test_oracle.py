"""What an independent reader sees in real disclosures is among the facts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.extract import extract
from ingest.facts import Comparison, DocumentFacts, Observation
from ingest.narrative.figures import UNIT_FACTOR
from ingest.reading.files import read_file
from tests.oracle import Seen, see

CORPUS_DOCUMENTS = (
    "chongqing/kaizhou-2020.txt",
    "chongqing/jiangjin-2023.txt",
    "provinces/guangdong-police-2020.txt",
    "provinces/sichuan-education-2022.txt",
)
# Differences with their reason: an amount that the oracle takes for one of the accounts. None is known.
KNOWN_DIFFERENCES: dict[str, set[Seen]] = {}


def told(facts: DocumentFacts) -> Iterator[Seen]:
    """The facts in the oracle's terms."""
    for observation in facts.amounts:
        yield Seen("amount", in_yuan(observation.value, observation), None)
        for mention in observation.mentions:
            yield Seen("amount", mention.value * UNIT_FACTOR[mention.unit or "万元"], None)
        yield Seen("completion", None, observation.completion)
        yield Seen("share", None, observation.share)
        for comparison in observation.comparisons:
            yield from told_change(observation, comparison)


def told_change(observation: Observation, comparison: Comparison) -> Iterator[Seen]:
    delta = None if comparison.delta is None else in_yuan(comparison.delta, observation)
    yield Seen(comparison.direction, delta, comparison.percent)
    yield Seen(comparison.direction, delta, None)


def in_yuan(value: Decimal, observation: Observation) -> Decimal:
    return value * UNIT_FACTOR[observation.unit]


def differences(path: Path) -> set[Seen]:
    """What the oracle sees and the facts do not tell."""
    document = read_file(path)
    seen = set(see(document.text))
    assert len(seen) > 20, path.name
    return seen - set(told(extract(document)))


@pytest.mark.parametrize("name", CORPUS_DOCUMENTS)
def test_corpus_document_tells_all_that_the_oracle_sees(corpus: Path, name: str) -> None:
    assert differences(corpus / name) == KNOWN_DIFFERENCES.get(name, set())


def test_samples_tell_all_that_the_oracle_sees(samples: Path) -> None:
    for path in sorted(samples.glob("*.txt")):
        assert differences(path) == KNOWN_DIFFERENCES.get(path.name, set()), path.name
