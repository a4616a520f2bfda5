// Follows t.me links inside this practice world; every other link is the browser's affair.

const SUPERGROUPS = 1e12;

export function readLink(url) {
  if (!["t.me", "telegram.me"].includes(url.hostname)) return null;
  const [first, second, third] = url.pathname.split("/").filter(Boolean);
  if (!first) return null;
  if (first === "c") return { group: second, message: Number(third) || 0 };
  return {
    name: first,
    message: Number(second) || 0,
    start: url.searchParams.get("start"),
    startgroup: url.searchParams.get("startgroup"),
  };
}

// A supergroup's link leaves out the -10^12 that its id is counted from.
export function groupOf(link, chats) {
  const ids = [-SUPERGROUPS - Number(link.group), -Number(link.group)].map(String);
  return chats.find((chat) => ids.includes(chat.chat));
}

export function chatNamed(name, chats) {
  return chats.find((chat) => chat.chat.toLowerCase() === name.toLowerCase());
}
