"""What several tests need: the shipped samples, and the corpus of real documents where it is present."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guanlian.ingestion import Ingestion
from guanlian.samples import sample_documents
from ingest.reading.limits import ReadingLimits

# An application starts in each of many tests: only those about memory have it load its release there.
os.environ.setdefault("GUANLIAN_MEMORY_MIB", "0")
ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the shipped sample documents."""
    return SAMPLES


@pytest.fixture(scope="session")
def samples_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a release of the shipped samples, to be read only."""
    folder = tmp_path_factory.mktemp("samples")
    Ingestion(sample_documents(), folder, limits=ReadingLimits(pictures=True)).run()
    return folder


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the real documents; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("GUANLIAN_CORPUS", ROOT / ".." / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip(f"the corpus of real documents is not at GUANLIAN_CORPUS={folder}")
    return folder
