"""Things that go wrong on demand."""

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
}


class Faults:
    """The faults still to come, oldest first; each is used up as often as it says."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._planned = [Fault(**doc) for doc in store.everything("fault")]

    def plan(self, wish: Json) -> Fault:
        kind = wish.get("kind")
        if kind not in ACCEPTS:
            raise ControlError(f"kind is one of {', '.join(ACCEPTS)}")
        known = set(Fault.__dataclass_fields__) - {"id"}
        if unknown := set(wish) - known:
            raise ControlError(f"a fault has no {', '.join(sorted(unknown))}")
        defaults: Json = {"id": random_name(), "accept": ACCEPTS[kind], "method": "*"}
        fault = Fault(**(defaults | wish))
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
            if _meets(fault, method, chat):
                self._use(fault)
                return fault
        return None

    def _use(self, fault: Fault) -> None:
        fault.times -= 1
        if fault.times > 0:
            self._store.put("fault", fault.id, fault)
            return
        self._planned.remove(fault)
        self._store.drop("fault", fault.id)


def _meets(fault: Fault, method: str, chat: str) -> bool:
    if fault.method not in ("*", method) and fault.method.lower() != method.lower():
        return False
    return fault.chat is None or str(fault.chat) == chat
