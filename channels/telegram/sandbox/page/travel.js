// Follows links that lead to a place in this practice world.

import { ask, toast } from "./dom.js";
import { chatNamed, groupOf, readLink } from "./links.js";
import { post } from "./server.js";
import { t } from "./words.js";

export class Travel {
  // `ways`: openChat(ref), command(text).
  constructor(state, ways) { Object.assign(this, { state, ...ways }); }

  // True when the link leads to a place in this world.
  link(url) {
    const found = readLink(url);
    if (!found) return false;
    this.go(found).catch((error) => toast(error.message));
    return true;
  }

  open(address) {
    const url = new URL(address);
    if (!this.link(url)) window.open(url.href, "_blank", "noopener,noreferrer");
  }

  async go(link) {
    const { chats, me } = this.state;
    const chat = link.group ? groupOf(link, chats) : chatNamed(link.name, chats);
    if (!chat) return toast(t("not_a_member"));
    if (link.startgroup !== null && link.startgroup !== undefined) return this.startInGroup(chat, link);
    const room = await this.openChat(chat.chat);
    if (link.start !== null && link.start !== undefined) {
      await post("start", { user: me.id, bot: chat.chat, payload: link.start });
    }
    if (link.message) room.acts.show(link.message);
    return undefined;
  }

  async startInGroup(bot, link) {
    const groups = this.state.chats.filter((chat) => chat.type !== "bot");
    const choices = [...groups.map((chat) => [chat.title, chat.chat]), [t("cancel"), null]];
    const group = await ask(t("add_to_group", { bot: bot.title }), choices);
    if (!group) return;
    const wish = { user: this.state.me.id, bot: bot.chat, chat: group, payload: link.startgroup };
    await post("startgroup", wish);
    await this.openChat(group);
  }
}
