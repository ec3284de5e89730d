// Review by keys: only buttons and keys decide, a click elsewhere never does.
import { keysOn } from "./keys.js";

let wired = null;

export function start() {
  const review = document.querySelector("#review");
  if (review === wired) return;
  wired = review;
  document.addEventListener("keydown", (event) => {
    if (!keysOn() || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) {
      if (event.key === "Escape") { event.target.blur(); event.target.closest("details")?.removeAttribute("open"); }
      return;
    }
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    const one = [...review.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
    if (one) { event.preventDefault(); one.click(); return; }
    if (event.key === "e") { event.preventDefault(); review.querySelector(".correct summary")?.focus(); return; }
    const field = review.querySelector(`[data-field="${CSS.escape(event.key)}"]`);
    if (field) {
      event.preventDefault();
      field.open = true;
      field.querySelector("input:not([type=hidden]), select").focus();
    }
  });
  // One decision, even if a key or a button is hit twice.
  review.addEventListener("submit", (event) => {
    if (review.dataset.sent) { event.preventDefault(); return; }
    review.dataset.sent = "1";
    addEventListener("pageshow", () => delete review.dataset.sent, { once: true });
  });
}
