// Several pictures as one mosaic: rows that are all as wide as the bubble.

import { el } from "./dom.js";
import { file, film, picture, shown } from "./media.js";

const ROWS = { 2: [2], 3: [1, 2], 4: [1, 3], 5: [2, 3], 6: [3, 3], 7: [2, 2, 3], 8: [2, 3, 3], 9: [3, 3, 3], 10: [3, 3, 4] };
const FLATTEST = 1.9;
const STEEPEST = 0.62;

export function ratio(message) {
  const { width, height } = shown(message);
  return Math.min(FLATTEST, Math.max(STEEPEST, width / height));
}

// Which tile stands in which row; the first number says whether one tall tile stands on the left.
export function plan(ratios) {
  const count = ratios.length;
  if (count === 2 && ratios.every((one) => one > 1.35)) return { tall: false, rows: [1, 1] };
  if ((count === 3 || count === 4) && ratios[0] < 0.95) return { tall: true, rows: Array(count - 1).fill(1) };
  return { tall: false, rows: ROWS[count] ?? [count] };
}

export function mosaic(messages) {
  if (messages[0].document) return el("div", { className: "files" }, messages.map((one) => anchored(el("div", {}, file(one)), one, messages)));
  const ratios = messages.map(ratio);
  const tiles = messages.map((message) => tile(message, messages));
  const { tall, rows } = plan(ratios);
  const box = el("div", { className: `mosaic${tall ? " tall" : ""}` });
  const rest = tall ? el("div", { className: "stack" }) : box;
  if (tall) box.append(tiles[0], rest);
  let at = tall ? 1 : 0;
  for (const many of rows) {
    const line = el("div", { className: "tiles" }, tiles.slice(at, at + many));
    const inside = ratios.slice(at, at + many);
    if (!tall) line.style.aspectRatio = String(inside.reduce((sum, one) => sum + one, 0));
    inside.forEach((one, i) => (tiles[at + i].style.flexGrow = String(one)));
    rest.append(line);
    at += many;
  }
  return box;
}

function tile(message, messages) {
  const content = message.photo ? picture(message, messages) : film(message);
  return anchored(el("div", { className: "tile" }, content), message, messages);
}

// A quote of any of an album's pictures finds it; the first one's place is the bubble itself.
function anchored(element, message, messages) {
  if (message !== messages[0]) element.id = `m${message.message_id}`;
  return element;
}
