"""How strict, how slow and how faulty the sandbox is."""

from dataclasses import asdict

from channels.telegram.sandbox.control.wishes import number
from channels.telegram.sandbox.errors import ControlError, Json
from channels.telegram.sandbox.sandbox import Sandbox


def settings(sandbox: Sandbox, wish: Json) -> Json:
    """Changes the named settings and tells all of them."""
    current = asdict(sandbox.world.settings)
    if unknown := set(wish) - set(current):
        raise ControlError(f"no setting {', '.join(sorted(unknown))}; there are {list(current)}")
    for name in wish:
        setattr(sandbox.world.settings, name, type(current[name])(number(wish, name)))
    sandbox.world.save(sandbox.world.settings)
    return asdict(sandbox.world.settings)


def shown(sandbox: Sandbox, wish: Json) -> Json:
    return asdict(sandbox.world.settings)


def plan_fault(sandbox: Sandbox, wish: Json) -> Json:
    return asdict(sandbox.faults.plan(wish))


def planned_faults(sandbox: Sandbox, wish: Json) -> Json:
    return {"faults": [asdict(fault) for fault in sandbox.faults.planned()]}


def clear_faults(sandbox: Sandbox, wish: Json) -> Json:
    sandbox.faults.clear()
    return {}
