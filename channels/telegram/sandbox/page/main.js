// Wires the page: who one is, which chat is open, and what arrives.

import { isOwn } from "./bubble.js";
import { showChats } from "./chatlist.js";
import { Composer } from "./composer.js";
import { $, ask, el, face, fullName, toast } from "./dom.js";
import { chatNamed, groupOf, readLink } from "./links.js";
import { Room } from "./room.js";
import { get, listen, post } from "./server.js";

const composer = new Composer();
const state = { me: null, chats: [], room: null, source: null, wanted: null };

const follow = {
  command: (text) => composer.command(text),
  // True when the link leads to a place in this world.
  link: (url) => {
    const found = readLink(url);
    if (!found) return false;
    travel(found).catch((error) => toast(error.message));
    return true;
  },
  open: (address) => {
    const url = new URL(address);
    if (!follow.link(url)) window.open(url.href, "_blank", "noopener,noreferrer");
  },
};

async function travel(link) {
  const chat = link.group ? groupOf(link, state.chats) : chatNamed(link.name, state.chats);
  if (!chat) return toast("Bạn không ở trong cuộc trò chuyện này");
  if (link.startgroup !== null && link.startgroup !== undefined) return startInGroup(chat, link);
  await openChat(chat.chat);
  if (link.start !== null && link.start !== undefined) {
    await post("start", { user: state.me.id, bot: chat.chat, payload: link.start });
  }
  if (link.message) state.room.show(link.message);
  return undefined;
}

async function startInGroup(bot, link) {
  const groups = state.chats.filter((chat) => chat.type !== "bot");
  const choices = [...groups.map((chat) => [chat.title, chat.chat]), ["Thôi", null]];
  const group = await ask(`Thêm ${bot.title} vào nhóm nào?`, choices);
  if (!group) return;
  await post("startgroup", { user: state.me.id, bot: bot.chat, chat: group, payload: link.startgroup });
  await openChat(group);
}

function address() {
  const query = new URLSearchParams(location.hash.slice(1));
  return { user: Number(query.get("u")), chat: query.get("c") };
}

function remember(user, chat) {
  const query = new URLSearchParams(user ? { u: user, ...(chat ? { c: chat } : {}) } : {});
  history.replaceState(null, "", `#${query}`);
}

async function choosePerson() {
  remember(null);
  state.source?.close();
  state.me = state.room = null;
  $("client").hidden = true;
  $("people").hidden = false;
  document.title = "Telegram thực hành";
  const { users } = await get("users");
  $("cards").replaceChildren(...users.map((user) => el("li", {},
    el("button", { type: "button", onclick: () => become(user) },
      face(fullName(user), user.id),
      el("strong", {}, fullName(user)),
      el("small", {}, user.role_note || "chưa có ghi chú")))));
  if (users.length) return;
  $("cards").append(el("li", {}, "Chưa có ai trong thế giới thực hành này."));
  setTimeout(() => state.me || choosePerson(), 2000);
}

async function become(user, chat = null) {
  state.me = user;
  $("people").hidden = true;
  $("client").hidden = false;
  $("me-face").replaceChildren(face(fullName(user), user.id));
  $("me-name").textContent = fullName(user);
  $("me-note").textContent = user.role_note;
  leaveRoom();
  remember(user.id, chat);
  state.chats = [];
  state.wanted = chat;
  draw();
  state.source?.close();
  // Its first event, hello, loads everything: nothing falls between loading and listening.
  state.source = listen(user.id, (kind, event) => react(kind, event));
}

async function refresh() {
  const { me } = state;
  const { chats } = await get("chats", { user: me.id });
  if (state.me === me) state.chats = chats;
  draw();
}

const draw = () => state.me && showChats(state.chats, state.me, state.room?.chat.chat, openChat);

async function openChat(ref) {
  const chat = state.chats.find((one) => one.chat === ref);
  const room = new Room(state.me, chat, follow, composer);
  if (state.room) state.room.gone = true;
  state.room = room;
  document.body.classList.add("in-room");
  remember(state.me.id, ref);
  chat.unread = 0;
  draw();
  await Promise.all([room.open(), composer.settle(room.where)]);
  if (matchMedia("(min-width: 700px)").matches) $("text").focus();
}

function leaveRoom() {
  if (state.room) state.room.gone = true;
  state.room = null;
  document.body.classList.remove("in-room");
  for (const id of ["room-head", "topics", "scroll", "foot", "down"]) $(id).hidden = true;
  $("nothing").hidden = false;
}

async function react(kind, event) {
  const room = state.room?.chat.chat === event.chat ? state.room : null;
  switch (kind) {
    case "message": return arrived(event, room);
    case "edited": return room?.edited(event.message);
    case "deleted": return (room?.deleted(event.message_id), refresh());
    case "typing": return room?.typing(event.name);
    default: return reload();
  }
}

function arrived({ chat: ref, message }, room) {
  room?.arrived(message);
  const line = state.chats.find((chat) => chat.chat === ref);
  if (!line) return refresh();
  line.last = message;
  if (!room && !isOwn(message, state.me)) line.unread += 1;
  if (line.type === "bot" && !line.started && isOwn(message, state.me)) return reload();
  return draw();
}

async function reload() {
  await refresh();
  const { wanted } = state;
  state.wanted = null;
  if (wanted && chatNamed(wanted, state.chats)) return openChat(wanted);
  if (!state.room) return undefined;
  const now = state.chats.find((chat) => chat.chat === state.room.chat.chat);
  if (!now) return leaveRoom();
  state.room.chat = now;
  return Promise.all([state.room.open(), composer.learn()]);
}

async function press(deed) {
  try {
    await post(deed, { user: state.me.id, bot: state.room.chat.chat });
  } catch (error) {
    toast(error.message);
  }
}

$("switch").onclick = choosePerson;
$("back").onclick = () => (leaveRoom(), remember(state.me.id), draw());
$("start").onclick = () => press("start");
$("block").onclick = () => press(state.room.chat.blocked ? "unblock" : "block");
$("down").onclick = () => state.room.bottom();
$("scroll").onscroll = () => state.room?.scrolled();
const resizing = new ResizeObserver(() => state.room?.resized());
resizing.observe($("scroll"));
resizing.observe($("messages"));
document.onvisibilitychange = () => state.room?.read();

const { user, chat } = address();
const { users } = await get("users");
const known = users.find((one) => one.id === user);
await (known ? become(known, chat) : choosePerson());
