// Over and under a conversation: its name, how many are there, its topics, and what one may do.

import { $, button, el, face, seedOf } from "./dom.js";
import { t } from "./words.js";

export function head(room) {
  const { chat, isThread } = room;
  for (const id of ["room-head", "scroll", "foot"]) $(id).hidden = false;
  $("nothing").hidden = true;
  $("room").classList.toggle("thread", isThread);
  $("room-face").replaceChildren(face(chat.title, seedOf(chat.chat)));
  $("room-title").textContent = isThread ? t("comments.title") : chat.title;
  note(room);
  topics(room);
  $("block").hidden = chat.type !== "bot" || !chat.started;
  $("block").textContent = t(chat.blocked ? "unblock" : "block");
  const silent = chat.type === "bot" && (!chat.started || chat.blocked);
  const barred = !isThread && chat.may_write === false;
  $("start").hidden = !silent;
  $("start").textContent = t(chat.blocked ? "restart" : "start");
  $("composer").hidden = silent || barred;
  $("barred").hidden = silent || !barred;
  $("barred").textContent = t(chat.type === "channel" ? "barred.channel" : "barred.group");
}

export function note(room, text) {
  $("room-note").textContent = text ?? usual(room);
  $("room-note").classList.toggle("busy", Boolean(text));
}

function usual({ chat, isThread, timeline }) {
  if (isThread) {
    const n = timeline?.units.flatMap((unit) => unit.messages).filter((message) => !message.is_automatic_forward).length ?? 0;
    return n ? t("comments", { n }) : chat.title;
  }
  if (chat.type === "bot") return t("kind.bot");
  return t(chat.type === "channel" ? "subscribers" : "members", { n: chat.members });
}

function topics(room) {
  const known = room.chat.topics;
  $("topics").hidden = !known;
  if (!known) return;
  const all = [{ thread: 0, name: t("topic.general"), closed: false }, ...known];
  $("topics").replaceChildren(...all.map(({ thread, name, closed }) => {
    const made = button("", () => room.turnTo(thread), closed ? t("topic.closed", { name }) : name);
    made.setAttribute("aria-pressed", String(thread === room.source.thread));
    return el("li", {}, made);
  }));
}

// What stands where nobody has written yet.
export function about(chat, isThread) {
  if (chat.description && !isThread) {
    return el("li", { className: "service about" },
      el("div", {}, el("strong", {}, t("about_bot")), el("p", {}, chat.description)));
  }
  return el("li", { className: "service empty" }, el("span", {}, t(isThread ? "comments.empty" : "nothing_here")));
}
