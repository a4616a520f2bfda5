// Turns text and its entities into elements; offsets are UTF-16 units, as in JavaScript's strings.

import { el } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SAFE = ["http:", "https:", "mailto:", "tg:"];

export function richText(text, entities = [], follow) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(text, sorted, 0, text.length, follow);
}

function pieces(text, entities, from, to, follow) {
  const found = document.createDocumentFragment();
  let at = from;
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i];
    const end = entity.offset + entity.length;
    if (entity.offset < at || end > to) continue;
    const inside = entities.slice(i + 1).filter((e) => e.offset + e.length <= end && e.offset >= entity.offset);
    found.append(text.slice(at, entity.offset));
    found.append(wrap(entity, text.slice(entity.offset, end), pieces(text, inside, entity.offset, end, follow), follow));
    at = end;
  }
  found.append(text.slice(at, to));
  return found;
}

function wrap(entity, plain, content, follow) {
  switch (entity.type) {
    case "text_link": return link(entity.url, content, follow);
    case "url": return link(/^\w+:\/\//.test(plain) ? plain : `https://${plain}`, content, follow);
    case "email": return link(`mailto:${plain}`, content, follow);
    case "mention": return link(`https://t.me/${plain.slice(1)}`, content, follow);
    case "bot_command": return command(plain, content, follow);
    case "hashtag": return el("span", { className: "tag" }, content);
    case "spoiler": return spoiler(content);
    default: return el(TAGS[entity.type] ?? "span", {}, content);
  }
}

function link(address, content, follow) {
  let url;
  try { url = new URL(address); } catch { return el("span", {}, content); }
  if (!SAFE.includes(url.protocol)) return el("span", {}, content);
  const onclick = (event) => { if (follow.link(url)) event.preventDefault(); };
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", onclick }, content);
}

function command(text, content, follow) {
  return el("button", { type: "button", className: "command", onclick: () => follow.command(text) }, content);
}

function spoiler(content) {
  const hidden = el("span", { className: "spoiler", title: "Bấm để xem" }, content);
  hidden.onclick = () => hidden.classList.add("seen");
  return hidden;
}
