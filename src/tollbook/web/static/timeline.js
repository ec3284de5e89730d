// Dragging across the timeline chooses a stretch of time; the list under it and the two days do the same by keyboard.
let wired = null;
const DAY = 86400000;

export function start() {
  const plot = document.querySelector("#timeline");
  if (!plot || plot === wired) return;
  wired = plot;
  const svg = plot.querySelector(".columns");
  let from = null;
  let brush = null;
  const x = (event) => Math.min(1, Math.max(0, (event.clientX - svg.getBoundingClientRect().left) / svg.getBoundingClientRect().width));
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => { if (event.button === 0) from = x(event); });
  svg.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const [a, b] = [from, x(event)].sort((one, other) => one - other);
    if (!brush) {
      if ((b - a) * svg.getBoundingClientRect().width < 4) return; // a click, so far
      brush = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      brush.setAttribute("class", "brush");
      brush.setAttribute("height", "100%");
      svg.append(brush);
      svg.setPointerCapture(event.pointerId);
    }
    brush.setAttribute("x", `${a * 100}%`);
    brush.setAttribute("width", `${(b - a) * 100}%`);
  });
  const cancel = () => { brush?.remove(); brush = null; from = null; };
  svg.addEventListener("pointercancel", cancel);
  svg.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [a, b] = [from, x(event)].sort((one, other) => one - other);
    const dragged = brush !== null;
    cancel();
    const stretch = plot.dataset.first ? (dragged ? days(plot.dataset, a, b) : null) : bars(svg, a, b);
    if (!stretch) return; // a click on a dot is a link
    const form = document.querySelector(".period");
    [form.elements.since.value, form.elements.until.value] = stretch;
    form.requestSubmit();
  });
}

function days({ first, last }, a, b) {
  const start = Date.parse(first);
  const span = Math.round((Date.parse(last) - start) / DAY) + 1;
  return [a, b].map((at) => new Date(start + Math.min(span - 1, Math.floor(at * span)) * DAY).toISOString().slice(0, 10));
}

function bars(svg, a, b) {
  const inside = [...svg.querySelectorAll(".column")].filter((column) => {
    const left = parseFloat(column.getAttribute("x")) / 100;
    return left + parseFloat(column.getAttribute("width")) / 100 >= a && left <= b;
  });
  return inside.length ? [inside[0].dataset.since, inside[inside.length - 1].dataset.until] : null;
}
