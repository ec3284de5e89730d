// Single keys can be switched off (WCAG 2.1.4); the choice is this browser's.
let on = true;
try { on = localStorage.getItem("keys") !== "off"; } catch { /* storage may be forbidden */ }
export const keysOn = () => on;
export function setKeys(value) {
  on = value;
  try { localStorage.setItem("keys", value ? "on" : "off"); } catch { /* storage may be forbidden */ }
}
