// Line drawings of our own, made as elements, so that nothing has to be loaded for them.

const SPACE = "http://www.w3.org/2000/svg";
const PATHS = {
  album: "M4 7h12v12H4z M8 4h12v12",
  back: "M19 12H5 M11 6l-6 6 6 6",
  bot: "M6 9h12v9H6z M12 9V5 M9.5 13v1 M14.5 13v1 M4 12v3 M20 12v3",
  channel: "M4 10v4h3l8 4V6L7 10z M18 9.5a4 4 0 0 1 0 5",
  check: "M5 12.5l4.5 4.5L19 7",
  checks: "M1.5 13l4 4 8.5-10 M10.5 16l1 1L20.5 7",
  clip: "m20 11-8.5 8.5a5.3 5.3 0 0 1-7.5-7.5l8.6-8.5a3.5 3.5 0 0 1 5 5l-8.3 8.3a1.8 1.8 0 0 1-2.5-2.5L14 7",
  close: "M6 6l12 12 M18 6L6 18",
  comments: "M4 5h16v11H10l-4 4v-4H4z M8 9h8 M8 12h5",
  copy: "M9 9h11v11H9z M15 9V4H4v11h5",
  cross: "M7 7l10 10 M17 7L7 17",
  down: "M12 5v14 M6 13l6 6 6-6",
  edit: "M4 20l1-4L16 5l3 3L8 19z M14 7l3 3",
  file: "M6 3h8l5 5v13H6z M14 3v5h5",
  forward: "M13 6l6 6-6 6v-4c-5 0-7 1-9 4 0-5 3-8 9-8z",
  group: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z M3 19c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5 M16 5.5a3 3 0 0 1 0 5.5 M17.5 13.8c2.2.6 3.5 2.5 3.5 5.2",
  lamp: "M9 17h6 M10 20h4 M12 3a6 6 0 0 0-3.5 10.9V17h7v-3.1A6 6 0 0 0 12 3z",
  lock: "M6 11h12v9H6z M9 11V8a3 3 0 0 1 6 0v3",
  more: "M12 6v.01 M12 12v.01 M12 18v.01",
  pause: "M9 6v12 M15 6v12",
  pin: "M12 21c-4-5-6.5-8-6.5-11.5a6.5 6.5 0 0 1 13 0C18.5 13 16 16 12 21z M12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  play: "M8 5.5v13l11-6.5z",
  poll: "M6 20v-7 M12 20V4 M18 20v-11",
  reply: "M11 6l-6 6 6 6v-4c5 0 7 1 9 4 0-5-3-8-9-8z",
  save: "M12 4v11 M7 11l5 5 5-5 M5 20h14",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14z M16 16l4.5 4.5",
  send: "M4 20.5 21.5 12 4 3.5 4 10l11 2-11 2z",
  trash: "M5 7h14 M10 7V4h4v3 M7 7l1 13h8l1-13",
  undo: "M8 5 4 9l4 4 M4 9h10a6 6 0 0 1 0 11h-4",
};
const SOLID = new Set(["play", "send"]);

export function icon(name) {
  const drawing = document.createElementNS(SPACE, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("class", SOLID.has(name) ? "icon solid" : "icon");
  const path = document.createElementNS(SPACE, "path");
  path.setAttribute("d", PATHS[name]);
  drawing.append(path);
  return drawing;
}

// <button data-icon="back"> in the page's HTML.
export function drawIcons(page) {
  for (const element of page.querySelectorAll("[data-icon]")) element.prepend(icon(element.dataset.icon));
}
