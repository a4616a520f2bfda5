// The line one writes on: text, reply or edit, and files.

import { Commands } from "./commands.js";
import { $, toast } from "./dom.js";
import { get, post, upload } from "./server.js";
import { t } from "./words.js";

const LONGEST_CAPTION = 1024;

export class Composer {
  constructor() {
    this.source = null;
    this.drafts = new Map();
    this.context = null;
    this.commands = new Commands((text) => this.command(text));
    $("composer").onsubmit = (event) => (event.preventDefault(), this.send());
    $("text").oninput = () => (this.fit(), this.commands.suggest($("text").value));
    $("text").onkeydown = (event) => this.key(event);
    $("text").onpaste = (event) => this.take(event, event.clipboardData);
    $("room").ondragover = (event) => event.dataTransfer.types.includes("Files") && event.preventDefault();
    $("room").ondrop = (event) => this.take(event, event.dataTransfer);
    $("slash").onclick = () => this.commands.toggle();
    $("context-close").onclick = () => this.leave();
    $("context-go").onclick = () => this.context?.reply_to && this.show?.(this.context.reply_to);
    $("pin").onclick = () => this.pin();
    $("file").onchange = () => this.attach([...$("file").files]);
  }

  // What is written and not sent stays where it was written.
  async settle(source) {
    this.leave();
    this.commands.hide();
    if (this.source) this.drafts.set(this.source.name, $("text").value);
    this.source = source;
    $("text").value = this.drafts.get(source.name) ?? "";
    this.fit();
    this.commands.learn([]);
    await this.learn();
  }

  // What stands on the line is a draft from its first letter on; a change of what was sent is none.
  draft(me, chat) {
    const name = `${me.id} ${chat} 0`;
    if (this.source?.name !== name) return this.drafts.get(name)?.trim() ?? "";
    return this.context?.message_id ? "" : $("text").value.trim();
  }

  async learn() {
    const { source } = this;
    const { commands } = await get("commands", { user: source.me.id, chat: source.chat.chat });
    if (this.source === source) this.commands.learn(commands);
  }

  answer(message, name, text) {
    this.leave();
    this.context = { reply_to: message.message_id };
    this.tell(t("composer.reply", { name }), text);
  }

  change(message) {
    this.context = { message_id: message.message_id };
    this.tell(t("composer.edit"), message.text);
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
    this.fit();
  }

  // A command that was clicked leaves what is being written alone.
  async command(text) {
    this.commands.hide();
    if ($("text").value.startsWith("/")) $("text").value = "";
    this.fit();
    await this.source.say({ text }).catch((error) => toast(error.message));
  }

  async send() {
    const text = $("text").value;
    if (!text.trim()) return;
    const { context, source } = this;
    this.commands.hide();
    this.empty();
    try {
      if (context?.message_id) await post("edit", { ...source.where, ...context, text });
      else await source.say({ ...context, text });
    } catch (error) {
      toast(error.message);
      this.giveBack(source, context, text);
    }
  }

  // At once, so that what is typed while something is on its way is the next message.
  empty() {
    $("text").value = "";
    this.leave();
  }

  // What could not be sent stands in front of what was typed since, in the chat it was meant for.
  giveBack(source, context, text) {
    const here = this.source.name === source.name;
    if (!here && context?.message_id) return;
    const since = here ? $("text").value : this.drafts.get(source.name);
    const whole = [text, since].filter(Boolean).join("\n");
    if (!here) return void this.drafts.set(source.name, whole);
    $("text").value = whole;
    if (context && !this.context) [this.context, $("context").hidden] = [context, false];
    this.fit();
  }

  take(event, transfer) {
    const files = [...(transfer?.files ?? [])];
    if (!files.length || $("composer").hidden) return;
    event.preventDefault();
    this.attach(files);
  }

  async attach(files) {
    if (!files.length) return;
    const { source, context } = this;
    const caption = $("text").value;
    if (caption.length > LONGEST_CAPTION) return toast(t("caption.long"));
    const album = files.length > 1 ? { album: crypto.randomUUID() } : {};
    const answered = source.thread && !source.inForum ? { reply_to: source.thread } : {};
    document.body.classList.add("sending");
    this.empty();
    try {
      for (const [at, file] of files.entries()) {
        const wish = { ...source.where, ...answered, ...context, ...album, kind: kindOf(file), caption: at ? "" : caption };
        await upload(wish, file);
      }
    } catch (error) {
      toast(error.message);
      this.giveBack(source, context, caption);
    }
    document.body.classList.remove("sending");
    $("file").value = "";
  }

  // There is no map to choose on: where it is, is typed.
  async pin() {
    const { source } = this;
    const typed = prompt(t("location.ask"), "10.03385, 105.78422");
    if (typed === null) return;
    const [latitude, longitude] = typed.split(",").map((part) => Number(part.trim() || NaN));
    if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return toast(t("location.unclear"));
    await post("point", { ...source.where, latitude, longitude }).catch((error) => toast(error.message));
  }

  key(event) {
    if (this.commands.key(event)) return undefined;
    if (event.key === "Escape" && this.context) return this.leave();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return undefined;
    event.preventDefault();
    return this.send();
  }

  fit() {
    const text = $("text");
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 180)}px`;
    $("send").classList.toggle("ready", Boolean(text.value.trim()));
  }
}

// As the app does: a picture, a recording, a film, or else a file.
const KINDS = [[/^image\/(png|jpeg)$/, "photo"], [/^audio\/ogg$/, "voice"], [/^video\//, "video"]];
const kindOf = ({ type }) => KINDS.find(([fits]) => fits.test(type))?.[1] ?? "document";
