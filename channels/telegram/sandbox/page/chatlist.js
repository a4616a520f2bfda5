// The list of one person's chats, newest first.

import { gist, isOwn, service, speaker } from "./bubble.js";
import { $, el, face, seedOf } from "./dom.js";
import { brief } from "./time.js";

export function showChats(chats, me, current, open) {
  const sorted = [...chats].sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0));
  $("chats").replaceChildren(...sorted.map((chat) => row(chat, me, chat.chat === current, open)));
  const unread = chats.reduce((sum, chat) => sum + chat.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${me.first_name} – Telegram thực hành`;
}

function row(chat, me, isOpen, open) {
  const button = el("button", { type: "button", onclick: () => open(chat.chat) },
    face(chat.title, seedOf(chat.chat)),
    el("span", { className: "who" }, el("strong", {}, chat.title), el("small", {}, lastLine(chat, me))),
    el("span", { className: "meta" },
      el("time", {}, chat.last ? brief(chat.last.date) : ""),
      chat.unread ? el("b", { className: "unread" }, String(chat.unread)) : null));
  if (isOpen) button.setAttribute("aria-current", "true");
  button.dataset.chat = chat.chat;
  return el("li", {}, button);
}

function lastLine(chat, me) {
  if (!chat.last) return chat.short_description || (chat.type === "bot" ? "Bấm để bắt đầu" : "Chưa có tin nhắn");
  const text = gist(chat.last).replace(/\s+/g, " ");
  if (service(chat.last)) return text;
  if (isOwn(chat.last, me)) return `Bạn: ${text}`;
  return chat.type === "bot" ? text : `${speaker(chat.last)}: ${text}`;
}
