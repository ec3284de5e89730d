// Claims and their words: click one to see the other; select words to add what the machine missed.
import { keysOn } from "./keys.js";

let wired = null;

export function start() {
  const article = document.querySelector("#article");
  if (article === wired) return;
  wired = article;
  article.addEventListener("click", (event) => {
    if (!getSelection().isCollapsed) return;
    const button = event.target.closest("button.n[data-claim]");
    const mark = event.target.closest("mark[data-claims]");
    const card = event.target.closest(".card");
    if (button) light(button.dataset.claim, button.closest(".card") ? "words" : "card");
    else if (mark) light(next(mark), "card");
    else if (card && !event.target.closest("a, button, summary")) light(card.dataset.card, "words");
  });
  const asked = document.getElementById(location.hash.slice(1));
  if (asked?.dataset.card) light(asked.dataset.card, "words");
  missed();
}

// Words of several claims show one after the other.
function next(mark) {
  const claims = mark.dataset.claims.split(" ");
  const lit = document.querySelector(".card.lit")?.dataset.card;
  return claims[(claims.indexOf(lit) + 1) % claims.length];
}

function light(claim, show) {
  for (const old of document.querySelectorAll("#article .lit, #article .words")) old.classList.remove("lit", "words");
  const marks = [...document.querySelectorAll("mark[data-claims]")].filter((mark) => mark.dataset.claims.split(" ").includes(claim));
  for (const mark of marks) {
    mark.classList.add("lit");
    if ((mark.title || "").split(", ").some((part) => part.endsWith(` of claim ${claim}`))) mark.classList.add("words");
  }
  for (const button of document.querySelectorAll(`button.n[data-claim="${claim}"]`)) button.classList.add("lit");
  const card = document.querySelector(`[data-card="${claim}"]`);
  card?.classList.add("lit");
  // The number itself: other words of a claim, its place say, can stand far from it, in the title.
  const says = (mark) => (mark.title || "").split(", ").includes(`count of claim ${claim}`);
  const target = show === "words" ? marks.find(says) ?? marks[0] : card;
  target?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  if (card) history.replaceState(null, "", `#${card.id}`);
}

// --- selecting words ---------------------------------------------------------

// A place in the page as a code point of the text: every piece says where it begins; browsers count UTF-16 within it.
export function codePoint(node, offset) {
  if (node.nodeType !== Node.TEXT_NODE) {
    const child = node.childNodes[offset] ?? null;
    const piece = child?.nodeType === Node.ELEMENT_NODE ? child.closest("[data-s]") ?? child.querySelector("[data-s]") : null;
    if (piece) return Number(piece.dataset.s);
    const before = [...node.querySelectorAll("[data-s]")].filter((one) => !child || one.compareDocumentPosition(child) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
    return before ? Number(before.dataset.s) + length(before) : null;
  }
  const piece = node.parentElement.closest("[data-s]");
  if (!piece) return null;
  if ("one" in piece.dataset) return Number(piece.dataset.s) + (offset > 0 ? 1 : 0);
  return Number(piece.dataset.s) + [...node.data.slice(0, offset)].length;
}

const length = (piece) => ("one" in piece.dataset ? 1 : [...piece.textContent].length);

function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!document.querySelector("#text").contains(range.commonAncestorContainer)) return null;
  const start = codePoint(range.startContainer, range.startOffset);
  const end = codePoint(range.endContainer, range.endOffset);
  return start === null || end === null || end <= start ? null : { start, end, text: selection.toString() };
}

function missed() {
  const form = document.querySelector("#missed-form");
  if (!form) return;
  const slots = JSON.parse(form.elements.slots.value || "{}"); // filled where a claim could not be kept
  if (form.querySelector("[role=alert]")) form.scrollIntoView({ block: "nearest" });
  let last = null;
  document.addEventListener("selectionchange", () => { last = selected() ?? last; });
  const fill = (name) => {
    const words = selected() ?? last;
    const button = form.querySelector(`[data-slot="${name}"]`);
    if (!words) { button.querySelector("output").textContent = "select words in the text first"; return; }
    slots[name] = { start: words.start, end: words.end };
    button.classList.add("filled");
    button.querySelector("output").textContent = `“${words.text.trim().slice(0, 60)}”`;
    form.elements.slots.value = JSON.stringify(slots);
    // Digits of any script are filled in; "at least 20" is not 20, and words are read by the server.
    if (name === "count" && !form.elements.low.value && !form.elements.high.value) {
      const number = words.text.trim().replace(/[,.\s\u00a0\u202f'’](?=\p{Nd}{3}\b)/gu, "").match(/^\p{Nd}+$/u);
      const plain = number && [...number[0]].map((digit) => digitOf(digit)).join("");
      if (plain) { form.elements.low.value = plain; form.elements.high.value = plain; }
    }
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-slot]");
    if (button) fill(button.dataset.slot);
  });
  form.addEventListener("submit", (event) => {
    if (!slots.count) { event.preventDefault(); form.querySelector("[data-slot=count] output").textContent = "the number's words are needed"; form.querySelector("[data-slot=count]").focus(); }
  });
  document.addEventListener("keydown", (event) => {
    if (!keysOn() || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog[open]")) return;
    const panel = document.querySelector("#missed");
    if (event.key === "n") { panel.open = true; panel.scrollIntoView({ block: "nearest" }); form.querySelector("[data-slot]").focus(); event.preventDefault(); }
    const name = panel.open && form.querySelectorAll("[data-slot]")[Number(event.key) - 1]?.dataset.slot;
    if (name && (selected() ?? last)) { fill(name); event.preventDefault(); }
  });
}

// Digits of any script: each block of ten begins at a code point whose digit is 0.
function digitOf(digit) {
  const code = digit.codePointAt(0);
  for (let zero = code; zero > code - 10; zero -= 1) if (!/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) return code - zero;
  return (code - 0x1d7ce) % 10;
}
