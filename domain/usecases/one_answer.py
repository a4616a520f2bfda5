"""What the office says on a case reaches whoever wrote about the same, each by an address apart."""

from dataclasses import replace

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.opinion import Answer, Opinion
from domain.ports import Work
from domain.usecases.case_in_hand import put_on_record


async def say_to_joined(
    work: Work, clock: Clock, ids: Ids, actor: Actor, permission: Permission, written: Answer
) -> tuple[tuple[Opinion, Answer], ...]:
    """Move every case that was joined to this one along with it; their letters are still owed.

    From here on each stands alone: it closes, and is opened again, on its own writer's word.
    """
    master = await work.opinions.get(written.opinion_id)
    said: list[tuple[Opinion, Answer]] = []
    for was in await work.opinions.joined_to(master.id):
        moved = was.moved_to(master.state, clock.now(), master.waits_until)
        joined = replace(moved, owner_id=written.author_id)
        own = replace(written, id=ids.new(), opinion_id=joined.id)
        await work.opinions.save(joined, was)
        await work.opinions.add_answer(own)
        await put_on_record(work, clock, actor, permission, joined, f"with={master.id}")
        said.append((joined, own))
    return tuple(said)


async def is_for_several(work: Work, opinion: Opinion) -> bool:
    """Whether other cases wait for this one's answer."""
    return bool(await work.opinions.joined_to(opinion.id))
