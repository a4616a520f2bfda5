// One message as a bubble, or as a line about the group.

import { el, face, fullName } from "./dom.js";
import { richText } from "./richtext.js";
import { fileAddress } from "./server.js";
import { clock } from "./time.js";

export const isOwn = (message, me) => message.from?.id === me.id && !message.sender_chat;

export function speaker(message) {
  const chat = message.sender_chat;
  if (!chat) return fullName(message.from);
  return chat.id === message.chat.id ? `${chat.title} (ẩn danh)` : chat.title;
}

export function service(message) {
  const by = message.from ? fullName(message.from) : message.sender_chat.title;
  if (message.group_chat_created || message.supergroup_chat_created) return `${by} đã tạo nhóm`;
  if (message.new_chat_members) {
    const [who] = message.new_chat_members;
    return who.id === message.from.id ? `${by} đã vào nhóm` : `${by} đã thêm ${fullName(who)} vào nhóm`;
  }
  if (message.left_chat_member) {
    const who = message.left_chat_member;
    return who.id === message.from.id ? `${by} đã rời nhóm` : `${by} đã đưa ${fullName(who)} ra khỏi nhóm`;
  }
  if (message.forum_topic_created) return `${by} đã mở chủ đề “${message.forum_topic_created.name}”`;
  if (message.forum_topic_closed) return `${by} đã đóng chủ đề`;
  if (message.forum_topic_reopened) return `${by} đã mở lại chủ đề`;
  if (message.migrate_to_chat_id) return "Nhóm đã được nâng cấp thành siêu nhóm";
  if (message.migrate_from_chat_id) return "Siêu nhóm này được nâng cấp từ một nhóm";
  return "";
}

const file = (message) => message.document ?? message.video;

export function gist(message) {
  if (!message) return "";
  const words = message.text ?? message.caption ?? "";
  if (message.poll) return `[Bình chọn] ${message.poll.question}`;
  const sign = message.photo ? "[Ảnh] " : message.voice ? "[Ghi âm] " : file(message) ? `[Tệp] ${file(message).file_name} ` : "";
  return service(message) || `${sign}${words}`.trim();
}

export function bubble(message, { me, inGroup, continues, follow, acts }) {
  const line = service(message);
  if (line) return el("li", { className: "service", id: `m${message.message_id}` }, el("span", {}, line));
  const own = isOwn(message, me);
  const name = speaker(message);
  const seed = message.sender_chat?.id ?? message.from.id;
  const named = inGroup && !own;
  const body = el("div", { className: "bubble" },
    named && !continues ? el("div", { className: `name ink${Math.abs(seed) % 7}` }, name) : null,
    quote(message, acts),
    media(message),
    words(message, follow),
    poll(message, acts),
    el("span", { className: "stamp" }, message.edit_date ? "đã sửa " : "", clock(message.date)),
  );
  const column = el("div", { className: "column" }, body, keyboard(message, acts));
  const side = named ? (continues ? el("span", { className: "face none" }) : face(name, seed)) : null;
  const classes = ["message", own ? "own" : "", continues ? "continues" : ""].join(" ").trim();
  return el("li", { className: classes, id: `m${message.message_id}` }, side, column, tools(message, own, acts));
}

function words(message, follow) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  const entities = message.entities ?? message.caption_entities;
  return el("div", { className: "words" }, richText(text, entities, follow));
}

function quote(message, acts) {
  const answered = message.reply_to_message;
  if (!answered || answered.forum_topic_created) return null;
  const onclick = () => acts.show(answered.message_id);
  return el("button", { type: "button", className: "quote", onclick },
    el("strong", {}, speaker(answered)), el("span", {}, gist(answered)));
}

function media(message) {
  if (message.photo) {
    const { file_id, width, height } = message.photo.at(-1);
    return el("img", { className: "photo", src: fileAddress(file_id), alt: message.caption ?? "Ảnh", width, height });
  }
  if (message.voice) {
    const { file_id, duration } = message.voice;
    return el("audio", { className: "voice", controls: true, src: fileAddress(file_id), ariaLabel: `Ghi âm ${duration} giây` });
  }
  if (file(message)) {
    const { file_id, file_name, file_size } = file(message);
    const size = `${Math.max(1, Math.round(file_size / 1024)).toLocaleString("vi-VN")} KB`;
    return el("a", { className: "document", href: fileAddress(file_id), download: file_name },
      el("img", { src: "/page/sheet.svg", alt: "" }), el("span", {}, el("strong", {}, file_name), el("small", {}, size)));
  }
  return null;
}

function poll({ poll: asked, message_id }, acts) {
  if (!asked) return null;
  const option = ({ text, voter_count }, index) => el("li", {},
    el("button", { type: "button", disabled: asked.is_closed, onclick: () => acts.vote(message_id, index) }, text),
    el("span", {}, String(voter_count)));
  return el("div", { className: "poll" }, el("strong", {}, asked.question),
    el("ul", {}, ...asked.options.map(option)),
    el("small", {}, `${asked.total_voter_count} người bình chọn${asked.is_closed ? ", đã đóng" : ""}`));
}

function keyboard(message, acts) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const made = rows.map((row) => el("div", { className: "row" }, ...row.map((button) => {
    const pressed = el("button", { type: "button", onclick: () => acts.press(message, button, pressed) }, button.text);
    if (button.url) pressed.append(el("i", { ariaHidden: "true" }, "↗"));
    return pressed;
  })));
  return el("div", { className: "keyboard" }, ...made);
}

function tools(message, own, acts) {
  const tool = (sign, title, onclick) => el("button", { type: "button", title, ariaLabel: title, onclick }, sign);
  return el("span", { className: "tools" },
    tool("↩", "Trả lời", () => acts.reply(message)),
    own && message.text ? tool("✎", "Sửa", () => acts.edit(message)) : null);
}
