// The page's own words, in the language that was chosen; what people write is never touched.

export const LANGUAGES = { vi: "Tiếng Việt", km: "ភាសាខ្មែរ", en: "English" };
export const LOCALES = { vi: "vi-VN", km: "km-KH-u-nu-latn", en: "en-GB" };

const chosen = localStorage.getItem("language");
export const language = chosen in LANGUAGES ? chosen : "vi";

const words = await (await fetch(`/page/words.${language}.json`)).json();
const numbers = new Intl.NumberFormat(LOCALES[language]);

export const counted = (number) => numbers.format(number);

// "{n} comment|{n} comments": the first of the two is for one.
export function t(key, values = {}) {
  const [one, many = one] = (words[key] ?? key).split("|");
  const form = values.n === 1 ? one : many;
  return form.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return typeof value === "number" ? counted(value) : (value ?? whole);
  });
}

// Another language means another page: one reload, and the address keeps who and where one is.
export function speak(code) {
  localStorage.setItem("language", code);
  location.reload();
}

export function fillIn(page) {
  document.documentElement.lang = language;
  for (const element of page.querySelectorAll("[data-words]")) element.textContent = t(element.dataset.words);
  for (const element of page.querySelectorAll("[data-hint]")) element.placeholder = t(element.dataset.hint);
  for (const element of page.querySelectorAll("[data-label]")) {
    if (!element.matches("label")) element.setAttribute("aria-label", t(element.dataset.label));
    if (element.matches("button, label")) element.title = t(element.dataset.label);
  }
}
