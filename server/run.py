"""Running the server until it is stopped."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import closing

from server.app import started_nurseries
from server.settings import Settings
from server.supervisor import ServeError, Supervisor
from store.releases import DataFolder


class PortInUseError(ServeError):
    """Another program listens on the port."""


class AddressError(ServeError):
    """The host is no address of this machine, or the port is not for us to open."""


def serve(settings: Settings, announce: Callable[[str], object] = lambda address: None) -> None:
    """Serve the data folder until interrupted.

    Args:
        settings: what to serve, and where.
        announce: is told the address once the port is ours; with port 0 that is the free one.

    Raises:
        PortInUseError, AddressError: the address cannot be listened on.
        NoReleaseError, NewerFormatError, DamagedReleaseError: there is nothing to serve.
    """
    folder = DataFolder(settings.data)
    folder.current()
    with (
        closing(listening_socket(settings.host, settings.port)) as listener,
        started_nurseries(settings) as nurseries,
    ):
        announce(f"http://{settings.host}:{listener.getsockname()[1]}")
        Supervisor(settings, listener, nurseries).run()


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket bound to the address, opened before anything else is started."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise AddressError(f"{host} is not an address to listen on: {error}.") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(socket.SOMAXCONN)
    except OSError as error:
        listener.close()
        raise bind_error(host, port, error) from error
    return listener


def bind_error(host: str, port: int, error: OSError) -> ServeError:
    if error.errno == errno.EADDRINUSE:
        return PortInUseError(
            f"Port {port} on {host} is in use by another program; please choose another --port."
        )
    return AddressError(f"{host}:{port} cannot be listened on: {error.strerror}.")
