// The open conversation: its messages, kept up to date and scrolled as a chat is.

import { bubble, gist, isOwn, speaker } from "./bubble.js";
import { $, ask, el, face, seedOf, toast } from "./dom.js";
import { get, post } from "./server.js";
import { day } from "./time.js";

const NEAR = 120;

export class Room {
  constructor(me, chat, follow, composer) {
    Object.assign(this, { me, chat, follow, composer });
    this.last = null;
    this.thread = 0; // of a forum; 0 is its General topic
    this.gone = false; // another chat was opened meanwhile
    this.stuck = true; // the newest message stays in view
    this.acts = {
      show: (id) => this.show(id),
      press: (message, button, pressed) => this.press(message, button, pressed),
      vote: (id, index) => this.vote(id, index),
      reply: (message) => composer.answer(message, speaker(message), gist(message)),
      edit: (message) => composer.change(message),
    };
  }

  get where() {
    const thread = this.thread ? { thread: this.thread } : {};
    return { user: this.me.id, chat: this.chat.chat, ...thread };
  }

  topics() {
    const { topics } = this.chat;
    $("topics").hidden = !topics;
    if (!topics) return;
    const all = [{ thread: 0, name: "Chung", closed: false }, ...topics];
    $("topics").replaceChildren(...all.map(({ thread, name, closed }) => {
      const onclick = () => this.turnTo(thread);
      const button = el("button", { type: "button", onclick }, closed ? `${name} (đã đóng)` : name);
      button.setAttribute("aria-pressed", String(thread === this.thread));
      return el("li", {}, button);
    }));
  }

  async turnTo(thread) {
    this.thread = thread;
    this.stuck = true;
    await Promise.all([this.open(), this.composer.settle(this.where)]);
  }

  // Outside a forum everything is in view.
  inView(message) {
    return !this.chat.topics || (message.is_topic_message ? message.message_thread_id : 0) === this.thread;
  }

  async open() {
    this.head();
    const { messages } = await get("messages", this.where);
    if (this.gone) return;
    const above = $("scroll").scrollTop;
    this.last = null;
    $("messages").replaceChildren();
    if (!messages.length && this.chat.description) $("messages").append(this.about());
    for (const message of messages) if (this.inView(message)) this.append(message);
    if (this.stuck) this.bottom();
    else $("scroll").scrollTop = above;
    this.read();
  }

  head() {
    const { chat } = this;
    for (const id of ["room-head", "scroll", "foot"]) $(id).hidden = false;
    $("nothing").hidden = true;
    $("room-face").replaceChildren(face(chat.title, seedOf(chat.chat)));
    $("room-title").textContent = chat.title;
    this.note();
    this.topics();
    $("block").hidden = chat.type !== "bot" || !chat.started;
    $("block").textContent = chat.blocked ? "Bỏ chặn" : "Chặn bot";
    const silent = chat.type === "bot" && (!chat.started || chat.blocked);
    $("start").hidden = !silent;
    $("composer").hidden = silent || chat.may_write === false;
  }

  note(text) {
    const { chat } = this;
    const usual = chat.type === "bot" ? "bot" : `${chat.members} thành viên`;
    $("room-note").textContent = text ?? usual;
    $("room-note").classList.toggle("busy", Boolean(text));
  }

  about() {
    return el("li", { className: "service about" },
      el("div", {}, el("strong", {}, "Bot này làm được gì?"), el("p", {}, this.chat.description)));
  }

  make(message, continues) {
    const inGroup = this.chat.type !== "bot";
    return bubble(message, { me: this.me, inGroup, continues, follow: this.follow, acts: this.acts });
  }

  append(message) {
    const before = this.last;
    if (!before || day(before.date) !== day(message.date)) {
      $("messages").append(el("li", { className: "service day" }, el("span", {}, day(message.date))));
    }
    const continues = Boolean(before) && sameVoice(before, message);
    $("messages").append(this.make(message, continues));
    this.last = message;
  }

  arrived(message) {
    this.note();
    if ($(`m${message.message_id}`) || !this.inView(message)) return;
    this.append(message);
    if (this.stuck || isOwn(message, this.me)) this.bottom();
    this.read();
  }

  edited(message) {
    const old = $(`m${message.message_id}`);
    old?.replaceWith(this.make(message, old.classList.contains("continues")));
  }

  deleted(id) { $(`m${id}`)?.remove(); }

  typing(name) {
    this.note(this.chat.type === "bot" ? "đang gõ…" : `${name} đang gõ…`);
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.note(), 5000);
  }

  read() {
    if (!document.hidden) post("read", this.where).catch(() => {});
  }

  scrolled() {
    const box = $("scroll");
    this.stuck = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    $("down").hidden = this.stuck;
  }

  // Pictures that load and a menu that opens change the height after the fact.
  resized() { if (this.stuck) this.bottom(); }

  bottom() {
    this.stuck = true;
    $("scroll").scrollTop = $("scroll").scrollHeight;
  }

  show(id) {
    const found = $(`m${id}`);
    if (!found) return toast("Tin nhắn này ở xa hơn phần đang hiện");
    found.scrollIntoView({ block: "center", behavior: "smooth" });
    found.classList.add("flash");
    setTimeout(() => found.classList.remove("flash"), 1600);
  }

  async vote(message_id, index) {
    await post("vote", { ...this.where, message_id, options: [index] }).catch((error) => toast(error.message));
  }

  async press(message, button, pressed) {
    if (button.url) return this.follow.open(button.url);
    if (button.copy_text) {
      await navigator.clipboard?.writeText(button.copy_text.text);
      return toast("Đã chép");
    }
    pressed.classList.add("waiting");
    pressed.disabled = true;
    try {
      const wish = { ...this.where, message_id: message.message_id, button: button.callback_data };
      const answer = await post("press", wish);
      if (!answer.answered) toast("Bot chưa trả lời nút bấm này");
      else if (answer.show_alert) ask(answer.text, [["Đóng", null]]);
      else if (answer.text) toast(answer.text);
      if (answer.url) this.follow.open(answer.url);
    } catch (error) {
      toast(error.message);
    } finally {
      pressed.classList.remove("waiting");
      pressed.disabled = false;
    }
  }
}

function sameVoice(a, b) {
  const voice = (m) => `${m.from?.id} ${m.sender_chat?.id ?? ""}`;
  const plain = (m) => m.text !== undefined || m.photo !== undefined || m.document !== undefined || m.poll !== undefined;
  return plain(a) && plain(b) && voice(a) === voice(b) && b.date - a.date < 300 && day(a.date) === day(b.date);
}
