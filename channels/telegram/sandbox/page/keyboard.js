// The buttons under a message.

import { button, el } from "./dom.js";

export function keyboard(message, acts) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return el("div", { className: "keyboard" }, rows.map((row) => el("div", { className: "row" }, row.map((one) => {
    const made = button("", () => acts.press(message, one, made), one.text);
    if (one.url) made.append(el("i", { "aria-hidden": "true" }, "↗"));
    return made;
  }))));
}
