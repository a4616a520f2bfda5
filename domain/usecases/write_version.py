"""An author writes what a bulletin says in one language, or takes a language out again."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.model.access import Actor
from domain.model.bulletin import Draft
from domain.model.button import Button
from domain.model.version import FIRST_LANGUAGE, Version
from domain.ports import Cause
from domain.usecases.compose import Compose, DraftFields
from domain.usecases.drafting import Preview


@dataclass(frozen=True, slots=True)
class WriteVersion:
    """Writing in several languages (các bản ngôn ngữ)."""

    compose: Compose

    async def write(
        self, actor: Actor, bulletin_id: str, version: Version, cause: Cause | None
    ) -> Preview:
        """Put it in the place of what was written in its language; a title stays if none came."""
        return await self.compose.rewrite(
            actor, bulletin_id, cause, lambda was: _with(was, version)
        )

    async def remove(self, actor: Actor, button: Button, cause: Cause | None) -> Preview:
        """Leave out a language: its groups get the Vietnamese again."""
        return await self.compose.rewrite_by_button(
            actor, button, cause, lambda was: {"translations": _without(was, button.choice)}
        )


def _with(was: Draft, version: Version) -> DraftFields:
    if version.language == FIRST_LANGUAGE:
        title = version.title or was.title
        return {"title": title, "text": version.text, "marks": version.marks}
    if was.title and not version.title:
        raise Refusal("compose.version_without_title")
    return {"translations": (*_without(was, version.language), version)}


def _without(draft: Draft, language: str) -> tuple[Version, ...]:
    return tuple(one for one in draft.translations if one.language != language)
