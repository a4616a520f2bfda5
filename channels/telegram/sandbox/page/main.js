// Wires the page: who one is, which chat is open, and what arrives.

import { showChats, readyList } from "./chatlist.js";
import { Composer } from "./composer.js";
import { $, toast } from "./dom.js";
import { showHint } from "./hint.js";
import { drawIcons } from "./icons.js";
import { chatNamed } from "./links.js";
import { readyMenu } from "./menu.js";
import { readyPeople, showMe } from "./people.js";
import { Room } from "./room.js";
import { isOwn } from "./said.js";
import { get, listen, post } from "./server.js";
import { Comments } from "./sources.js";
import { Travel } from "./travel.js";
import { fillIn, t } from "./words.js";

const TOGETHER = 80; // milliseconds

fillIn(document);
drawIcons(document);
const composer = new Composer();
const state = { me: null, chats: [], room: null, events: null, wanted: null, heard: 0, asked: 0, answered: 0 };
const draft = (chat) => composer.draft(state.me, chat);
const page = {
  composer,
  follow: new Travel(state, { openChat, command: (text) => composer.command(text) }),
  discuss: (chat, message) => openRoom(new Room(state.me, chat, page, new Comments(state.me, chat, message))),
  read: (chat, seen, unread) => {
    const line = state.chats.find((one) => one.chat === chat.chat);
    if (chat.topics) return; // what is left in all of its topics, the server knows
    if (line) line.seen = Math.max(line.seen, seen);
    if (line && line.unread !== unread) ((line.unread = unread), draw());
  },
};

function address() {
  const query = new URLSearchParams(location.hash.slice(1));
  return { user: Number(query.get("u")), chat: query.get("c") };
}

// The browser's own "back" leads from a chat to the list, as on a phone.
function remember(user, chat) {
  const query = new URLSearchParams({ u: user, ...(chat ? { c: chat } : {}) });
  const deeper = chat && !address().chat && address().user === user;
  history[deeper ? "pushState" : "replaceState"](null, "", `#${query}`);
}

function become(user, chat = null) {
  state.me = user;
  $("client").hidden = false;
  $("nobody").hidden = true;
  showMe(user);
  leaveRoom();
  remember(user.id, chat);
  state.chats = [];
  state.wanted = chat;
  draw();
  state.events?.close();
  // Its first event, hello, loads everything: nothing falls between loading and listening.
  state.events = listen(user.id, (kind, event) => react(kind, event));
}

async function refresh() {
  const { me, heard } = state;
  const turn = (state.asked += 1);
  const { chats } = await get("chats", { user: me.id });
  // An answer that an earlier question brings late is older than what is shown.
  if (state.me !== me || turn < state.answered) return;
  Object.assign(state, { chats, answered: turn });
  draw();
  // What came while it was asked for may be missing in the answer.
  if (state.heard !== heard) soon(refresh);
}

function draw() {
  if (!state.me) return;
  showChats({ chats: [...state.chats], me: state.me, current: state.room?.chat.chat, draft, open: openChat });
  if (!state.room) showHint(state.me, state.chats, openChat);
}

function openChat(ref) {
  const chat = state.chats.find((one) => one.chat === ref);
  return openRoom(new Room(state.me, chat, page));
}

async function openRoom(room) {
  if (state.room) state.room.gone = true;
  state.room = room;
  document.body.classList.add("in-room");
  remember(state.me.id, room.chat.chat);
  draw();
  await Promise.all([room.open(), composer.settle(room.source)]);
  if (room.gone) return room; // what is open by now has the line, and the focus is where its reader put it
  $("clip").hidden = room.isThread && !state.chats.some((chat) => chat.chat === room.source.group);
  composer.show = room.acts.show;
  if (matchMedia("(min-width: 700px)").matches && !$("composer").hidden) $("text").focus({ preventScroll: true });
  return room;
}

function leaveRoom() {
  if (state.room) state.room.gone = true;
  state.room = null;
  document.body.classList.remove("in-room");
  for (const id of ["room-head", "topics", "scroll", "foot", "down"]) $(id).hidden = true;
  $("nothing").hidden = false;
}

