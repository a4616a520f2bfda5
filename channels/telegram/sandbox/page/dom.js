// Small building blocks for the page: elements are made here and text is never read as HTML.

export const $ = (id) => document.getElementById(id);

// Names with a dash are attributes, all others properties.
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.includes("-")) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export const button = (className, onclick, ...children) => el("button", { type: "button", className, onclick }, ...children);

export function face(name, seed) {
  const hue = Math.abs(Number(seed) || 0) % 7;
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((w) => [...w.replace(/^[^\p{L}\p{N}]+/u, "")][0] ?? "");
  return el("span", { className: `face hue${hue}`, "aria-hidden": "true" }, letters.join("").toUpperCase());
}

export const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

export function seedOf(text) {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 100003, 7);
}

let fading;

export function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => ($("toast").hidden = true), 3500);
}

// Shows a question and resolves to the chosen value, or null if it is closed.
export function ask(text, choices) {
  const dialog = $("alert");
  $("alert-text").textContent = text;
  return new Promise((resolve) => {
    let chosen = null;
    $("alert-choices").replaceChildren(...choices.map(([label, value]) =>
      button("", () => ((chosen = value), dialog.close()), label)));
    dialog.onclose = () => resolve(chosen);
    dialog.showModal();
  });
}
