"""Things that go wrong on demand."""

import random
from http import HTTPStatus

from channels.telegram.sandbox.clock import random_name
from channels.telegram.sandbox.errors import ControlError, Json
from channels.telegram.sandbox.records import Fault
from channels.telegram.sandbox.store import Store

ACCEPTS = {
    "drop_before": False,
    "drop_after": True,
    "late": True,
    "error": False,
    "broken_json": True,
    "retry_after": False,
    "migrate": False,
}
BODIES = {
    "error": ("json", "html"),
    "retry_after": ("json", "html"),
    "broken_json": ("truncated", "text", "empty"),
}
OWN = {"id", "drawn"}


class Faults:
    """The faults still to come, oldest first; each is used up as often as it says."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._planned = [Fault(**doc) for doc in store.everything("fault")]

    def plan(self, wish: Json) -> Fault:
        fault = _checked(wish)
        self._planned.append(fault)
        self._store.put("fault", fault.id, fault)
        return fault

    def clear(self) -> None:
        for fault in self._planned:
            self._store.drop("fault", fault.id)
        self._planned.clear()

    def planned(self) -> list[Fault]:
        return list(self._planned)

    def take(self, method: str, chat: str) -> Fault | None:
        """The fault this call meets, counted as used."""
        for fault in self._planned:
            if _meets(fault, method, chat) and self._drawn(fault):
                self._use(fault)
                return fault
        return None

    def _drawn(self, fault: Fault) -> bool:
        """Whether chance strikes; the same seed strikes the same calls, also after a restart."""
        if fault.probability >= 1:
            return True
        draw = random.Random(f"{fault.seed} {fault.drawn}").random()  # noqa: S311 - chance, no secret
        fault.drawn += 1
        self._store.put("fault", fault.id, fault)
        return draw < fault.probability

    def _use(self, fault: Fault) -> None:
        if fault.times == 0:
            return
        fault.times -= 1
        if fault.times:
            self._store.put("fault", fault.id, fault)
            return
        self._planned.remove(fault)
        self._store.drop("fault", fault.id)


def _checked(wish: Json) -> Fault:
    kind = wish.get("kind")
    if kind not in ACCEPTS:
        raise ControlError(f"kind is one of {', '.join(ACCEPTS)}")
    fields = {k: f for k, f in Fault.__dataclass_fields__.items() if k not in OWN}
    if unknown := set(wish) - set(fields):
        raise ControlError(f"a fault has no {', '.join(sorted(unknown))}")
    for name, value in wish.items():
        if not isinstance(value, fields[name].type):  # type: ignore[arg-type]
            raise ControlError(f"{name} cannot be {value!r}")
    bodies = BODIES.get(kind, ("",))
    defaults: Json = {
        "id": random_name(),
        "accept": ACCEPTS[kind],
        "method": "*",
        "body": bodies[0],
    }
    fault = Fault(**(defaults | wish))
    _check_values(fault, bodies)
    return fault


def _check_values(fault: Fault, bodies: tuple[str, ...]) -> None:
    if fault.body not in bodies:
        raise ControlError(f"the body of {fault.kind} is one of {', '.join(bodies)}")
    if fault.status < 400 or fault.status not in set(HTTPStatus):
        raise ControlError(f"{fault.status} is no status of an error")
    if fault.kind == "migrate" and not fault.to:
        raise ControlError("give to, the id the chat has moved to")
    if fault.times < 0 or not 0 <= fault.probability <= 1:
        raise ControlError("times is 0 or more, probability from 0 to 1")


def _meets(fault: Fault, method: str, chat: str) -> bool:
    if fault.method not in ("*", method) and fault.method.lower() != method.lower():
        return False
    return fault.chat is None or str(fault.chat) == chat
