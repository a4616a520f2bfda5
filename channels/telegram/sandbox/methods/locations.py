"""Places on the map, as a bot sends them."""

import math

from channels.telegram.sandbox.errors import Json, bad_request
from channels.telegram.sandbox.methods.call import Call
from channels.telegram.sandbox.methods.sending import send


def send_location(call: Call) -> Json:
    return send(call, {"location": _location(call)}, "")


def _location(call: Call) -> Json:
    north, east = _degrees(call, "latitude"), _degrees(call, "longitude")
    if not (abs(north) <= 90 and abs(east) <= 180):
        raise bad_request("wrong location specified")
    return {"latitude": north, "longitude": east}


def _degrees(call: Call, name: str) -> float:
    written = call.params.text(name)
    if not written:
        raise bad_request(f"{name} is empty")
    try:
        return float(written)
    except ValueError:
        return math.nan
