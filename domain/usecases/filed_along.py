"""What goes along with an opinion, filed in the same commit as its words."""

from collections.abc import Sequence

from domain.ids import Ids
from domain.model.opinion import Opinion
from domain.model.opinion_picture import HeldPicture
from domain.model.resident import OpinionDraft
from domain.ports import Work


async def add_along(
    work: Work, ids: Ids, opinion: Opinion, draft: OpinionDraft, held: Sequence[HeldPicture]
) -> None:
    """The pictures and the point of a draft, beside the words that it becomes."""
    await work.opinions.add_pictures(opinion.id, [(ids.new(), one.content) for one in held])
    if draft.point is not None:
        await work.opinions.add_point(opinion.id, draft.point)
