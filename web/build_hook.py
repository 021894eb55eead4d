"""The build hook of hatchling: the islands are built before the package is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# The backend loads this file alone.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from web.building import BuildError, RegistryError, build
from web.node import REQUIREMENT, found_node
from web.sources import is_built

EDITABLE = "editable"


class IslandsBuildHook(BuildHookInterface[Any]):
    """Builds what has changed; where the npm registry is out of reach, an editable install goes without."""

    def dependencies(self) -> list[str]:
        """Node.js as a package, where there is something to build and no Node.js to build with."""
        needs_node = not is_built(Path(self.root)) and found_node() is None
        return [REQUIREMENT] if needs_node else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before the files are collected."""
        try:
            build(Path(self.root))
        except RegistryError as error:
            if version != EDITABLE:
                self.app.abort(str(error))
            self.app.display_warning(str(error))
        except BuildError as error:
            self.app.abort(str(error))
