// A menu beside a bubble: arrows move, Enter chooses, Escape leaves and gives the focus back.

import { $, button, el } from "./dom.js";
import { icon } from "./icons.js";

let from = null;

// `choices`: [sign, words, deed, class]; with a mouse event it opens where the mouse is.
export function openMenu(choices, anchor, event) {
  event?.preventDefault();
  if (!choices.length) return;
  from = anchor;
  const menu = $("deeds");
  menu.replaceChildren(...choices.map(([sign, words, deed, className = ""]) => {
    const made = button(className, () => (closeMenu(), deed()), icon(sign), words);
    made.setAttribute("role", "menuitem");
    return el("li", { role: "none" }, made);
  }));
  menu.hidden = false;
  anchor.setAttribute("aria-expanded", "true");
  place(menu, anchor, event);
  menu.querySelector("button").focus();
}

export function closeMenu(giveBack = false) {
  const menu = $("deeds");
  if (menu.hidden) return;
  menu.hidden = true;
  from?.removeAttribute("aria-expanded");
  if (giveBack) from?.focus();
}

function place(menu, anchor, event) {
  const box = anchor.getBoundingClientRect();
  const [x, y] = event?.clientX ? [event.clientX, event.clientY] : [box.left, box.bottom];
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - menu.offsetHeight - 8))}px`;
}

function move(event) {
  const items = [...$("deeds").querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  if (event.key in steps) {
    event.preventDefault();
    items[(steps[event.key] + items.length) % items.length].focus();
  }
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    closeMenu(true);
  }
}

export function readyMenu() {
  $("deeds").onkeydown = move;
  document.addEventListener("pointerdown", (event) => $("deeds").contains(event.target) || closeMenu());
  $("scroll").addEventListener("scroll", () => closeMenu(), { passive: true });
}
