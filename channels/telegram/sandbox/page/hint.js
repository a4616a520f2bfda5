// What somebody who opens the page for the first time is told: who they are and what to try.

import { $, button, el, fullName } from "./dom.js";
import { t } from "./words.js";

const SEEN = "hint";
const PLACES = ["hint-wide", "hint-narrow"]; // in the empty room; on a phone under the list

export function showHint(me, chats, open) {
  if (localStorage.getItem(SEEN)) return hide();
  const bot = chats.find((chat) => chat.type === "bot");
  const name = fullName(me);
  for (const id of PLACES) {
    const steps = [
      el("li", {}, t("hint.read")),
      bot ? el("li", {}, button("link", () => open(bot.chat), t("hint.write", { bot: bot.title }))) : null,
      el("li", {}, button("link", () => $("who").click(), t("hint.change"))),
    ];
    $(id).replaceChildren(
      el("h2", {}, t("hint.title")),
      el("p", {}, me.role_note ? t("hint.you_are", { name, note: me.role_note }) : t("hint.you", { name })),
      el("ol", {}, steps.filter(Boolean)),
      button("done", () => (localStorage.setItem(SEEN, "1"), hide()), t("hint.done")));
    $(id).hidden = false;
  }
  $("choose").hidden = true;
  return undefined;
}

function hide() {
  for (const id of PLACES) $(id).hidden = true;
  $("choose").hidden = false;
}
