"""Programs of the registry, each in a virtual environment of its own that uv makes."""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks.serve.servers.running import BenchmarkError


def installed(folder: Path, requirement: str, program: str) -> Path:
    """The program of a package, installed when it is not there. Raises BenchmarkError."""
    environment = folder / program
    path = environment / "bin" / program
    if not path.is_file():
        run_uv("venv", "--quiet", "--clear", str(environment))
        run_uv("pip", "install", "--quiet", "--python", str(environment), requirement)
    if not path.is_file():
        raise BenchmarkError(f"{requirement} brings no program {program}.")
    return path


def run_uv(*arguments: str) -> None:
    try:
        subprocess.run(["uv", *arguments], check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise BenchmarkError("uv is wanted to install the peers, and is not there.") from error
    except subprocess.CalledProcessError as error:
        raise BenchmarkError(f"uv {' '.join(arguments)} failed: {error.stderr.strip()}") from error