// From comments to their channel, from anything else to the list.
function back() {
  const { room } = state;
  if (room?.isThread) return openChat(room.chat.chat);
  leaveRoom();
  remember(state.me.id);
  return draw();
}

function react(kind, event) {
  const { room } = state;
  const here = room && event.chat === (room.isThread ? room.source.group : room.chat.chat);
  switch (kind) {
    case "message": return arrived(event, here && !room.isThread ? room : null);
    case "edited": return (retold(event), here && room.edited(event.message));
    case "deleted": return (here && room.deleted(event.message_id), soon(refresh));
    case "comments": return room?.chat.chat === event.chat && room.commented(event.message_id, event.comments);
    case "typing": return here && !room.isThread && room.typing(event.name);
    case "read": return seen(event, here && !room.isThread ? room : null);
    case "chats": return soon(reload);
    default: return reload();
  }
}

function arrived({ chat: ref, message }, room) {
  state.heard += 1;
  const line = state.chats.find((chat) => chat.chat === ref);
  if (!line) return refresh();
  // A list that was asked for meanwhile has counted it already.
  if (line.last?.message_id >= message.message_id) return room?.arrived(message);
  line.last = message;
  if (!isOwn(message, state.me)) line.unread += 1;
  room?.arrived(message);
  if (line.type === "bot" && !line.started && isOwn(message, state.me)) return reload();
  return draw();
}

function retold({ chat: ref, message }) {
  const line = state.chats.find((chat) => chat.chat === ref);
  if (line?.last?.message_id !== message.message_id) return;
  line.last = message;
  draw();
}

// Several changes that come together are asked for once.
const coming = new Set();

function soon(work) {
  if (coming.has(work)) return;
  coming.add(work);
  setTimeout(() => (coming.delete(work), work()), TOGETHER);
}

// Read by somebody else, or on another page of the same person.
function seen(event, open) {
  const room = event.thread === undefined || event.thread === open?.source.thread ? open : null;
  if (event.user !== state.me.id) return room?.seenByOthers(event.seen);
  state.heard += 1;
  if (event.thread !== undefined) return (room?.seenElsewhere(event.seen), soon(refresh));
  const line = state.chats.find((chat) => chat.chat === event.chat);
  if (!line || event.seen <= line.seen) return undefined;
  line.seen = event.seen; // where the new begins when the chat is opened
  room?.seenElsewhere(event.seen);
  if (event.seen < line.last?.message_id) return soon(refresh); // how many are left, the server knows
  line.unread = 0;
  return draw();
}

async function reload() {
  await refresh();
  const { wanted } = state;
  state.wanted = null;
  if (wanted && chatNamed(wanted, state.chats)) return openChat(wanted);
  if (!state.room) return undefined;
  const now = state.chats.find((chat) => chat.chat === state.room.chat.chat);
  if (!now) return back();
  state.room.chat = now;
  state.room.source.chat = now;
  return Promise.all([state.room.open(), composer.learn()]);
}

async function press(deed) {
  try {
    await post(deed, { user: state.me.id, bot: state.room.chat.chat });
  } catch (error) {
    toast(error.message);
  }
}

readyPeople(state, become);
readyMenu();
readyList(draw, openChat);
$("back").onclick = back;
$("start").onclick = () => press("start");
$("block").onclick = () => press(state.room.chat.blocked ? "unblock" : "block");
$("down").onclick = () => (state.room.bottom(), state.room.read());
$("scroll").onscroll = () => state.room?.scrolled();
const resizing = new ResizeObserver(() => state.room?.resized());
resizing.observe($("scroll"));
resizing.observe($("messages"));
document.onvisibilitychange = () => state.room?.read();
window.onpopstate = () => (address().chat ? undefined : state.room && (leaveRoom(), draw()));

// The person of the address, else the first there is; an empty world is looked at again.
async function begin() {
  const { user, chat } = address();
  const { users } = await get("users");
  const known = users.find((one) => one.id === user);
  if (users.length) return become(known ?? users[0], known ? chat : null);
  $("nobody").textContent = t("nobody");
  $("nobody").hidden = false;
  setTimeout(begin, 2000);
  return undefined;
}

await begin();
