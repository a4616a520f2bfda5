"""Whether an address is free to listen on, found out before anything is started."""

import socket

from handlers.settings import Bind
from handlers.trouble import CannotStart


def settled(bind: Bind, variable: str) -> Bind:
    """The address with its port: port 0 becomes a free one; CannotStart if it is taken."""
    host, port = bind
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: a port that was left a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(
                "cli.port_busy", variable=variable, bind=f"{host}:{port}", why=error.strerror
            ) from None
        return host, probe.getsockname()[1]


def written(bind: Bind) -> str:
    """The address as a setting holds it."""
    host, port = bind
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
