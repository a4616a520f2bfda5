// Pictures, films and files inside a bubble.

import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { fileAddress } from "./server.js";
import { length } from "./time.js";
import { look } from "./viewer.js";
import { counted, t } from "./words.js";

const WIDEST = 420;
const HIGHEST = 440;
const NARROWEST = 140;

export const shown = (message) => message.photo?.at(-1) ?? message.video;

// How wide a single picture stands, in CSS pixels.
export function frame({ width, height }) {
  const scale = Math.min(WIDEST / width, HIGHEST / height, 1);
  return Math.max(NARROWEST, Math.round(width * scale));
}

export function picture(message, beside) {
  const { file_id, width, height } = shown(message);
  const title = message.caption || t("photo");
  const image = el("img", { className: "photo", src: fileAddress(file_id), alt: title, width, height, draggable: false });
  const open = button("open", () => look(beside ?? [message], message), image);
  open.setAttribute("aria-label", t("photo.open", { title }));
  return open;
}

export function film(message) {
  const { file_id, width, height, duration } = message.video;
  const box = el("video", { className: "film", controls: true, preload: "metadata", src: fileAddress(file_id), width, height });
  box.setAttribute("aria-label", t("video", { length: length(duration) }));
  const badge = el("span", { className: "badge", "aria-hidden": "true" }, length(duration));
  box.onplay = () => badge.remove();
  return el("div", { className: "reel" }, box, badge);
}

export function file(message) {
  const { file_id, file_name, file_size } = message.document;
  const kind = /\.(\w{1,4})$/.exec(file_name)?.[1] ?? "";
  const props = { className: "document", href: fileAddress(file_id), download: file_name };
  return el("a", { ...props, "aria-label": t("file.save", { name: file_name, size: size(file_size) }) },
    el("span", { className: "sheet", "aria-hidden": "true" }, kind || icon("file"), el("i", {}, icon("save"))),
    el("span", {}, el("strong", {}, file_name), el("small", {}, size(file_size))));
}

// Where it is, in figures: no map is fetched from anywhere.
export function spot(message) {
  const { latitude, longitude, live_period } = message.location;
  const title = message.venue?.title || t(live_period ? "location.live" : "location");
  return el("div", { className: "document" },
    el("span", { className: "sheet", "aria-hidden": "true" }, icon("pin")),
    el("span", {}, el("strong", {}, title), el("small", {}, `${latitude}, ${longitude}`)));
}

export function size(bytes) {
  if (bytes < 1024) return `${counted(bytes)} B`;
  if (bytes < 1024 * 1024) return `${counted(Math.round(bytes / 1024))} KB`;
  return `${counted(Math.round(bytes / 104857.6) / 10)} MB`;
}
