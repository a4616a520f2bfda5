// The open conversation: what it shows first, what arrives, and how it scrolls.

import { actsOf } from "./acts.js";
import { bubble } from "./bubble.js";
import { $ } from "./dom.js";
import { about, head, note } from "./head.js";
import { isOwn } from "./said.js";
import { Comments, Talk } from "./sources.js";
import { Timeline } from "./timeline.js";
import { counted, t } from "./words.js";

const NEAR = 120; // from the bottom, in CSS pixels: the newest message stays in view
const FAR = 700; // from the top: older messages are asked for
const PAGE = 60;
const UNDER_THE_DAY = 44;
const MOST = 200;

export class Room {
  // `page` has what the rest of the page does: follow, composer, read, discuss.
  constructor(me, chat, page, source = new Talk(me, chat)) {
    Object.assign(this, { me, chat, page, source });
    this.seen = this.isThread ? 0 : (chat.seen ?? 0);
    this.waiting = this.isThread ? 0 : chat.unread;
    this.newFrom = null; // the line stands over what came from there on, also when all is drawn anew
    this.turn = 0; // how often its messages were asked for
    this.late = null; // what is to be told once they are there
    this.gone = false; // another chat was opened meanwhile
    this.whole = false; // there is nothing older
    this.acts = actsOf(this);
  }

  get isThread() { return this.source instanceof Comments; }

  get count() { return this.timeline?.units.length ?? 0; }

  async turnTo(thread) {
    this.source = new Talk(this.me, this.chat, thread);
    this.seen = this.chat.seen; // each topic is read by itself
    this.timeline = null;
    await Promise.all([this.open(), this.page.composer.settle(this.source)]);
  }

  // What comes while the messages are asked for may be missing in the answer: it is told after it.
  async open() {
    const turn = (this.turn += 1);
    this.late ??= [];
    head(this);
    try {
      const stale = () => this.gone || turn !== this.turn;
      const { found, whole } = await this.newest(stale);
      // An answer to an earlier question is older than the one that is still to come.
      if (!stale()) this.show(found, whole);
    } finally {
      if (turn === this.turn) this.catchUpLate();
    }
  }

  // All from the first that is shown, or else new, however many answers that takes.
  async newest(stale) {
    const limit = Math.min(MOST, Math.max(PAGE, this.timeline ? this.count : this.waiting + 20));
    let found = await this.source.load({ limit });
    let whole = found.length < limit;
    const from = () => this.timeline?.first?.message_id ?? Math.max(this.seen, this.source.seen);
    while (!whole && !stale() && found[0].message_id > from()) {
      const older = await this.source.load({ before: found[0].message_id, limit: MOST });
      whole = older.length < MOST;
      found = [...older, ...found];
    }
    return { found, whole };
  }

  catchUpLate() {
    const { late } = this;
    this.late = null;
    if (!this.gone) for (const tell of late) tell();
  }

  show(found, whole) {
    const again = Boolean(this.timeline);
    const above = $("scroll").scrollTop;
    if (!again) this.beginNew(found);
    this.whole = whole;
    this.timeline = new Timeline($("messages"), (messages, continues) => this.draw(messages, continues), (message) => this.isFresh(message));
    if (!found.length) $("messages").append(about(this.chat, this.isThread));
    for (const message of found) this.timeline.add(message);
    note(this);
    if (!again) return this.begin();
    if (this.stuck) this.bottom();
    else $("scroll").scrollTop = above;
    return this.read();
  }

  // How far was read comes with the messages: the list may not have heard of it yet.
  // Of comments nobody remembers it: all that there are when they are opened are taken as read.
  beginNew(found) {
    if (this.isThread) return void (this.seen = found.at(-1)?.message_id ?? 0);
    this.seen = Math.max(this.seen, this.source.seen);
    this.waiting = found.filter((message) => message.message_id > this.seen && !isOwn(message, this.me)).length;
    this.newFrom = this.waiting ? this.seen + 1 : null;
    return undefined;
  }

  // At the first message that is new to the reader, else at the newest.
  begin() {
    const line = $("messages").querySelector(".fresh");
    this.bottom();
    const box = $("scroll");
    const top = line ? box.scrollTop + line.getBoundingClientRect().top - box.getBoundingClientRect().top - UNDER_THE_DAY : Infinity;
    box.scrollTop = Math.min(box.scrollTop, top);
    this.scrolled();
  }

  draw(messages, continues) {
    const { type } = this.chat;
    const faces = this.isThread || type !== "channel";
    const root = this.isThread ? this.source.thread : 0;
    const { me, acts, page: { follow } } = this;
    const seen = messages.at(-1).message_id <= this.source.seenByOthers;
    return bubble(messages, { me, seen, named: type !== "bot", faces, root, continues, follow, acts });
  }

  isFresh(message) { return this.newFrom !== null && message.message_id >= this.newFrom && !isOwn(message, this.me); }

