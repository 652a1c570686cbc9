// The plan as a spreadsheet: the ARIA grid pattern over a table that is whole without this file.
// One cell is in the tab order; arrows move, Enter or F2 or typing edits, Tab saves and goes on,
// Esc takes back. The server answers each save with the row as it stands: 200, 409 (somebody else
// changed the cell) or 422 (it cannot be taken).

import { offerOrganisations } from "./organisations.js";

const grid = document.getElementById("plan-grid");
const says = document.getElementById("grid-says");
const FOCUS_KEY = "plan-grid-focus";
let current = null; // the cell that holds the focus
let editing = null; // { cell, field, was }

const rows = () => [...grid.tBodies[0].rows];
const cellsOf = (row) => [...row.cells];
// What takes the focus in a cell: its tick or link where it has one, else the cell.
const target = (cell) => cell.querySelector(":scope > input.check, :scope > a") ?? cell;
const seen = (cell) => cell.offsetParent !== null;

function prepare(row) {
  for (const cell of cellsOf(row)) target(cell).tabIndex = -1;
}

function focus(cell) {
  if (!cell) return;
  if (current) target(current).tabIndex = -1;
  current = cell;
  const place = target(cell);
  place.tabIndex = 0;
  place.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function cellAt(id, column) {
  const row = document.getElementById(`row-${id}`);
  return row?.querySelector(`td[data-column="${column}"]`) ?? row?.cells[2];
}

function move(cell, down, right) {
  const row = cell.parentElement;
  const next = rows()[rows().indexOf(row) + down];
  if (!next) return;
  let column = cell.cellIndex + right;
  while (next.cells[column] && !seen(next.cells[column])) column += right || 1;
  focus(next.cells[column]);
}

// The next cell in reading order, for Tab; null at the ends, where Tab leaves the table.
function following(cell, step) {
  const all = rows().flatMap(cellsOf).filter((one) => one.dataset.column && seen(one));
  return all[all.indexOf(cell) + step] ?? null;
}

function field(cell, text) {
  const kind = cell.dataset.kind;
  if (kind === "choice") {
    const select = document.createElement("select");
    const choices = document.getElementById(`choices-${cell.dataset.column}`);
    select.append(choices.content.cloneNode(true));
    select.value = cell.dataset.value;
    return select;
  }
  if (kind === "status") {
    const select = document.createElement("select");
    const now = new Option(cell.innerText.trim(), cell.dataset.value, true, true);
    const steps = cell.dataset.steps.split("|").map((one) => one.split("="));
    select.append(now, ...steps.map(([value, label]) => new Option(label, value)));
    return select;
  }
  const input = document.createElement("input");
  input.type = "text";
  input.value = text ?? cell.dataset.mine ?? cell.dataset.value;
  if (kind === "number") input.inputMode = "numeric";
  if (cell.dataset.column === "organisation") {
    offerOrganisations(input, document.getElementById("organisations"), grid.dataset.organisationsUrl);
  }
  return input;
}

function edit(cell, text) {
  if (editing || !cell.dataset.column || cell.getAttribute("aria-readonly") === "true") return;
  const made = field(cell, text);
  const heading = grid.tHead.rows[0].cells[cell.cellIndex];
  made.setAttribute("aria-label", heading.innerText.trim());
  const fault = cell.querySelector(".errorlist");
  editing = { cell, field: made, was: [...cell.childNodes] };
  if (fault) {
    made.setAttribute("aria-invalid", "true");
    made.setAttribute("aria-describedby", fault.id);
    cell.replaceChildren(made, fault);
  } else {
    cell.replaceChildren(made);
  }
  cell.classList.add("editing");
  made.focus();
  if (made.select && text === undefined) made.select();
  if (made.tagName === "SELECT") made.showPicker?.call(made);
}

function close() {
  const { cell, was } = editing;
  editing = null;
  cell.classList.remove("editing");
  cell.replaceChildren(...was);
}

// Sends what is typed and moves on; the row that comes back takes the old one's place.
async function save(next) {
  const { cell, field: made } = editing;
  const value = made.value;
  const row = cell.parentElement;
  const { id, revision } = row.dataset;
  const column = cell.dataset.column;
  const unchanged = value === (cell.dataset.mine ?? cell.dataset.value);
  close();
  if (next) focus(next);
  if (unchanged && !cell.classList.contains("faulty")) return;
  if (column === "status") {
    if (value === "cancelled" || value === "moved") {
      window.location.assign(`${row.dataset.statusUrl}?to=${value}`);
      return;
    }
    await send(row, row.dataset.statusUrl, { status: value, revision }, id, column, value);
    return;
  }
  await send(row, row.dataset.url, { [column]: value, revision }, id, column, value);
}

// Saves of one row wait for each other, so that each carries the revision that the last one made.
const queues = new Map();

function send(row, url, values, id, column, value) {
  const turn = (queues.get(id) ?? Promise.resolve()).then(() => post(url, values, id, column, value));
  queues.set(id, turn);
  return turn;
}

async function post(url, values, id, column, value) {
  const row = document.getElementById(`row-${id}`);
  if (!row) return;
  const held = current?.parentElement === row ? current.dataset.column : null;
  await window.htmx.ajax("POST", url, {
    source: row, target: row, swap: "outerHTML",
    values: { ...values, revision: row.dataset.revision },
  });
  const fresh = document.getElementById(`row-${id}`);
  if (fresh === row) { // no answer: what was typed stays in the cell
    const cell = cellAt(id, column);
    cell.dataset.mine = value;
    cell.classList.add("faulty");
    says.textContent = says.dataset.failed;
    focus(cell);
    edit(cell, value);
    return;
  }
  prepare(fresh);
  const cell = cellAt(id, column);
  const button = cell.querySelector("[data-keep]");
  if (button) {
    focus(cell);
    button.focus();
  } else if (cell.classList.contains("faulty")) {
    focus(cell);
    edit(cell);
  } else {
    cell.classList.add("saved");
    says.textContent = says.dataset.saved;
    if (held) focus(cellAt(id, held));
  }
}

async function paste(cell, text) {
  const list = rows();
  const from = list.slice(list.indexOf(cell.parentElement));
  const body = new FormData();
  body.set("text", text);
  body.set("column", cell.dataset.column);
  body.set("seen", from.map((row) => `${row.dataset.id}:${row.dataset.revision}`).join(","));
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const answer = await fetch(grid.dataset.pasteUrl, {
    method: "POST", body, headers: { "X-CSRFToken": token },
  }).catch(() => null);
  if (answer?.ok) {
    keepFocus(cell);
    window.location.reload();
  } else if (answer?.status === 422) {
    const dialog = document.getElementById("paste-faults");
    dialog.innerHTML = await answer.text();
    dialog.showModal();
    dialog.addEventListener("close", () => focus(cell), { once: true });
  } else {
    says.textContent = says.dataset.failed;
  }
}

function keepFocus(cell) {
  const place = [cell.parentElement.dataset.id, cell.dataset.column];
  window.sessionStorage.setItem(FOCUS_KEY, JSON.stringify(place));
}

const STEPS = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};

