"""Who joins, leaves and rises in a group, and what the bots are told of it."""

from dataclasses import dataclass

from channels.telegram.sandbox.clock import now
from channels.telegram.sandbox.errors import Json
from channels.telegram.sandbox.mailbox import Mailbox
from channels.telegram.sandbox.records import Bot, Chat, Dialog, GroupDialog, PrivateDialog, User
from channels.telegram.sandbox.timeline import Timeline
from channels.telegram.sandbox.world import World

RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip
RIGHTS_IN = {
    "group": ("can_pin_messages",),
    "supergroup": ("can_pin_messages", "can_manage_topics"),
    "channel": ("can_post_messages", "can_edit_messages"),
}
PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
    "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
    "can_send_other_messages", "can_add_web_page_previews", "can_change_info", "can_invite_users",
    "can_pin_messages", "can_manage_topics", "can_edit_tag", "can_react_to_messages",
)  # fmt: skip


def member_json(account: Bot | User, status: str, kind: str) -> Json:
    """Somebody in a chat of this kind, as `getChatMember` tells it."""
    shown: Json = {"user": account.as_json(), "status": status}
    match status:
        case "creator":
            return shown | {"is_anonymous": False}
        case "administrator":
            rights = dict.fromkeys((*RIGHTS, *RIGHTS_IN.get(kind, ())), True)
            return shown | {"can_be_edited": False, "is_anonymous": False} | rights
        case "restricted":
            silent = dict.fromkeys(PERMISSIONS, False)
            return shown | {"is_member": True, "until_date": 0} | silent
        case "kicked":
            return shown | {"until_date": 0}
    return shown


@dataclass
class Members:
    """Changes of standing, each told as Telegram tells it."""

    world: World
    mailbox: Mailbox
    timeline: Timeline

    def found(self, chat: Chat, founder: User, standings: dict[int, str]) -> None:
        """A new group with everybody already in it."""
        chat.members = {founder.id: "creator"} | standings
        self.world.save(chat)
        for account_id, status in standings.items():
            self._announce(chat, founder, account_id, "left", status)
        if chat.is_channel:
            return
        kind = "group_chat_created" if chat.type == "group" else "supergroup_chat_created"
        self.timeline.post(GroupDialog(chat), {"from": founder.as_json()}, {kind: True})

    def join(self, chat: Chat, by: User | Bot, account_id: int, status: str = "member") -> None:
        account = self.world.account(account_id)
        if account is None or chat.holds(account_id):
            return
        if chat.is_channel and isinstance(account, Bot):
            status = "administrator"
        self._stand(chat, by, account_id, status)
        self._say(chat, by, {"new_chat_members": [account.as_json()]})

    def leave(self, chat: Chat, by: User | Bot, account_id: int, status: str = "left") -> None:
        account = self.world.account(account_id)
        if account is None or not chat.holds(account_id):
            return
        content = {"left_chat_member": account.as_json()}
        leaver_is_told = chat.type == "group"
        if leaver_is_told:
            self._say(chat, by, content)
        self._stand(chat, by, account_id, status)
        if not leaver_is_told:
            self._say(chat, by, content)
        self.timeline.refresh([account_id])

    def stand(self, chat: Chat, by: User | Bot, account_id: int, status: str) -> None:
        """Promotes, demotes, restricts or frees somebody who is in the group."""
        if chat.holds(account_id) and chat.members[account_id] not in ("creator", status):
            self._stand(chat, by, account_id, status)

    def block(self, user: User, bot: Bot) -> None:
        if bot.id not in user.blocked:
            user.blocked.append(bot.id)
            self.world.save(user)
            self._tell(bot, PrivateDialog(user, bot), user, bot, "member", "kicked")
            self.timeline.refresh([user.id])

    def unblock(self, user: User, bot: Bot) -> None:
        if bot.id in user.blocked:
            user.blocked.remove(bot.id)
            self.world.save(user)
            self._tell(bot, PrivateDialog(user, bot), user, bot, "kicked", "member")
            self.timeline.refresh([user.id])

    def _say(self, chat: Chat, by: User | Bot, content: Json) -> None:
        if not chat.is_channel:
            self.timeline.post(GroupDialog(chat), {"from": by.as_json()}, content)

    def _stand(self, chat: Chat, by: User | Bot, account_id: int, status: str) -> None:
        before = chat.members.get(account_id, "left")
        chat.members[account_id] = status
        self.world.save(chat)
        self._announce(chat, by, account_id, before, status)
        self.timeline.refresh([account_id])

    def _announce(
        self, chat: Chat, by: User | Bot, account_id: int, before: str, after: str
    ) -> None:
        subject = self.world.account(account_id)
        if subject is None:
            return
        dialog = GroupDialog(chat)
        if isinstance(subject, Bot):
            self._tell(subject, dialog, by, subject, before, after)
        for bot in self.world.bots_in(dialog):
            if bot is not subject and chat.ruled_by(bot.id):
                self._tell(bot, dialog, by, subject, before, after)

    def _tell(
        self, bot: Bot, dialog: Dialog, by: User | Bot, subject: User | Bot, before: str, after: str
    ) -> None:
        kind = "my_chat_member" if subject is bot else "chat_member"
        chat = dialog.as_json()
        change = {
            "chat": chat,
            "from": by.as_json(),
            "date": int(now()),
            "old_chat_member": member_json(subject, before, chat["type"]),
            "new_chat_member": member_json(subject, after, chat["type"]),
        }
        self.mailbox.put(bot, kind, change)
