// One message, or one album, as a bubble; or what happened in the group as a line.

import { mosaic } from "./album.js";
import { button, el, face } from "./dom.js";
import { icon } from "./icons.js";
import { keyboard } from "./keyboard.js";
import { file, film, frame, picture, shown, spot } from "./media.js";
import { poll } from "./poll.js";
import { richText } from "./richtext.js";
import { gist, isOwn, origin, seedOfSpeaker, service, speaker } from "./said.js";
import { clock, moment } from "./time.js";
import { voice } from "./voice.js";
import { t } from "./words.js";

const ALBUM_WIDTH = 420;
const KNOWN = ["text", "photo", "video", "voice", "document", "poll", "location"];

export function bubble(messages, { me, named, faces, root, seen, continues, follow, acts }) {
  const [message] = messages;
  const line = service(message);
  if (line) return el("li", { className: "service", id: `m${message.message_id}` }, el("span", {}, line));
  const own = isOwn(message, me);
  const worded = messages.find((one) => one.caption) ?? message;
  const body = el("div", { className: "bubble" },
    named && !own && !continues ? sender(message) : null,
    forwarded(message),
    quote(message, root, acts),
    media(messages),
    words(worded, follow),
    poll(message, acts),
    KNOWN.some((kind) => message[kind] !== undefined) ? null : el("em", {}, t("unsupported")),
    stamp(messages.at(-1), messages.some((one) => one.edit_date), own),
    comments(message, acts));
  dress(body, messages, Boolean(worded.caption));
  const side = named && faces && !own ? face(speaker(message), seedOfSpeaker(message)) : null;
  const classes = ["message", own ? "own" : "", continues ? "continues" : "", own && seen ? "seen" : ""].filter(Boolean).join(" ");
  const more = button("more", () => acts.menu(messages, more), icon("more"));
  for (const [name, value] of [["aria-label", t("message.menu")], ["aria-haspopup", "menu"]]) more.setAttribute(name, value);
  const column = el("div", { className: "column" }, body, keyboard(messages.at(-1), acts));
  const made = el("li", { className: classes, id: `m${message.message_id}` }, side, column, more);
  made.oncontextmenu = (event) => acts.menu(messages, more, event);
  body.ondblclick = (event) => event.target.closest("button, a, input, video") || acts.reply(message);
  return made;
}

function sender(message) {
  const seed = seedOfSpeaker(message);
  const isChannel = message.sender_chat?.type === "channel" && message.is_automatic_forward;
  return el("div", { className: `name ink${Math.abs(seed) % 7}` }, speaker(message), isChannel ? el("small", {}, t("kind.channel")) : null);
}

function forwarded(message) {
  const from = origin(message);
  return from ? el("div", { className: "origin" }, icon("forward"), t("forwarded", { from })) : null;
}

// All comments answer the post: only other answers are worth a quote.
function quote(message, root, acts) {
  const answered = message.reply_to_message;
  if (!answered || answered.forum_topic_created || answered.message_id === root) return null;
  const made = button(`quote ink${Math.abs(seedOfSpeaker(answered)) % 7}`, () => acts.show(answered.message_id),
    el("strong", {}, speaker(answered)), el("span", {}, gist(answered)));
  made.setAttribute("aria-label", t("quote.go", { name: speaker(answered), text: gist(answered) }));
  return made;
}

function media(messages) {
  const [message] = messages;
  if (messages.length > 1) return mosaic(messages);
  if (message.photo) return picture(message);
  if (message.video) return film(message);
  if (message.voice) return voice(message);
  if (message.location) return spot(message);
  return message.document ? file(message) : null;
}

// A picture fills its bubble, and the words under it are no wider.
function dress(body, messages, worded) {
  if (!shown(messages[0])) return;
  body.classList.add("framed");
  if (!worded) body.classList.add("bare");
  body.style.width = `${messages.length > 1 ? ALBUM_WIDTH : frame(shown(messages[0]))}px`;
}

function words(message, follow) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  return el("div", { className: "words" }, richText(text, message.entities ?? message.caption_entities, follow));
}

function stamp(message, edited, own) {
  const ticks = own ? [icon("check"), icon("checks")] : [];
  return el("span", { className: "stamp", title: moment(message.date) }, edited ? `${t("edited")} ` : "", clock(message.date), ticks);
}

function comments(message, acts) {
  if (message.comments === undefined) return null;
  const n = message.comments;
  return button("comments", () => acts.discuss(message), icon("comments"),
    el("span", {}, n ? t("comments", { n }) : t("comments.none")), el("b", { "aria-hidden": "true" }, "›"));
}