  arrived(message) {
    if (this.late) return void this.late.push(() => this.arrived(message));
    note(this);
    if (!this.timeline || !this.source.holds(message) || this.timeline.find(message.message_id)) return;
    if (!this.count) $("messages").replaceChildren();
    const own = isOwn(message, this.me);
    const watched = this.stuck && !document.hidden;
    if (own || (!watched && this.waiting === 0)) this.unmark();
    if (!own && !watched) {
      this.waiting += 1;
      this.newFrom ??= message.message_id;
    }
    this.timeline.add(message);
    if (this.source.mustAsk(message)) this.askAgain(message.message_id);
    if (this.stuck || own) this.bottom();
    this.read();
  }

  unmark() {
    this.timeline.unmark();
    this.newFrom = null;
  }

  edited(message) {
    if (this.late) return void this.late.push(() => this.edited(message));
    if (!this.timeline?.find(message.message_id)) return;
    if (this.source.mustAsk(message)) this.askAgain(message.message_id);
    else this.timeline.replace(message);
  }

  // How this person sees it: with their own vote, and with the number of comments.
  async askAgain(id) {
    const [message] = await this.source.load({ ids: id });
    if (message && !this.gone) this.timeline.replace(message);
    if (this.stuck) this.bottom();
  }

  // Somebody else has read up to there: what one wrote gets its second tick.
  seenByOthers(id) {
    const before = this.source.seenByOthers;
    if (id <= before) return;
    this.source.seenByOthers = id;
    const own = this.timeline?.after(before).filter((message) => message.message_id <= id && isOwn(message, this.me)) ?? [];
    for (const message of own) this.timeline.find(message.message_id).element.classList.add("seen");
  }

  // The same person has read up to there on another page.
  seenElsewhere(id) {
    if (id <= this.seen) return;
    this.seen = id;
    this.read();
  }

  deleted(id) {
    if (this.late) return void this.late.push(() => this.deleted(id));
    this.timeline?.remove(id);
    this.read();
  }

  commented(id, comments) {
    if (this.late) return void this.late.push(() => this.commented(id, comments));
    if (this.isThread) return id === this.source.message.message_id ? this.catchUp() : undefined;
    const found = this.timeline?.find(id)?.messages.find((message) => message.message_id === id);
    return found && this.timeline.replace({ ...found, comments });
  }

  async catchUp() {
    const after = this.timeline?.last?.message_id;
    if (after === undefined) return this.open();
    for (const message of await this.source.load({ after, limit: MOST })) this.arrived(message);
    return note(this);
  }

  // Whoever asks while it is under way waits for the same.
  older() {
    if (this.whole || !this.timeline?.first) return undefined;
    this.loading ??= this.loadOlder().finally(() => { this.loading = null; });
    return this.loading;
  }

  async loadOlder() {
    const { timeline } = this;
    const found = await this.source.load({ before: timeline.first.message_id, limit: PAGE });
    if (this.gone || timeline !== this.timeline) return; // drawn anew meanwhile
    this.whole = found.length < PAGE;
    const box = $("scroll");
    const below = box.scrollHeight - box.scrollTop;
    this.timeline.prepend(found);
    box.scrollTop = box.scrollHeight - below;
  }

  typing(name) {
    note(this, this.chat.type === "bot" ? t("typing") : t("typing.who", { name }));
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => note(this), 5000);
  }

  // Read is what was on the screen to its end.
  read() {
    if (!this.timeline) return undefined;
    if (document.hidden) return this.tellBelow();
    const last = (this.stuck ? this.timeline.last : this.lastInView())?.message_id ?? 0;
    if (last > this.seen) {
      this.seen = last;
      if (!this.isThread) this.source.mark(this.seen);
    }
    this.waiting = this.timeline.after(this.seen).filter((message) => !isOwn(message, this.me)).length;
    if (!this.isThread) this.page.read(this.chat, this.seen, this.waiting);
    return this.tellBelow();
  }

  lastInView() {
    const bottom = $("scroll").getBoundingClientRect().bottom;
    return this.timeline.units.findLast((unit) => unit.element.getBoundingClientRect().bottom <= bottom)?.messages.at(-1);
  }

  tellBelow() {
    $("down").hidden = this.stuck;
    $("below").textContent = this.waiting ? counted(this.waiting) : "";
    $("below").hidden = !this.waiting;
  }

  scrolled() {
    const box = $("scroll");
    floatDays(box);
    this.stuck = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (box.scrollTop < FAR) this.older();
    this.read();
  }

  // Pictures that load and a menu that opens change the height after the fact.
  resized() { if (this.stuck) this.bottom(); }

  bottom() {
    this.stuck = true;
    $("scroll").scrollTop = $("scroll").scrollHeight;
  }
}

let resting;

// A day that floats over the messages is shown while one scrolls.
function floatDays(box) {
  const top = box.getBoundingClientRect().top + 10;
  for (const day of box.querySelectorAll(".day")) day.classList.toggle("stuck", day.getBoundingClientRect().top < top);
  box.classList.add("scrolling");
  clearTimeout(resting);
  resting = setTimeout(() => box.classList.remove("scrolling"), 1200);
}
