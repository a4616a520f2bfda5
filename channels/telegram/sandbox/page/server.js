// Speaks to the sandbox's control API.

import { t } from "./words.js";

async function answer(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? t("error", { code: String(response.status) }));
  return body;
}

export async function get(what, query = {}) {
  return answer(await fetch(`/control/${what}?${new URLSearchParams(query)}`));
}

export async function post(deed, wish) {
  const headers = { "Content-Type": "application/json" };
  return answer(await fetch(`/control/${deed}`, { method: "POST", headers, body: JSON.stringify(wish) }));
}

export async function upload(fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file, file.name);
  return answer(await fetch("/control/upload", { method: "POST", body: form }));
}

export const fileAddress = (id) => `/control/file?id=${encodeURIComponent(id)}`;

const KINDS = ["hello", "message", "edited", "deleted", "typing", "comments", "read", "chats", "reload"];

// Calls `react(kind, event)` for everything that changes in this person's chats.
export function listen(user, react) {
  const source = new EventSource(`/control/events?user=${user}`);
  for (const kind of KINDS) source.addEventListener(kind, (e) => react(kind, JSON.parse(e.data)));
  return source;
}
