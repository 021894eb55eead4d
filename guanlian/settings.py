"""The settings of the whole program: those of the server, and the limits of reading."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pydantic import Field

from ingest.reading.limits import DEFAULT_LIMITS, MEBIBYTE, ReadingLimits
from ingest.theme_suggestions import LEAST_EMBEDDING, EmbeddedExamples, Examples
from ontology.similarity import SimilarityModel, load_model
from server.settings import Settings


class ProgramSettings(Settings):
    """What `guanlian` needs to know; sources and errors are those of the server's settings."""

    reading_seconds: float = Field(
        DEFAULT_LIMITS.seconds, gt=0, description="when the reading of a document is given up"
    )
    reading_memory_mib: int = Field(
        DEFAULT_LIMITS.memory_bytes // MEBIBYTE,
        ge=64,
        description="how much memory the reading of a document may take, in MiB",
    )
    reading_pages: int = Field(
        DEFAULT_LIMITS.pages, ge=1, description="how many pages a document may have"
    )
    reading_file_mib: int = Field(
        DEFAULT_LIMITS.file_bytes // MEBIBYTE,
        ge=1,
        description="how large the file of a document may be, in MiB",
    )
    reading_unpacked_mib: int = Field(
        DEFAULT_LIMITS.unpacked_bytes // MEBIBYTE,
        ge=1,
        description="how large the parts of an Office file may be when unpacked, in MiB",
    )

    ocr: bool = Field(
        False, description="whether pages that are pictures are read by an installed engine"
    )

    page_images: bool = Field(
        True,
        description="whether pictures of the pages of PDF files are kept, to show facts on them",
    )

    validation: bool = Field(
        True, description="whether the graphs of every document are held against the shapes"
    )

    similarity: str | None = Field(
        None,
        description="what makes a local embedding model, module:factory; it ranks and suggests only",
    )
    similarity_least: float = Field(
        float(LEAST_EMBEDDING),
        ge=0,
        le=1,
        description="how alike a clause and an example must be to the model to suggest a theme",
    )

    def similarity_model(self) -> SimilarityModel | None:
        """The model that the settings name; None if they name none.

        Raises:
            SimilarityError: the name is of no model.
        """
        return load_model(self.similarity) if self.similarity else None

    def examples(self) -> Examples | None:
        """The examples in the space of that model; errors as `similarity_model`."""
        model = self.similarity_model()
        return EmbeddedExamples(model, Decimal(str(self.similarity_least))) if model else None

    def reading_limits(self) -> ReadingLimits:
        """The limits as reading takes them."""
        return ReadingLimits(
            seconds=self.reading_seconds,
            memory_bytes=self.reading_memory_mib * MEBIBYTE,
            pages=self.reading_pages,
            file_bytes=self.reading_file_mib * MEBIBYTE,
            unpacked_bytes=self.reading_unpacked_mib * MEBIBYTE,
            ocr=self.ocr,
        )

    def ingestion_limits(self) -> ReadingLimits:
        """The same for a release, which keeps pictures of pages too."""
        return replace(self.reading_limits(), pictures=self.page_images)
