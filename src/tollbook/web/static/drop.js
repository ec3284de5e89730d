// Files dropped on the frame are put into the form's own file field.
let wired = null;

export function start() {
  const drop = document.querySelector("#drop");
  if (drop === wired) return;
  wired = drop;
  const field = drop.querySelector("input[type=file]");
  const say = () => { drop.querySelector("output").textContent = [...field.files].map((file) => file.name).join(", "); };
  field.addEventListener("change", say);
  for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    field.files = event.dataTransfer.files;
    say();
  });
}
