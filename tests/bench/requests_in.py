"""Just enough HTTP to find where one request ends, on a connection that carries many."""

import re

LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:\s*chunked", re.IGNORECASE)
HEAD_END, LAST_CHUNK = b"\r\n\r\n", b"0\r\n\r\n"


def request_end(received: bytearray, start: int) -> tuple[int, int] | None:
    """Where the body of the request at `start` begins and where it ends, once it is whole."""
    head_end = received.find(HEAD_END, start)
    if head_end < 0:
        return None
    body = head_end + len(HEAD_END)
    sized = LENGTH.search(received, start, body)
    if sized:
        end = body + int(sized[1])
    elif CHUNKED.search(received, start, body):
        last = received.find(LAST_CHUNK, body)
        end = last + len(LAST_CHUNK) if last >= 0 else len(received) + 1
    else:
        end = body
    return (body, end) if end <= len(received) else None
