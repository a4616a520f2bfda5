// Times as people in Viet Nam read them, wherever the browser is.

const ZONE = { timeZone: "Asia/Ho_Chi_Minh" };
const CLOCK = new Intl.DateTimeFormat("vi-VN", { ...ZONE, hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("vi-VN", { ...ZONE, day: "2-digit", month: "2-digit", year: "numeric" });

export const clock = (seconds) => CLOCK.format(seconds * 1000);

export function day(seconds) {
  const then = DAY.format(seconds * 1000);
  if (then === DAY.format(Date.now())) return "Hôm nay";
  if (then === DAY.format(Date.now() - 86400000)) return "Hôm qua";
  return then;
}

export const brief = (seconds) => (day(seconds) === "Hôm nay" ? clock(seconds) : day(seconds));
