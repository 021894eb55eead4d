"""The settings of the server: by argument, by environment (`GUANLIAN_…`), by `guanlian.toml`."""

from __future__ import annotations

import hashlib
import os
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, StringConstraints
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

FILE_NAME = "guanlian.toml"
WANTED = "wanted is one setting a line, such as port = 8000"

MEBIBYTE = 1 << 20


#: With a path, so that a beginning of an IRI always holds the whole host.
HttpIri = Annotated[str, StringConstraints(pattern=r"^https?://[^/?#@]+/[^#]*$")]


#: What changes no answer.
ONLY_PLACE_AND_PACE = frozenset({"data", "host", "port", "workers", "queries_at_once"})


class SettingsError(Exception):
    """The settings file cannot be read; the message names it, the line and what is wanted."""


class Settings(BaseSettings):
    """What the server needs to know; the first source that names a setting wins.

    Raises SettingsError for a malformed file, pydantic's ValidationError for a value out of range.
    """

    model_config = SettingsConfigDict(env_prefix="GUANLIAN_", toml_file=FILE_NAME)

    data: Path = Field(Path("data"), description="the data folder with the releases")
    host: str = Field("127.0.0.1", description="the address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="the port to listen on; 0 takes a free one")
    workers: int = Field(
        min(4, os.cpu_count() or 1), ge=1, description="how many processes serve the one port"
    )
    queries_at_once: int = Field(
        os.cpu_count() or 1, ge=1, description="how many queries are worked on at once"
    )
    query_timeout_seconds: float = Field(30.0, gt=0, description="when a query is stopped")
    query_memory_mib: int = Field(
        2048, ge=64, description="how much memory a query may take beyond what is shared, in MiB"
    )
    row_limit: int = Field(
        1_000_000, ge=1, description="how many solutions a SELECT without LIMIT is given"
    )
    answer_mib: int = Field(1024, ge=1, description="how large one answer may be, in MiB")
    idle_client_seconds: float = Field(
        30.0, gt=0, description="how long a client may take none of its answer"
    )
    memory_mib: int = Field(
        default_factory=lambda: physical_memory_mib() // 3,  # workers copy some of it
        ge=0,
        description="how large a release may be to be served from memory, in MiB; 0: never",
    )
    cache_mib: int = Field(
        64, ge=0, description="how much of the answers given last is kept, in MiB; 0: nothing"
    )
    largest_body_bytes: int = Field(
        16 * 2**20, ge=1, description="how long the body of a request may be; 413 if longer"
    )
    base_iri: str = Field(
        "https://w3id.org/guanlian/",
        pattern=r"^https?://.+/$",
        description="what the IRIs of the graph begin with, whatever host serves them",
    )
    publisher: str = Field("官联 Guanlian", description="who publishes the data, for the catalogue")
    license_iri: str | None = Field(
        None,
        pattern=r"^https?://\S+$",
        description="the IRI of the licence of the data, for the catalogue",
    )
    write_token: SecretStr | None = Field(
        None, min_length=1, description="who bears it may write; without it nobody may"
    )
    write_timeout_seconds: float = Field(120.0, gt=0, description="when a write is stopped")
    allowed_services: tuple[HttpIri, ...] = Field(
        (), description="IRIs of the endpoints that SERVICE may ask"
    )
    allowed_sources: tuple[HttpIri, ...] = Field(
        (), description="IRIs that LOAD may read, or beginnings of IRIs that end with a slash"
    )

    @cached_property
    def answer_mark(self) -> str:
        """Another one as soon as the same release may be answered otherwise: under another base, licence or
        limit of rows. Where and by how many processes it is served changes no answer."""
        told = self.model_dump_json(exclude={*ONLY_PLACE_AND_PACE, "write_token"})
        return hashlib.sha256(f"{told} {self.write_token is not None}".encode()).hexdigest()[:16]

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, settings_file(settings_cls)


def settings_file(settings_class: type[BaseSettings]) -> TomlConfigSettingsSource:
    """The settings in `guanlian.toml`, where there is one. Raises SettingsError."""
    try:
        return TomlConfigSettingsSource(settings_class)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{FILE_NAME} is not TOML: {error}; {WANTED}.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{FILE_NAME} is not UTF-8 (at line {line}); {WANTED}.") from error


def physical_memory_mib() -> int:
    """The memory of the machine in MiB; 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // MEBIBYTE
    except (OSError, ValueError):
        return 0
