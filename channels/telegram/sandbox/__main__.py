"""`python -m channels.telegram.sandbox --bind HOST:PORT --state DIR`."""

import argparse
from pathlib import Path

from channels.telegram.sandbox.server import run


def address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return host, int(port)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m channels.telegram.sandbox", description="A practice Telegram Bot API."
    )
    parser.add_argument("--bind", type=address, default=("127.0.0.1", 8081), metavar="HOST:PORT")
    parser.add_argument("--state", type=Path, required=True, metavar="DIR")
    options = parser.parse_args()
    host, port = options.bind
    run(host, port, options.state)


if __name__ == "__main__":
    main()
