// A message in a few words: who speaks, what happened, and the line a list or a quote shows.

import { fullName } from "./dom.js";
import { t } from "./words.js";

export const isOwn = (message, me) => message.from?.id === me.id && !message.sender_chat;

export function speaker(message) {
  const chat = message.sender_chat;
  if (!chat) return fullName(message.from);
  const anonymous = chat.id === message.chat.id && chat.type !== "channel";
  return anonymous ? t("anonymous", { name: chat.title }) : chat.title;
}

export const seedOfSpeaker = (message) => message.sender_chat?.id ?? message.from.id;

export function origin(message) {
  const from = message.forward_origin;
  if (!from || message.is_automatic_forward) return "";
  if (from.sender_user) return fullName(from.sender_user);
  return from.sender_user_name ?? (from.chat ?? from.sender_chat)?.title ?? "";
}

export function service(message) {
  const by = message.from ? fullName(message.from) : message.sender_chat?.title;
  if (message.group_chat_created || message.supergroup_chat_created) return t("service.created", { by });
  if (message.new_chat_members) return moved(message.new_chat_members[0], message, by, ["service.joined", "service.added"]);
  if (message.left_chat_member) return moved(message.left_chat_member, message, by, ["service.left", "service.removed"]);
  if (message.forum_topic_created) return t("service.topic_opened", { by, name: message.forum_topic_created.name });
  if (message.forum_topic_closed) return t("service.topic_closed", { by });
  if (message.forum_topic_reopened) return t("service.topic_reopened", { by });
  if (message.migrate_to_chat_id) return t("service.became_supergroup");
  if (message.migrate_from_chat_id) return t("service.was_group");
  return "";
}

function moved(who, message, by, [self, other]) {
  return t(who.id === message.from?.id ? self : other, { by, who: fullName(who) });
}

// What it is besides words, and what its name is.
function sign(message) {
  if (message.photo) return t("gist.photo");
  if (message.voice) return t("gist.voice");
  if (message.video) return t("gist.video");
  if (message.location) return t("gist.location");
  if (message.document) return t("gist.file", { name: message.document.file_name });
  return "";
}

export function gist(message) {
  if (!message) return "";
  if (message.poll) return t(message.poll.type === "quiz" ? "gist.quiz" : "gist.poll", { question: message.poll.question });
  const happened = service(message);
  if (happened) return happened;
  const parts = [sign(message), message.text ?? message.caption ?? ""].filter(Boolean);
  return parts.join(": ").replace(/\s+/g, " ");
}
