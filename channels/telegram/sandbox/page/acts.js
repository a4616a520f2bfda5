// What one can do with a message of an open room.

import { $, ask, toast } from "./dom.js";
import { openMenu } from "./menu.js";
import { mayTakeBack } from "./poll.js";
import { gist, isOwn, speaker } from "./said.js";
import { post } from "./server.js";
import { t } from "./words.js";

export function actsOf(room) {
  const { composer } = room.page;
  const acts = {
    show: (id) => show(room, id),
    press: (message, button, pressed) => press(room, message, button, pressed),
    vote: (message, options) => vote(room, message, options),
    discuss: (message) => room.page.discuss(room.chat, message),
    reply: (message) => $("composer").hidden || composer.answer(message, speaker(message), gist(message)),
    edit: (message) => composer.change(message),
    menu: (messages, anchor, event) => openMenu(choices(room, messages, acts), anchor, event),
  };
  return acts;
}

function choices(room, messages, acts) {
  const message = messages[0];
  const own = isOwn(message, room.me);
  const words = messages.map((one) => one.text ?? one.caption).filter(Boolean).join("\n\n");
  const found = [];
  if (!$("composer").hidden) found.push(["reply", t("menu.reply"), () => acts.reply(message)]);
  if (words) found.push(["copy", t("menu.copy"), () => copy(words)]);
  if (own && message.text) found.push(["edit", t("menu.edit"), () => acts.edit(message)]);
  if (message.poll && mayTakeBack(message.poll)) found.push(["undo", t("poll.take_back"), () => acts.vote(message, [])]);
  if (message.comments !== undefined) found.push(["comments", t("menu.comments"), () => acts.discuss(message)]);
  if (own || room.chat.type === "bot") found.push(["trash", t("menu.delete"), () => remove(room, messages), "danger"]);
  return found;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("copied"));
  } catch {
    toast(t("not_copied"));
  }
}

async function remove(room, messages) {
  if (!await ask(t("delete.sure"), [[t("menu.delete"), true], [t("cancel"), null]])) return;
  try {
    for (const { message_id } of messages) await post("delete", { ...room.source.where, message_id });
  } catch (error) {
    toast(error.message);
  }
}

const painted = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });

// A message that is further up is fetched, with all that lies between, for as long as its talk is open.
async function show(room, id) {
  const { source } = room;
  const left = () => room.gone || room.source !== source;
  while (!left() && !room.timeline?.find(id) && room.timeline?.first && !room.whole) await room.older();
  // What was fetched makes the list longer, and who was at its end is taken back there once.
  await painted();
  if (left()) return undefined;
  const found = $(`m${id}`);
  if (!found) return toast(t("message.gone"));
  const bubble = found.closest(".message, .service");
  found.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  bubble.classList.add("flash");
  setTimeout(() => bubble.classList.remove("flash"), 1600);
  return undefined;
}

async function vote(room, message, options) {
  try {
    await post("vote", { ...room.source.where, message_id: message.message_id, options });
  } catch (error) {
    toast(error.message);
  }
  await room.askAgain(message.message_id);
}

async function press(room, message, button, pressed) {
  if (button.url) return room.page.follow.open(button.url);
  if (button.copy_text) return copy(button.copy_text.text);
  pressed.classList.add("waiting");
  pressed.disabled = true;
  try {
    const wish = { ...room.source.where, message_id: message.message_id, button: button.callback_data };
    const answer = await post("press", wish);
    if (!answer.answered) toast(t("press.unanswered"));
    else if (answer.show_alert) ask(answer.text, [[t("close"), null]]);
    else if (answer.text) toast(answer.text);
    if (answer.url) room.page.follow.open(answer.url);
  } catch (error) {
    toast(error.message);
  } finally {
    pressed.classList.remove("waiting");
    pressed.disabled = false;
  }
  return undefined;
}
