"""The program: `guanlian` and `python -m guanlian`."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit status; Ctrl-C ends it at any moment, while the
    program is still being loaded too."""
    try:
        from guanlian.command_line import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    sys.exit(status)


if __name__ == "__main__":
    main()
