// The list of one person's chats, newest first.

import { $, button, el, face, seedOf } from "./dom.js";
import { icon } from "./icons.js";
import { gist, isOwn, seedOfSpeaker, service, speaker } from "./said.js";
import { brief } from "./time.js";
import { counted, t } from "./words.js";

const SIGNS = { channel: "channel", group: "group", supergroup: "group", bot: "bot" };

// `view`: chats, me, current (the open one), draft (what is being written somewhere), open.
export function showChats(view) {
  const { chats, me } = view;
  const wanted = plain($("search").value);
  const found = chats.filter((chat) => plain(chat.title).includes(wanted));
  const sorted = found.sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0));
  const focused = document.activeElement?.dataset?.chat;
  $("chats").replaceChildren(...sorted.map((chat) => row(chat, view)));
  if (!sorted.length && chats.length) $("chats").append(el("li", { className: "none" }, t("search.none")));
  if (focused) $("chats").querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus();
  const unread = chats.reduce((sum, chat) => sum + chat.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${me.first_name} – ${t("practice")}`;
}

// Without marks, so that "duong" finds "Đường".
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\u0111/g, "d").trim();

function row(chat, view) {
  const made = button("", () => view.open(chat.chat),
    face(chat.title, seedOf(chat.chat)),
    el("span", { className: "who" },
      el("strong", {}, icon(SIGNS[chat.type]), el("span", {}, chat.title)),
      el("small", {}, lastLine(chat, view))),
    el("span", { className: "meta" },
      el("time", {}, chat.last ? brief(chat.last.date) : ""),
      chat.unread ? el("b", { className: "unread", title: t("unread", { n: chat.unread }) }, counted(chat.unread)) : null));
  if (chat.chat === view.current) made.setAttribute("aria-current", "true");
  made.dataset.chat = chat.chat;
  return el("li", {}, made);
}

function lastLine(chat, { me, current, draft }) {
  const written = chat.chat === current ? "" : draft(chat.chat);
  if (written) return [el("em", {}, `${t("draft")}: `), written];
  if (!chat.last) return chat.short_description || t(chat.type === "bot" ? "press_to_start" : "nothing_here");
  const text = gist(chat.last);
  if (service(chat.last) || chat.type === "channel") return text;
  if (isOwn(chat.last, me)) return `${t("you")}: ${text}`;
  if (chat.type === "bot") return text;
  return [el("span", { className: `by ink${Math.abs(seedOfSpeaker(chat.last)) % 7}` }, `${speaker(chat.last)}: `), text];
}

export function readyList(redraw, step) {
  $("search").oninput = redraw;
  $("chats").onkeydown = (event) => {
    const rows = [...$("chats").querySelectorAll("button")];
    const to = rows.indexOf(document.activeElement) + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0);
    if (event.key.startsWith("Arrow") && rows[to]) (event.preventDefault(), rows[to].focus());
  };
  // As in the app: Alt and an arrow go to the next chat from anywhere.
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const rows = [...$("chats").querySelectorAll("[data-chat]")];
    const at = rows.findIndex((one) => one.getAttribute("aria-current"));
    const next = rows[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) step(next.dataset.chat);
  });
}
