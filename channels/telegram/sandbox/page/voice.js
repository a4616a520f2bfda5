// A voice note: a button, how far it is, how long it is; one plays at a time.

import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { fileAddress } from "./server.js";
import { length } from "./time.js";
import { t } from "./words.js";

let playing = null;

export function voice(message) {
  const { file_id, duration } = message.voice;
  const sound = el("audio", { preload: "none", src: fileAddress(file_id) });
  const time = el("span", { className: "time" }, length(duration));
  const line = el("input", { type: "range", min: 0, max: Math.max(duration, 1), step: 0.1, value: 0 });
  line.setAttribute("aria-label", t("voice.position"));
  const turn = button("turn", () => (sound.paused ? sound.play().catch(() => {}) : sound.pause()), icon("play"));
  const say = (name, key) => (turn.replaceChildren(icon(name)), turn.setAttribute("aria-label", t(key, { length: length(duration) })));
  say("play", "voice.play");
  const far = () => {
    line.value = sound.currentTime;
    line.style.setProperty("--far", `${(100 * sound.currentTime) / Math.max(duration, 1)}%`);
    time.textContent = length(sound.currentTime || duration);
  };
  line.oninput = () => ((sound.currentTime = Number(line.value)), far());
  sound.ontimeupdate = far;
  sound.onplay = () => (playing !== sound && playing?.pause(), (playing = sound), say("pause", "voice.pause"));
  sound.onpause = () => say("play", "voice.play");
  sound.onended = () => ((sound.currentTime = 0), far());
  return el("div", { className: "voice", role: "group", "aria-label": t("voice", { length: length(duration) }) }, sound, turn,
    el("span", { className: "track" }, line, time));
}
