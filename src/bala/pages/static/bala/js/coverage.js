// The matrix by keyboard, and its figures kept fresh. Without this file every cell is a plain link.

const EVERY = 60_000;
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const rows = (matrix) =>
  [...matrix.querySelectorAll("tbody tr")]
    .map((row) => [...row.querySelectorAll("a.state")])
    .filter((cells) => cells.length);

// One cell of the matrix takes part in the order of Tab; the arrows move that place.
function takePart(matrix, chosen) {
  for (const cells of rows(matrix)) for (const cell of cells) cell.tabIndex = cell === chosen ? 0 : -1;
}

function move(event) {
  const cell = event.target.closest("a.state");
  if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
  const matrix = event.currentTarget;
  const all = rows(matrix);
  const row = all.findIndex((cells) => cells.includes(cell));
  const column = all[row].indexOf(cell);
  let next;
  if (event.key in STEPS) next = all[row + STEPS[event.key][0]]?.[column + STEPS[event.key][1]];
  else if (event.key === "Home") next = all[row][0];
  else if (event.key === "End") next = all[row].at(-1);
  else return;
  event.preventDefault();
  if (!next) return;
  takePart(matrix, next);
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function begin(matrix) {
  const first = rows(matrix)[0]?.[0];
  if (!first) return;
  takePart(matrix, matrix.querySelector("a.state[tabindex='0']") ?? first);
  matrix.addEventListener("keydown", move);
}

function keepFresh(matrix) {
  let held = "";
  setInterval(() => {
    if (document.hidden || !window.htmx) return;
    held = document.activeElement?.id ?? "";
    window.htmx.trigger("#refresh", "refresh");
  }, EVERY);
  document.body.addEventListener("htmx:afterSettle", () => {
    const chosen = (held && matrix.querySelector(`#${CSS.escape(held)}`)) || rows(matrix)[0]?.[0];
    takePart(matrix, chosen);
    if (held && chosen?.id === held) chosen.focus({ preventScroll: true });
  });
}

for (const matrix of document.querySelectorAll("[data-matrix]")) {
  begin(matrix);
  keepFresh(matrix);
}

// A filter answers at once.
document.querySelector("#filters")?.addEventListener("change", (event) => event.currentTarget.requestSubmit());
