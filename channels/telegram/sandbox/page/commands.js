// The menu of commands over the composer, opened by its button or by typing "/".

import { $, el } from "./dom.js";

export class Commands {
  // `choose(text)` is called with the command that was picked.
  constructor(choose) {
    this.choose = choose;
    this.known = [];
    this.marked = -1;
  }

  get isOpen() { return !$("menu").hidden; }

  learn(commands) {
    this.known = commands;
    $("slash").hidden = !commands.length;
  }

  toggle() {
    if (this.isOpen) return this.hide();
    this.list(this.known);
    return $("text").focus();
  }

  suggest(text) {
    const typed = /^\/(\w*)$/.exec(text);
    if (!typed) return this.hide();
    return this.list(this.known.filter((one) => one.command.startsWith(typed[1].toLowerCase())));
  }

  list(commands) {
    this.marked = -1;
    const several = new Set(this.known.map((one) => one.bot)).size > 1;
    $("menu").replaceChildren(...commands.map((one, index) => {
      const name = several ? `/${one.command}@${one.bot}` : `/${one.command}`;
      const row = el("li", { role: "option", id: `command${index}`, onclick: () => this.choose(name) },
        el("strong", {}, name), el("span", {}, one.description));
      row.setAttribute("aria-selected", "false");
      return row;
    }));
    $("menu").hidden = !commands.length;
    this.tell();
  }

  mark(by) {
    const items = [...$("menu").children];
    this.marked = (this.marked + by + items.length + (this.marked < 0 && by < 0 ? 1 : 0)) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === this.marked)));
    items[this.marked].scrollIntoView({ block: "nearest" });
    this.tell();
  }

  // True when the key was for the menu.
  key(event) {
    if (!this.isOpen) return false;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") this.mark(key === "ArrowDown" ? 1 : -1);
    else if (key === "Escape") this.hide();
    else if (key === "Tab" || (key === "Enter" && this.marked >= 0)) $("menu").children[Math.max(this.marked, 0)].click();
    else return false;
    event.preventDefault();
    return true;
  }

  hide() {
    $("menu").hidden = true;
    this.marked = -1;
    this.tell();
  }

  // A screen reader follows the marked command while the focus stays in the text.
  tell() {
    $("text").setAttribute("aria-expanded", String(this.isOpen));
    if (this.marked >= 0) $("text").setAttribute("aria-activedescendant", `command${this.marked}`);
    else $("text").removeAttribute("aria-activedescendant");
  }
}
