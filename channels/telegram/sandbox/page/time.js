// Times as people in Viet Nam read them, wherever the browser is.

import { LOCALES, language, t } from "./words.js";

const made = (options) => new Intl.DateTimeFormat(LOCALES[language], { timeZone: "Asia/Ho_Chi_Minh", ...options });
const CLOCK = made({ hour: "2-digit", minute: "2-digit", hour12: false });
const DATE = made({ day: "2-digit", month: "2-digit", year: "numeric" });
const LONG = made({ day: "numeric", month: "long" });
const LONGER = made({ day: "numeric", month: "long", year: "numeric" });
const WEEKDAY = made({ weekday: "short" });
const YEAR = made({ year: "numeric" });
const DAY = 86400000;

export const clock = (seconds) => CLOCK.format(seconds * 1000);
export const moment = (seconds) => `${DATE.format(seconds * 1000)} ${clock(seconds)}`;
export const sameDay = (a, b) => DATE.format(a * 1000) === DATE.format(b * 1000);

export function day(seconds) {
  if (sameDay(seconds, Date.now() / 1000)) return t("today");
  if (sameDay(seconds, (Date.now() - DAY) / 1000)) return t("yesterday");
  const thisYear = YEAR.format(seconds * 1000) === YEAR.format(Date.now());
  return (thisYear ? LONG : LONGER).format(seconds * 1000);
}

export function brief(seconds) {
  if (sameDay(seconds, Date.now() / 1000)) return clock(seconds);
  return (Date.now() - seconds * 1000 < 6 * DAY ? WEEKDAY : DATE).format(seconds * 1000);
}

export function length(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
