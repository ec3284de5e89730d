// Dragging across the timeline chooses a stretch of time; the list under it does the same by keyboard.
let wired = null;

export function start() {
  const plot = document.querySelector("#timeline");
  if (!plot || plot === wired) return;
  wired = plot;
  const svg = plot.querySelector(".columns");
  const columns = [...svg.querySelectorAll(".column")];
  let from = null;
  let brush = null;
  const x = (event) => Math.min(1, Math.max(0, (event.clientX - svg.getBoundingClientRect().left) / svg.getBoundingClientRect().width));
  svg.addEventListener("pointerdown", (event) => {
    from = x(event);
    brush = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    brush.setAttribute("class", "brush");
    brush.setAttribute("height", "72");
    svg.append(brush);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const [a, b] = [from, x(event)].sort((one, other) => one - other);
    brush.setAttribute("x", `${a * 100}%`);
    brush.setAttribute("width", `${(b - a) * 100}%`);
  });
  const cancel = () => { brush?.remove(); from = null; };
  svg.addEventListener("pointercancel", cancel);
  svg.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [a, b] = [from, x(event)].sort((one, other) => one - other);
    cancel();
    const inside = columns.filter((column) => {
      const left = parseFloat(column.getAttribute("x")) / 100;
      const right = left + parseFloat(column.getAttribute("width")) / 100;
      return right >= a && left <= b;
    });
    if (!inside.length) return;
    const form = document.querySelector(".period");
    form.elements.since.value = inside[0].dataset.since;
    form.elements.until.value = inside[inside.length - 1].dataset.until;
    form.requestSubmit();
  });
}
