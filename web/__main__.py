"""`python -m web build` and `python -m web check`."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from web.building import BuildError, RegistryError, build, check
from web.node import REQUIREMENT, found_node

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = {"build": build, "check": check}


def main() -> None:
    """One of the commands, with Node.js fetched where this machine has none."""
    command = COMMANDS.get(sys.argv[1] if len(sys.argv) == 2 else "")
    if command is None:
        sys.exit(f"Usage: python -m web {'|'.join(COMMANDS)}")
    uv = shutil.which("uv")
    if found_node() is None and uv is not None:
        again = ["run", "--no-sync", "--with", REQUIREMENT, "python", "-m", "web", *sys.argv[1:]]
        os.execv(uv, [uv, *again])
    try:
        command(ROOT)
    except RegistryError as error:
        if command is not check:
            sys.exit(str(error))
        # What cannot be fetched cannot be wrong either: the gate tells it and goes on, as an install does.
        print(error, file=sys.stderr)
    except BuildError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
