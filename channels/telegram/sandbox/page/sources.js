// Where a room's messages come from and go to: a whole chat, a forum's topic, or a post's comments.

import { get, post } from "./server.js";

const PAUSE = 250; // between two marks of how far was read, in milliseconds

export class Talk {
  constructor(me, chat, thread = 0) { Object.assign(this, { me, chat, thread, seen: 0, seenByOthers: 0 }); }

  get inForum() { return Boolean(this.chat.topics); }

  // What is read there; in a forum General has a number too.
  get place() {
    const within = this.inForum ? { thread: this.thread } : {};
    return { user: this.me.id, chat: this.chat.chat, ...within };
  }

  // Named in full wherever something is written there.
  get where() {
    const thread = this.thread ? { thread: this.thread } : {};
    return { user: this.me.id, chat: this.chat.chat, ...thread };
  }

  get name() { return `${this.me.id} ${this.chat.chat} ${this.thread}`; }

  async load(range) {
    const found = await get("messages", { ...this.place, ...range });
    this.seen = found.seen;
    this.seenByOthers = Math.max(this.seenByOthers, found.seen_by_others);
    return found.messages;
  }

  mark(seen) {
    clearTimeout(this.marking);
    this.marking = setTimeout(() => post("read", { ...this.place, message_id: seen }).catch(() => {}), PAUSE);
  }

  // Outside a forum everything is in view.
  holds(message) {
    return !this.inForum || (message.is_topic_message ? message.message_thread_id : 0) === this.thread;
  }

  // What an event tells is the same for all; a vote of one's own and a post's comments are asked for.
  mustAsk(message) { return Boolean(message.poll) || this.chat.type === "channel"; }

  say(wish) { return post("say", { ...this.where, ...wish }); }
}

export class Comments {
  constructor(me, chat, message) { Object.assign(this, { me, chat, message, group: null, thread: 0, seen: Infinity, seenByOthers: 0 }); }

  get under() { return { user: this.me.id, chat: this.chat.chat, message_id: this.message.message_id }; }

  get where() { return { user: this.me.id, chat: this.group ?? this.chat.chat }; }

  get name() { return `${this.me.id} ${this.chat.chat} comments ${this.message.message_id}`; }

  async load(range) {
    if (range.before && this.isWhole) return []; // the post is shown, and nothing stands before it
    const found = await get("comments", { ...this.under, ...range });
    this.group = found.chat;
    this.thread = found.thread;
    if (range.after || range.ids) return found.messages;
    this.isWhole = Boolean(found.post) && found.messages.length < range.limit;
    return this.isWhole ? [found.post, ...found.messages] : found.messages;
  }

  holds(message) { return message.message_id === this.thread || message.message_thread_id === this.thread; }

  mustAsk(message) { return Boolean(message.poll); }

  say(wish) { return post("comment", { ...this.under, ...wish }); }
}
