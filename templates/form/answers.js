// Between the boxes of the page and the answers of an answer file: ITEM -> FIELD -> raw answer.
"use strict";

/** The boxes of a name: one, or the buttons or lists that share it. */
function boxesOf(form, name) {
  const found = form.elements.namedItem(name);
  if (found === null) return [];
  return found instanceof RadioNodeList ? [...found] : [found];
}

/** The boxes of a map, row by row. */
function cellsOfGrid(grid) {
  return [...grid.querySelectorAll("tr")].map((row) => [...row.querySelectorAll("input")]);
}

function gridOf(form, name) {
  return form.querySelector(`.grid[data-name="${CSS.escape(name)}"]`);
}

/** The raw answer in the boxes of a field. */
function readField(form, item, field) {
  const name = `${item.id}/${field.name}`;
  const boxes = boxesOf(form, name);
  switch (field.kind) {
    case "tensor": {
      const rows = cellsOfGrid(gridOf(form, name)).map((row) => row.map((box) => cleaned(box.value)));
      return field.shape ? rows : trimmed(rows);
    }
    case "record":
      return Object.fromEntries(
        field.parts.map((part) => [part.name, written(boxesOf(form, `${name}/${part.name}`))]),
      );
    case "choices":
      return boxes.filter((box) => box.checked).map((box) => box.value);
    case "order":
      return boxes.some((box) => box.value) ? boxes.map((box) => box.value) : [];
    default:
      return written(boxes);
  }
}

function written(boxes) {
  if (boxes[0].type === "radio") return boxes.find((box) => box.checked)?.value ?? "";
  return cleaned(boxes[0].value);
}

/** Put a raw answer into the boxes of a field; what does not fit there is left out. */
function fillField(form, item, field, raw) {
  const name = `${item.id}/${field.name}`;
  const boxes = boxesOf(form, name);
  switch (field.kind) {
    case "tensor":
      fillGrid(gridOf(form, name), Array.isArray(raw) ? raw.map(asList) : (rowsOf(asText(raw)) ?? [[asText(raw)]]));
      break;
    case "record":
      field.parts.forEach((part) => write(boxesOf(form, `${name}/${part.name}`), asText(own(raw, part.name))));
      break;
    case "choices":
      boxes.forEach((box) => (box.checked = asList(raw).includes(box.value)));
      break;
    case "order":
      boxes.forEach((box, place) => write([box], asText(asList(raw)[place])));
      break;
    default:
      write(boxes, asText(raw));
  }
}

function write(boxes, text) {
  if (boxes[0].type === "radio") boxes.forEach((box) => (box.checked = box.value === text));
  else if (cleaned(boxes[0].value) !== text) boxes[0].value = text; // the cursor stays where it is
}

/** Fill a grid from its first cell on; one whose size is asked grows where it has to. */
function fillGrid(grid, all) {
  const rows = all.slice(0, MOST);
  const now = cellsOfGrid(grid);
  if (grid.dataset.grows) {
    resize(grid, Math.max(now.length, rows.length), Math.max(now[0].length, ...rows.map((row) => row.length)));
  }
  cellsOfGrid(grid).forEach((boxes, row) =>
    boxes.forEach((box, column) => write([box], asText(rows[row]?.[column]))),
  );
}

function asText(raw) {
  return typeof raw === "string" || typeof raw === "number" ? String(raw) : "";
}

function asList(raw) {
  return Array.isArray(raw) ? raw : [raw];
}

function isMapping(raw) {
  return raw instanceof Object && !Array.isArray(raw);
}

/** What an object of a file holds under a name, and nothing that every object has. */
function own(object, name) {
  return object instanceof Object && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Whether something was answered. */
function isBegun(raw) {
  if (typeof raw === "string") return !isBlank(raw);
  return raw instanceof Object && Object.values(raw).some(isBegun);
}

/** Whether nothing is left to fill in. */
function isComplete(raw) {
  if (typeof raw === "string") return !isBlank(raw);
  return raw instanceof Object && Object.keys(raw).length > 0 && Object.values(raw).every(isComplete);
}
