// The messages on the screen, oldest first: bubbles, days, and where the new ones begin.

import { el } from "./dom.js";
import { service } from "./said.js";
import { day, sameDay } from "./time.js";
import { t } from "./words.js";

const PAUSE = 300;

// A unit is one bubble: a message, or all of an album.
export class Timeline {
  // `make(messages, continues)` draws a unit; `fresh` says whether a message is new to the reader.
  constructor(list, make, fresh) {
    Object.assign(this, { list, make, fresh });
    this.units = [];
    this.marked = false;
    list.replaceChildren();
  }

  get first() { return this.units[0]?.messages[0]; }

  get last() { return this.units.at(-1)?.messages.at(-1); }

  after(id) {
    const from = this.units.findLastIndex((unit) => unit.messages[0].message_id <= id);
    return this.units.slice(Math.max(from, 0)).flatMap((unit) => unit.messages).filter((message) => message.message_id > id);
  }

  find(id) { return this.units.find((unit) => unit.messages.some((message) => message.message_id === id)); }

  add(message, into = this.list) {
    const unit = this.units.at(-1);
    const before = unit?.messages.at(-1);
    if (before?.media_group_id && before.media_group_id === message.media_group_id) {
      unit.messages.push(message);
      return this.redraw(unit);
    }
    const made = { messages: [message], continues: Boolean(before) && sameVoice(before, message), lines: [] };
    if (!before || !sameDay(before.date, message.date)) made.lines.push(rule("day", day(message.date)));
    if (!this.marked && this.fresh(message)) {
      this.marked = true;
      made.fresh = true;
      made.continues = false;
      made.lines.push(rule("fresh", t("new_messages")));
    }
    made.element = this.make(made.messages, made.continues);
    into.append(...made.lines, made.element);
    this.units.push(made);
    return undefined;
  }

  // What was the first bubble is drawn again after the older ones: its day, its album, its name.
  prepend(older) {
    this.list.setAttribute("aria-busy", "true"); // what was said before is no news
    const [edge, ...rest] = this.units;
    for (const element of [...(edge?.lines ?? []), edge?.element]) element?.remove();
    if (edge?.fresh) this.marked = false;
    const page = document.createDocumentFragment();
    this.units = [];
    for (const message of [...older, ...(edge?.messages ?? [])]) this.add(message, page);
    this.list.prepend(page);
    this.units.push(...rest);
    requestAnimationFrame(() => this.list.removeAttribute("aria-busy"));
  }

  replace(message) {
    const unit = this.find(message.message_id);
    if (!unit) return;
    unit.messages = unit.messages.map((one) => (one.message_id === message.message_id ? message : one));
    this.redraw(unit);
  }

  remove(id) {
    const unit = this.find(id);
    if (!unit) return;
    unit.messages = unit.messages.filter((message) => message.message_id !== id);
    if (unit.messages.length) return this.redraw(unit);
    const at = this.units.indexOf(unit);
    this.units.splice(at, 1);
    if (!this.units.length) for (const line of unit.lines) line.remove();
    if (unit.fresh) this.handOn(unit.lines.at(-1), this.units.slice(at).find((one) => this.fresh(one.messages[0])));
    unit.element.remove();
    return undefined;
  }

  // The line goes on to the next new message, and goes with the last of them.
  handOn(line, next) {
    line.remove();
    if (!next) return;
    next.element.before(line);
    next.lines.push(line);
    Object.assign(next, { fresh: true, continues: false });
    this.redraw(next);
  }

  // The line over the new messages goes once they are read and others come.
  unmark() {
    const unit = this.units.find((one) => one.fresh);
    if (unit) unit.fresh = false;
    this.list.querySelector(".fresh")?.remove();
    this.marked = false;
  }

  redraw(unit) {
    const made = this.make(unit.messages, unit.continues);
    const focused = unit.element.contains(document.activeElement);
    unit.element.replaceWith(made);
    unit.element = made;
    if (focused) made.querySelector("button, input, a")?.focus({ preventScroll: true });
  }
}

const rule = (kind, text) => el("li", { className: `service ${kind}` }, el("span", {}, text));

function sameVoice(a, b) {
  const voice = (m) => `${m.from?.id} ${m.sender_chat?.id ?? ""}`;
  return !service(a) && !service(b) && voice(a) === voice(b) && b.date - a.date < PAUSE && sameDay(a.date, b.date);
}
