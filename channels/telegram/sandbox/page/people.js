// Who one plays: always in view, and changed with two clicks.

import { $, button, el, face, fullName } from "./dom.js";
import { get } from "./server.js";
import { LANGUAGES, counted, language, speak, t } from "./words.js";

const MANY = 10;

// `state.me` is who one plays; `become(user)` is called with whoever was chosen.
export function readyPeople(state, become) {
  $("who").onclick = () => ($("people").open ? $("people").close() : choose(state, become));
  $("people").onclick = (event) => event.target === $("people") && $("people").close();
  $("people").onclose = () => $("who").setAttribute("aria-expanded", "false");
  $("language").replaceChildren(...Object.entries(LANGUAGES).map(([code, name]) =>
    el("option", { value: code, selected: code === language, lang: code }, name)));
  $("language").onchange = () => speak($("language").value);
}

export function showMe(user) {
  $("who-face").replaceChildren(face(fullName(user), user.id));
  $("me-name").textContent = fullName(user);
  $("me-note").textContent = user.role_note;
  $("who").setAttribute("aria-label", t("who.change", { name: fullName(user) }));
}

async function choose(state, become) {
  const { users } = await get("users", { unread: 1 });
  const filter = $("people-filter");
  filter.hidden = users.length <= MANY;
  filter.value = "";
  const draw = () => $("cards").replaceChildren(...users.filter((user) => fits(user, filter.value)).map((user) => card(user, state.me, become)));
  filter.oninput = draw;
  draw();
  $("who").setAttribute("aria-expanded", "true");
  $("people").showModal();
  $("cards").querySelector("[aria-current]")?.focus();
}

const fits = (user, wanted) => `${fullName(user)} ${user.role_note}`.toLowerCase().includes(wanted.trim().toLowerCase());

function card(user, me, become) {
  const made = button("", () => ($("people").close(), user.id === me?.id || become(user)),
    face(fullName(user), user.id),
    el("span", { className: "who" }, el("strong", {}, fullName(user)), el("small", {}, user.role_note || t("no_note"))),
    user.unread ? el("b", { className: "unread", title: t("unread", { n: user.unread }) }, counted(user.unread)) : null);
  if (user.id === me?.id) made.setAttribute("aria-current", "true");
  return el("li", {}, made);
}