function onKey(event) {
  const cell = event.target.closest("td");
  if (!cell || event.isComposing) return;
  if (editing) {
    onEditKey(event);
    return;
  }
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (STEPS[event.key] && plain) {
    move(cell, ...STEPS[event.key]);
  } else if (event.key === "Home" || event.key === "End") {
    const row = event.ctrlKey ? rows().at(event.key === "Home" ? 0 : -1) : cell.parentElement;
    focus(cellsOf(row).filter(seen).at(event.key === "Home" ? 0 : -1));
  } else if (event.key === "PageDown" || event.key === "PageUp") {
    const list = rows();
    const to = list.indexOf(cell.parentElement) + (event.key === "PageDown" ? 10 : -10);
    focus(list[Math.max(0, Math.min(list.length - 1, to))].cells[cell.cellIndex]);
  } else if (cell.dataset.column && (event.key === "Enter" || event.key === "F2")) {
    if (event.target.matches("[data-keep]")) return;
    edit(cell);
  } else if (cell.dataset.column && event.key === "Delete" && cell.dataset.kind !== "status") {
    edit(cell, "");
  } else if (cell.dataset.column && plain && event.key.length === 1 && event.key !== " ") {
    if (cell.dataset.kind === "choice" || cell.dataset.kind === "status") edit(cell);
    else edit(cell, "");
    return; // the letter lands in the field that has just taken the focus
  } else {
    return;
  }
  event.preventDefault();
}

