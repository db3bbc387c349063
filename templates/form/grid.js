// Maps: the keys that move between cells, pasting a block, and grids that grow and shrink.
"use strict";

const MOST = 64; // rows and columns; more are not read

/** Where a cell stands: its grid, the boxes of the grid, its row and its column. */
function placeOf(cell) {
  const grid = cell.closest(".grid");
  if (grid === null || cell.tagName !== "INPUT") return null;
  const cells = cellsOfGrid(grid);
  const row = cells.findIndex((boxes) => boxes.includes(cell));
  return { grid, cells, row, column: cells[row].indexOf(cell) };
}

/** How far a key moves in a grid, down and across; the arrows across only do at the ends of a text. */
function stepOf(key, cell) {
  const everything = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  const still = cell.selectionStart === cell.selectionEnd;
  switch (key) {
    case "ArrowUp":
      return [-1, 0];
    case "ArrowDown":
    case "Enter":
      return [1, 0];
    case "ArrowLeft":
      return everything || (still && cell.selectionStart === 0) ? [0, -1] : null;
    case "ArrowRight":
      return everything || (still && cell.selectionEnd === cell.value.length) ? [0, 1] : null;
    default:
      return null;
  }
}

function moveInGrid(event) {
  const place = placeOf(event.target);
  if (place === null || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.shiftKey && event.key !== "Enter") return; // selects text
  const step = stepOf(event.key, event.target);
  if (step === null) return;
  event.preventDefault();
  const down = event.shiftKey ? -step[0] : step[0];
  const next = place.cells[place.row + down]?.[place.column + step[1]];
  if (next) {
    next.focus();
    next.select();
  }
}

/** Paste a block from its first cell on; a grid whose size is asked grows. Says whether all of it fitted. */
function pasteIntoGrid(cell, all) {
  const rows = all.slice(0, MOST + 1); // a whole column of a spreadsheet has a million
  const { grid, cells, row, column } = placeOf(cell);
  const height = row + rows.length;
  const width = column + Math.max(...rows.map((each) => each.length));
  if (grid.dataset.grows) resize(grid, Math.max(cells.length, height), Math.max(cells[0].length, width));
  const now = cellsOfGrid(grid);
  rows.forEach((each, down) =>
    each.forEach((text, across) => {
      const box = now[row + down]?.[column + across];
      if (box) box.value = text;
    }),
  );
  return height <= now.length && width <= now[0].length;
}

/** Give a grid a size, within what it may have; new cells are empty. */
function resize(grid, height, width) {
  const rows = grid.dataset.grows === "columns" ? 1 : Math.min(Math.max(height, 1), MOST);
  const columns = Math.min(Math.max(width, 1), MOST);
  const body = grid.querySelector("tbody");
  while (body.rows.length > rows) body.lastElementChild.remove();
  while (body.rows.length < rows) body.append(document.createElement("tr"));
  [...body.rows].forEach((line, row) => {
    while (line.cells.length > columns) line.lastElementChild.remove();
    while (line.cells.length < columns) line.append(newCell(grid, row + 1, line.cells.length + 1));
  });
}

function newCell(grid, row, column) {
  const cell = grid.querySelector("td").cloneNode(true);
  const box = cell.querySelector("input");
  box.name = `${grid.dataset.name}/${row},${column}`;
  box.value = "";
  box.setAttribute("aria-label", `${grid.getAttribute("aria-label")}, ${fillIn(TEXTS.cell, { row, column })}`);
  forgetAdvice(box);
  return cell;
}

/** Take the last row or column off or add one, as a button says; asks before answers are lost. */
function step(button) {
  const grid = button.closest(".grid");
  const cells = cellsOfGrid(grid);
  const by = Number(button.dataset.by);
  const inRows = button.dataset.axis === "rows";
  const last = inRows ? cells.at(-1) : cells.map((row) => row.at(-1));
  if (by < 0 && last.some((box) => !isBlank(box.value)) && !confirm(inRows ? TEXTS.lastRow : TEXTS.lastColumn)) return;
  resize(grid, cells.length + (inRows ? by : 0), cells[0].length + (inRows ? 0 : by));
}

/** Say beside a grid that grows which size its answer has, and that it has none as long as it is empty. */
function showSize(grid) {
  const rows = trimmed(cellsOfGrid(grid).map((row) => row.map((box) => box.value)));
  const size = { rows: rows.length, columns: rows[0]?.length ?? 0 };
  grid.querySelector("[data-size]").textContent = rows.length ? fillIn(TEXTS.size, size) : TEXTS.start;
}
