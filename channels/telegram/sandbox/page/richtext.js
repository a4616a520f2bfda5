// Turns text and its entities into elements; offsets are UTF-16 units, as in JavaScript's strings.

import { el } from "./dom.js";
import { t } from "./words.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote",
};
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const SAFE = ["http:", "https:", "mailto:", "tg:"];

export function richText(text, entities = [], follow) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(text, sorted, 0, text.length, follow);
}

function pieces(text, entities, from, to, follow) {
  const found = document.createDocumentFragment();
  let at = from;
  const blocks = entities.filter((entity) => BLOCKS.has(entity.type));
  const plain = (begin, end) => text.slice(begin + freed(text, begin, blocks, "after"), end - freed(text, end - 1, blocks, "before"));
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i];
    const end = entity.offset + entity.length;
    if (entity.offset < at || end > to) continue;
    const inside = entities.slice(i + 1).filter((e) => e.offset + e.length <= end && e.offset >= entity.offset);
    found.append(plain(at, entity.offset));
    found.append(wrap(entity, text.slice(entity.offset, end), pieces(text, inside, entity.offset, end, follow), follow));
    at = end;
  }
  found.append(plain(at, to));
  return found;
}

// A block stands on lines of its own, so that the line's end beside it would be one too many.
function freed(text, at, blocks, side) {
  if (text[at] !== "\n") return 0;
  return blocks.some((one) => (side === "after" ? one.offset + one.length === at : one.offset === at + 1)) ? 1 : 0;
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
    case "expandable_blockquote": return folded(content);
    default: return el(TAGS[entity.type] ?? "span", {}, content);
  }
}

function link(address, content, follow) {
  let url;
  try { url = new URL(address); } catch { return el("span", {}, content); }
  if (!SAFE.includes(url.protocol)) return el("span", {}, content);
  const onclick = (event) => { if (follow?.link(url)) event.preventDefault(); };
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", onclick }, content);
}

function command(text, content, follow) {
  return el("button", { type: "button", className: "command", onclick: () => follow?.command(text) }, content);
}

function spoiler(content) {
  const hidden = el("span", { className: "spoiler", role: "button", tabIndex: 0, title: t("spoiler") }, content);
  const show = () => (hidden.classList.add("seen"), hidden.removeAttribute("role"), hidden.removeAttribute("tabindex"));
  hidden.onclick = show;
  hidden.onkeydown = ({ key }) => key === "Enter" && show();
  return hidden;
}

// A long quote shows its beginning until it is asked for the rest.
function folded(content) {
  const turn = el("button", { type: "button", className: "unfold", "aria-expanded": "false" }, t("quote.more"));
  const box = el("blockquote", { className: "folded" }, el("span", {}, content), turn);
  turn.onclick = () => {
    const whole = !box.classList.toggle("folded");
    turn.textContent = t(whole ? "quote.less" : "quote.more");
    turn.setAttribute("aria-expanded", String(whole));
  };
  return box;
}
