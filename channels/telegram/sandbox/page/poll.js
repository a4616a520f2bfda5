// A poll: what one may choose before the vote, and bars that follow the counts after it.

import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { richText } from "./richtext.js";
import { moment } from "./time.js";
import { t } from "./words.js";

const SORTS = { quiz: ["quiz.anonymous", "quiz.public"], regular: ["poll.anonymous", "poll.public"] };
const ticked = new Map(); // what is ticked and not yet sent, so that another's vote does not lose it
const stood = new Map(); // how long the bars were, so that they grow from there

export const secret = (poll) => Boolean(poll.hides_results) && !poll.is_closed;
const voted = (poll) => (poll.chosen ?? []).length > 0;
export const open = (poll) => !poll.is_closed && !voted(poll);
export const mayTakeBack = (poll) => !poll.is_closed && voted(poll) && poll.allows_revoting !== false;
const showsResults = (poll) => poll.is_closed || (voted(poll) && !secret(poll));

export function poll(message, acts) {
  const asked = message.poll;
  if (!asked) return null;
  const rows = showsResults(asked) ? results(asked) : choices(asked, message, acts);
  return el("div", { className: `poll ${asked.type}`, role: "group", "aria-label": t("poll.of", { question: asked.question }) },
    el("strong", {}, richText(asked.question, asked.question_entities)),
    asked.description ? el("p", {}, richText(asked.description, asked.description_entities)) : null,
    el("small", { className: "kind" }, kind(asked)),
    el("ul", {}, rows),
    explanation(asked),
    foot(asked, message, acts));
}

function kind(asked) {
  if (asked.is_closed) return t("poll.final");
  const parts = [t(SORTS[asked.type][asked.is_anonymous ? 0 : 1])];
  if (asked.allows_multiple_answers) parts.push(t("poll.several"));
  return parts.join(" · ");
}

function choices(asked, message, acts) {
  const vote = (options) => (ticked.delete(asked.id), acts.vote(message, options));
  const chosen = asked.chosen ?? [];
  const mine = ticked.get(asked.id) ?? new Set();
  return asked.options.map((option, index) => {
    if (!open(asked)) return el("li", { className: "settled" }, el("span", { className: "mark" }, chosen.includes(index) ? icon("check") : null), el("span", {}, option.text));
    if (!asked.allows_multiple_answers) {
      const made = button("option", () => (made.classList.add("sending"), vote([index])), el("span", { className: "mark" }), el("span", {}, option.text));
      return el("li", {}, made);
    }
    const box = el("input", { type: "checkbox", checked: mine.has(index) });
    box.onchange = () => {
      if (box.checked) mine.add(index);
      else mine.delete(index);
      ticked.set(asked.id, mine);
      box.closest(".poll").querySelector(".send").disabled = mine.size === 0;
    };
    return el("li", {}, el("label", { className: "option" }, box, el("span", {}, option.text)));
  });
}

function results(asked) {
  const shares = percents(asked);
  const longest = Math.max(1, ...asked.options.map((option) => option.voter_count));
  const before = stood.get(asked.id) ?? [];
  const now = asked.options.map((option) => (100 * option.voter_count) / longest);
  stood.set(asked.id, now);
  return asked.options.map((option, index) => {
    const bar = el("i", { className: "bar" });
    bar.style.setProperty("--share", `${before[index] ?? 0}%`);
    requestAnimationFrame(() => requestAnimationFrame(() => bar.style.setProperty("--share", `${now[index]}%`)));
    const says = t("poll.votes", { n: option.voter_count });
    return el("li", { className: `result ${verdict(asked, index)}`, title: says },
      el("b", {}, `${shares[index]}%`), el("span", {}, option.text, el("span", { className: "unseen" }, ` – ${says}`)),
      el("span", { className: "line" }, mark(asked, index), bar));
  });
}

function verdict(asked, index) {
  const right = asked.correct_option_ids ?? [];
  if (asked.type !== "quiz" || !right.length) return "";
  if (right.includes(index)) return "right";
  return (asked.chosen ?? []).includes(index) ? "wrong" : "";
}

function mark(asked, index) {
  const chosen = (asked.chosen ?? []).includes(index);
  const how = verdict(asked, index);
  if (!chosen && how !== "right") return el("span", { className: "mark none" });
  const [name, key] = how === "wrong" ? ["cross", "quiz.wrong"] : ["check", how === "right" ? "quiz.right" : "poll.mine"];
  return el("span", { className: "mark", role: "img", "aria-label": t(key), title: t(key) }, icon(name));
}

// Whole numbers that make 100 where everybody has one vote: the largest remainders are rounded up.
export function percents({ options, total_voter_count: total, allows_multiple_answers: several }) {
  if (!total) return options.map(() => 0);
  const exact = options.map((option) => (100 * option.voter_count) / total);
  if (several) return exact.map(Math.round);
  const whole = exact.map(Math.floor);
  const missing = 100 - whole.reduce((sum, one) => sum + one, 0);
  const order = exact.map((share, index) => [share - whole[index], index]).sort((a, b) => b[0] - a[0]);
  for (const [, index] of order.slice(0, missing)) whole[index] += 1;
  return whole;
}

function explanation(asked) {
  if (!asked.explanation || !showsResults(asked)) return null;
  return el("p", { className: "explanation" }, icon("lamp"), el("span", {}, richText(asked.explanation, asked.explanation_entities)));
}

function foot(asked, message, acts) {
  const parts = [];
  if (open(asked) && asked.allows_multiple_answers) {
    const mine = () => [...(ticked.get(asked.id) ?? [])].sort((a, b) => a - b);
    const send = button("send", () => acts.vote(message, mine()), t("poll.vote"));
    send.disabled = !mine().length;
    parts.push(send);
  }
  if (!secret(asked)) parts.push(el("small", { className: "total" }, total(asked)));
  if (mayTakeBack(asked)) parts.push(button("back-out", () => (ticked.delete(asked.id), acts.vote(message, [])), t("poll.take_back")));
  if (secret(asked)) parts.push(el("small", {}, icon("lock"), t("poll.secret")));
  if (asked.close_date && !asked.is_closed) parts.push(el("small", {}, t("poll.until", { time: moment(asked.close_date) })));
  return el("div", { className: "foot" }, parts);
}

function total(asked) {
  const n = asked.total_voter_count;
  if (!n) return t("poll.nobody");
  return t(asked.type === "quiz" ? "quiz.people" : "poll.people", { n });
}
