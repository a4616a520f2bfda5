// A picture over the whole window, its album's others a key away.

import { $, button, el } from "./dom.js";
import { icon } from "./icons.js";
import { fileAddress } from "./server.js";
import { t } from "./words.js";

export function look(messages, chosen) {
  const pictures = messages.filter((message) => message.photo);
  let at = pictures.indexOf(chosen);
  const dialog = $("viewer");
  const draw = () => dialog.replaceChildren(...inside(pictures, at, (by) => ((at = (at + by + pictures.length) % pictures.length), draw())));
  dialog.onkeydown = ({ key }) => {
    if (key === "ArrowRight" || key === "ArrowLeft") ((at = (at + (key === "ArrowRight" ? 1 : -1) + pictures.length) % pictures.length), draw());
  };
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  draw();
  dialog.showModal();
}

function inside(pictures, at, step) {
  const { photo, caption } = pictures[at];
  const { file_id } = photo.at(-1);
  const sign = (name, key, onclick, className) => {
    const made = button(className, onclick, icon(name));
    made.setAttribute("aria-label", t(key));
    return made;
  };
  const save = el("a", { href: fileAddress(file_id), download: "anh.jpg", "aria-label": t("save") }, icon("save"));
  const several = pictures.length > 1;
  return [
    el("header", {}, el("span", {}, several ? `${at + 1} / ${pictures.length}` : ""), save, sign("close", "close", () => $("viewer").close(), "")),
    el("img", { src: fileAddress(file_id), alt: caption || t("photo") }),
    caption ? el("p", {}, caption) : el("p", {}),
    ...(several ? [sign("back", "previous", () => step(-1), "previous"), sign("back", "next", () => step(1), "next")] : []),
  ];
}
