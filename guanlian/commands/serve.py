"""guanlian serve: the current release over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from guanlian.asking import current_release
from guanlian.errors import UsageError
from guanlian.options import DataOption
from guanlian.settings import ProgramSettings
from guanlian.terminal import say
from server.islands import built_manifest
from server.run import serve as serve_settings
from server.supervisor import ServeError
from store.editing import first_release
from store.releases import DataFolder

HostOption = Annotated[str | None, typer.Option(help="The address to listen on.")]
PortOption = Annotated[int | None, typer.Option(min=0, max=65535, help="The port to listen on.")]
WITHOUT_ISLANDS = (
    "the pages are served without their interactive parts, which were not built:"
    " `uv run just web` builds them where the npm registry is in reach"
)


def serve(
    data: DataOption = None,
    host: HostOption = None,
    port: PortOption = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that serve the port.")
    ] = None,
) -> int:
    """Serve the SPARQL endpoint and the pages until interrupted."""
    said: dict[str, Any] = {"data": data, "host": host, "port": port, "workers": workers}
    serve_until_interrupted(
        ProgramSettings(**{name: value for name, value in said.items() if value is not None})
    )
    return 0


def serve_until_interrupted(settings: ProgramSettings) -> None:
    """Serve, and say where.

    Raises:
        UsageError: the address cannot be listened on.
        DataFolderError: there is no release to serve.
    """
    if settings.write_token is not None:
        first_release(DataFolder(settings.data))
    current_release(settings.data)
    if not built_manifest():
        say(WITHOUT_ISLANDS)
    try:
        serve_settings(settings, lambda at: say(f"serving {settings.data} on {at} (Ctrl-C stops)"))
    except ServeError as error:
        raise UsageError(str(error).rstrip(".")) from error
