// The line one writes on: text, reply or edit, files, and the menu of commands.

import { $, el, toast } from "./dom.js";
import { get, post, upload } from "./server.js";

export class Composer {
  constructor() {
    this.where = null;
    this.commands = [];
    this.drafts = new Map();
    this.context = null;
    this.marked = -1;
    $("composer").onsubmit = (event) => (event.preventDefault(), this.send());
    $("text").oninput = () => (this.fit(), this.suggest());
    $("text").onkeydown = (event) => this.key(event);
    $("slash").onclick = () => this.toggle();
    $("context-close").onclick = () => this.leave();
    $("file").onchange = () => this.attach();
  }

  async settle(where) {
    this.leave();
    this.hide();
    if (this.where) this.drafts.set(nameOf(this.where), $("text").value);
    this.where = where;
    $("text").value = this.drafts.get(nameOf(where)) ?? "";
    this.fit();
    this.commands = [];
    await this.learn();
  }

  async learn() {
    const { where } = this;
    const { commands } = await get("commands", where);
    if (this.where !== where) return;
    this.commands = commands;
    $("slash").hidden = !commands.length;
  }

  answer(message, name, text) {
    this.context = { reply_to: message.message_id };
    this.tell(`Trả lời ${name}`, text);
  }

  change(message) {
    this.context = { message_id: message.message_id };
    this.tell("Sửa tin nhắn", message.text);
    $("text").value = message.text;
    this.fit();
  }

  tell(title, text) {
    $("context-title").textContent = title;
    $("context-text").textContent = text;
    $("context").hidden = false;
    $("text").focus();
  }

  leave() {
    if (this.context?.message_id) $("text").value = "";
    this.context = null;
    $("context").hidden = true;
  }

  // A command that was clicked leaves what is being written alone.
  async command(text) {
    this.hide();
    if ($("text").value.startsWith("/")) $("text").value = "";
    await post("say", { ...this.where, text }).catch((error) => toast(error.message));
  }

  async send() {
    const text = $("text").value;
    if (!text.trim()) return;
    const context = this.context;
    const deed = context?.message_id ? "edit" : "say";
    this.hide();
    try {
      await post(deed, { ...this.where, ...context, text });
      $("text").value = "";
      this.leave();
    } catch (error) {
      toast(error.message);
    }
    this.fit();
  }

  async attach() {
    const files = [...$("file").files];
    if (!files.length) return;
    const album = files.length > 1 ? { album: crypto.randomUUID() } : {};
    try {
      for (const [at, file] of files.entries()) {
        const caption = at ? "" : $("text").value;
        await upload({ ...this.where, ...this.context, ...album, kind: kindOf(file), caption }, file);
      }
      $("text").value = "";
      this.leave();
    } catch (error) {
      toast(error.message);
    }
    $("file").value = "";
    this.fit();
  }

  key(event) {
    const open = !$("menu").hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      return this.mark(this.marked + (event.key === "ArrowDown" ? 1 : -1));
    }
    if (event.key === "Escape") return this.hide();
    if (open && event.key === "Tab") {
      event.preventDefault();
      return $("menu").children[Math.max(this.marked, 0)]?.click();
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return undefined;
    event.preventDefault();
    if (open && this.marked >= 0) return $("menu").children[this.marked].click();
    return this.send();
  }

  toggle() {
    if (!$("menu").hidden) return this.hide();
    this.list(this.commands);
    return $("text").focus();
  }

  suggest() {
    const typed = /^\/(\w*)$/.exec($("text").value);
    if (!typed) return this.hide();
    return this.list(this.commands.filter((c) => c.command.startsWith(typed[1].toLowerCase())));
  }

  list(commands) {
    this.marked = -1;
    const several = new Set(this.commands.map((c) => c.bot)).size > 1;
    $("menu").replaceChildren(...commands.map((c) => {
      const name = several ? `/${c.command}@${c.bot}` : `/${c.command}`;
      return el("li", { role: "option", onclick: () => this.command(name) },
        el("strong", {}, name), el("span", {}, c.description));
    }));
    $("menu").hidden = !commands.length;
  }

  mark(index) {
    const items = [...$("menu").children];
    this.marked = (index + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === this.marked)));
    items[this.marked].scrollIntoView({ block: "nearest" });
  }

  hide() {
    $("menu").hidden = true;
    this.marked = -1;
  }

  fit() {
    const text = $("text");
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
  }
}

// As the app does: a picture, a recording, a film, or else a file.
const KINDS = [[/^image\/(png|jpeg)$/, "photo"], [/^audio\/ogg$/, "voice"], [/^video\//, "video"]];
const kindOf = ({ type }) => KINDS.find(([fits]) => fits.test(type))?.[1] ?? "document";
const nameOf = (where) => `${where.user} ${where.chat} ${where.thread ?? 0}`;