function onEditKey(event) {
  const { cell } = editing;
  if (event.key === "Escape") {
    delete cell.dataset.mine;
    close();
    focus(cell);
  } else if (event.key === "Enter") {
    const row = cell.parentElement;
    const below = rows()[rows().indexOf(row) + (event.shiftKey ? -1 : 1)];
    save(below?.cells[cell.cellIndex] ?? cell);
  } else if (event.key === "Tab") {
    save(following(cell, event.shiftKey ? -1 : 1) ?? cell);
  } else {
    return;
  }
  event.preventDefault();
}

function onClick(event) {
  const keep = event.target.closest("[data-keep]");
  if (keep) {
    const cell = keep.closest("td");
    const row = cell.parentElement;
    const { id } = row.dataset;
    const column = cell.dataset.column;
    // Sent with the revision that came with the conflict: the other text was seen.
    if (keep.dataset.keep === "mine") send(row, row.dataset.url, { [column]: cell.dataset.mine }, id, column, cell.dataset.mine);
    else window.htmx.ajax("GET", row.dataset.url, { source: row, target: row, swap: "outerHTML" }).then(() => {
      prepare(document.getElementById(`row-${id}`));
      focus(cellAt(id, column));
    });
    return;
  }
  const cell = event.target.closest("tbody td");
  if (!cell || editing?.cell === cell) return;
  if (cell.dataset.column && cell === current && !editing) edit(cell);
  else if (cell.dataset.column) focus(cell);
}

function ticks() {
  const ticked = grid.querySelectorAll("input.check:checked").length;
  for (const box of grid.querySelectorAll("tbody input.check")) {
    box.closest("tr").classList.toggle("ticked", box.checked);
  }
  const badge = document.querySelector("[data-ticked]");
  if (!badge) return;
  badge.hidden = ticked === 0;
  badge.textContent = String(ticked);
}

function start() {
  rows().forEach(prepare);
  const kept = window.sessionStorage.getItem(FOCUS_KEY);
  window.sessionStorage.removeItem(FOCUS_KEY);
  current = rows()[0]?.cells[2] ?? null;
  if (current) target(current).tabIndex = 0;
  if (kept) focus(cellAt(...JSON.parse(kept)));
  grid.addEventListener("keydown", onKey);
  grid.addEventListener("click", onClick);
  grid.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("tbody td");
    if (cell && !editing) edit(cell);
  });
  grid.addEventListener("focusin", (event) => {
    const cell = event.target.closest("tbody td");
    if (cell && !editing && cell !== current) {
      if (current) target(current).tabIndex = -1;
      current = cell;
      target(cell).tabIndex = 0;
    }
  });
  grid.addEventListener("focusout", (event) => {
    if (!editing || !event.relatedTarget || editing.cell.contains(event.relatedTarget)) return;
    save(null);
  });
  grid.addEventListener("paste", (event) => {
    const cell = event.target.closest("td[data-column]");
    const text = event.clipboardData.getData("text/plain");
    if (!cell || cell.dataset.kind === "status" || (editing && !/[\t\n]./.test(text))) return;
    event.preventDefault();
    if (editing) close();
    paste(cell, text);
  });
  grid.addEventListener("copy", (event) => {
    if (editing || !current?.dataset.column || String(window.getSelection())) return;
    event.clipboardData.setData("text/plain", current.dataset.value);
    event.preventDefault();
  });
  grid.addEventListener("change", (event) => {
    if (event.target.matches("input.check")) ticks();
  });
  const all = document.querySelector("[data-tick-all]");
  if (all) {
    all.hidden = false;
    all.addEventListener("click", () => {
      const boxes = [...grid.querySelectorAll("tbody input.check")];
      const on = boxes.some((box) => !box.checked);
      for (const box of boxes) box.checked = on;
      ticks();
    });
  }
  // A refused or conflicting save brings its row too.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
}

if (grid) start();
