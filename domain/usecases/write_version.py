"""An author writes what a bulletin says in one language, or takes a language out again."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.model.access import Actor
from domain.model.bulletin import Draft
from domain.model.button import Button
from domain.model.version import FIRST_LANGUAGE, Version
from domain.ports import Cause
from domain.usecases.compose import Compose
from domain.usecases.drafting import Preview


@dataclass(frozen=True, slots=True)
class WriteVersion:
    """Writing in several languages (các bản ngôn ngữ)."""

    compose: Compose

    async def write(
        self, actor: Actor, bulletin_id: str, version: Version, cause: Cause | None
    ) -> Preview:
        """Put it in the place of what was written in its language; a title stays if none came."""
        was = await self._draft(bulletin_id)
        if version.language != FIRST_LANGUAGE:
            if was.title and not version.title:
                raise Refusal("compose.version_without_title")
            others = _without(was, version.language)
            return await self.compose.change_draft(
                actor, bulletin_id, cause, translations=(*others, version)
            )
        return await self.compose.change_draft(
            actor,
            bulletin_id,
            cause,
            title=version.title or was.title,
            text=version.text,
            marks=version.marks,
        )

    async def remove(self, actor: Actor, button: Button, cause: Cause | None) -> Preview:
        """Leave out a language: its groups get the Vietnamese again."""
        others = _without(await self._draft(button.subject), button.choice)
        return await self.compose.change_by_button(actor, button, cause, translations=others)

    async def _draft(self, bulletin_id: str) -> Draft:
        async with self.compose.memory.begin() as work:
            return await work.bulletins.draft(bulletin_id)


def _without(draft: Draft, language: str) -> tuple[Version, ...]:
    return tuple(one for one in draft.translations if one.language != language)
