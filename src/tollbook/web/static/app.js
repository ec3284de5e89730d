// What every page does: theme, help, keys, copying. Screens bring their own modules, loaded when they are there.
import { keysOn, setKeys } from "./keys.js";

const $ = (selector, from = document) => from.querySelector(selector);

export function tell(words) {
  const box = $("#told");
  box.textContent = words;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { box.textContent = ""; }, 5000);
}

function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* storage may be forbidden */ }
  document.dispatchEvent(new CustomEvent("theme"));
}

function help() {
  const dialog = $("#help");
  if (dialog.open) dialog.close(); else dialog.showModal();
}

function move(step) {
  const rows = [...document.querySelectorAll("[data-row], [data-card]")];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.classList.contains("here") || row.classList.contains("lit"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  for (const row of rows) row.classList.remove("here");
  next.classList.add("here");
  const link = $("a.row-link, button.n", next);
  if (next.dataset.card) $("button.n", next).click(); else link?.focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !keysOn()) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
  const known = { "/": () => $("#q").focus(), "?": help, j: () => move(1), k: () => move(-1) };
  if (known[event.key]) { event.preventDefault(); known[event.key](); }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.id === "theme") theme();
  if (button.id === "help-button") help();
  if ("print" in button.dataset) print();
  if (button.dataset.copy) {
    navigator.clipboard.writeText($(`#${button.dataset.copy}`).textContent).then(() => tell("Copied."), () => tell("Copying is not allowed here."));
  }
});

$("#keys-on").checked = keysOn();
$("#keys-on").addEventListener("change", (event) => setKeys(event.target.checked));
document.addEventListener("change", (event) => {
  if (event.target.matches(".sort select")) event.target.form.requestSubmit();
});

async function screens() {
  if ($("#map")) (await import("./map.js")).start();
  if ($("#timeline")) (await import("./timeline.js")).start();
  if ($("#article") && $("#text")) (await import("./article.js")).start();
  if ($("#review")) (await import("./review.js")).start();
  if ($("#drop")) (await import("./drop.js")).start();
}
if (matchMedia("(max-width: 62rem)").matches) for (const folded of document.querySelectorAll(".facets > .folded")) folded.open = false;
screens().finally(() => { document.documentElement.dataset.ready = "yes"; });
// Choosing a value draws the facets anew: they stay as far down and as unfolded as they were, and the search box says
// what is asked.
let stood = null;
const folds = () => [...document.querySelectorAll(".facets details")].map((fold) => [fold.querySelector("summary").textContent, fold]);
document.addEventListener("htmx:beforeSwap", () => {
  stood = $(".facets") && { top: $(".facets").scrollTop, open: new Map(folds().map(([name, fold]) => [name, fold.open])) };
});
document.addEventListener("htmx:afterSettle", () => {
  if (stood && $(".facets")) {
    for (const [name, fold] of folds()) fold.open = stood.open.get(name) ?? fold.open;
    $(".facets").scrollTop = stood.top;
  }
  stood = null;
  if ($("#explore")) $("#q").value = new URLSearchParams(location.search).get("q") ?? "";
  screens();
});
addEventListener("beforeprint", () => { for (const fold of document.querySelectorAll(".fold")) fold.open = true; });
document.addEventListener("htmx:responseError", () => tell("That could not be loaded; the page is as it was."));
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.body.dataset.csrf;
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRF-Token"] = token;
});
