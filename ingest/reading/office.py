"""DOC, WPS and RTF files: LibreOffice, where it is installed, makes DOCX of them.

Each conversion has a profile folder of its own, so that runs side by side, and a LibreOffice that
somebody has open, do not disturb each other. Macros and links of the file stay off.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from ingest.reading.document import Document, DocumentError
from ingest.reading.docx import read_docx
from ingest.reading.limits import DEFAULT_LIMITS, MEBIBYTE, ReadingLimits

PROGRAMS = ("soffice", "libreoffice")
# LibreOffice alone takes more address space than a whole document may cost otherwise.
MEMORY_BYTES = 4096 * MEBIBYTE
# Macros never run, links are never followed.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read_office(
    name: str,
    content: bytes,
    kind: str,
    suffix: str,
    media_type: str,
    limits: ReadingLimits = DEFAULT_LIMITS,
) -> Document:
    """The document in the bytes of a file of this kind ("a DOC file"), read by way of DOCX.

    Raises:
        DocumentError: LibreOffice is not installed, fails at the file, or takes too long.
    """
    program = find_program()
    if program is None:
        raise DocumentError(
            f"is {kind}; to read it LibreOffice must be installed, or save it as DOCX"
        )
    document = read_docx(name, convert(program, content, kind, suffix, limits), limits)
    return replace(document, media_type=media_type, content_sha256=sha256(content).hexdigest())


def find_program() -> str | None:
    """The LibreOffice on the path, None where it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def convert(program: str, content: bytes, kind: str, suffix: str, limits: ReadingLimits) -> bytes:
    """The DOCX that LibreOffice makes of the bytes."""
    with tempfile.TemporaryDirectory(prefix="guanlian-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source = home / f"document{suffix}"
        source.write_bytes(content)
        profile = home / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        run(
            [
                program, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
                f"-env:UserInstallation={(home / 'profile').as_uri()}",
                "--convert-to", "docx", "--outdir", str(home / "out"), str(source),
            ],
            kind,
            limits.seconds,
        )  # fmt: skip
        made = home / "out" / "document.docx"
        if not made.is_file():
            raise DocumentError(f"is {kind} that LibreOffice cannot open")
        return made.read_bytes()


def run(command: list[str], kind: str, seconds: float) -> None:
    """Run to the end, or end the program and its helpers when the time is over."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=limiter(seconds),
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise DocumentError(
            f"is {kind} that LibreOffice did not convert in {seconds:g} seconds"
        ) from None
    finally:
        end_group(process)


def limiter(seconds: float) -> Callable[[], None] | None:
    """What the program does before it starts: it takes limits of its own, other than ours, which hold
    even when we are gone."""
    if sys.platform == "win32":
        return None
    import resource

    def take_limits() -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _, hardest = resource.getrlimit(resource.RLIMIT_AS)
        memory = MEMORY_BYTES if hardest == resource.RLIM_INFINITY else min(MEMORY_BYTES, hardest)
        resource.setrlimit(resource.RLIMIT_AS, (memory, hardest))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))

    return take_limits


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    process.wait()
