// Texts alone: what is blank, what will be read as a number, and the rows of a block that is pasted.
"use strict";

const SEVERAL = /\S\s+\S/;
const NO_TEXT = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu; // as reading files has it

/** A text without what no answer file may hold, such as the line breaks of slides and halves of characters. */
function cleaned(text) {
  return text.replace(NO_TEXT, " ").trim();
}

/** Whether nothing was answered; an underscore stands for a blank, as in the answer file. */
function isBlank(text) {
  return /^[\s_\u200b\u2060\ufeff]*$/.test(text);
}

/** Whether a text can be read as a number, a sum of numbers, or numbers with x between them. */
function isNumeric(text) {
  const plain = text.normalize("NFKC").replace(/[⁄÷]/g, "/");
  return isBlank(text) || (/\d/.test(plain) && /^[\d\s+\-‐‑‒–—−*/×✕·xX^()[\].,'’eE]*$/.test(plain));
}

/** The rows of cells of a pasted text, or nothing where it is the text of a single cell. */
function rowsOf(text) {
  const lines = withoutBrackets(plainBlock(text.replace(/\r\n?/g, "\n"))).replace(/\n+$/, "").split("\n");
  const rows = cellsOf(lines).map((row) => row.map((cell) => (isBlank(cell) ? "" : cell.trim())));
  const several = rows.length > 1 || rows[0].length > 1;
  const spaced = lines.length === 1 && !/[\t;]/.test(lines[0]);
  return several && (!spaced || rows[0].every(isNumeric)) ? rows : null; // "1 / 3" is one cell
}

/** A matrix of LaTeX, a table of Markdown, an array of Python or a list of Mathematica as lines or brackets. */
function plainBlock(text) {
  if (/\\begin\{|&/.test(text)) {
    const body = text.replace(/\\(?:begin|end)\{[a-z]+\*?\}|^\s*\$+|\$+\s*$/gi, "").replace(/\\\\/g, "\n");
    return body.split("\n").filter((line) => line.trim()).join("\n").replace(/ *& */g, "\t");
  }
  if (/^\s*\|/.test(text)) {
    const lines = text.split("\n").filter((line) => /[^|:\s-]/.test(line));
    return lines.map((line) => line.replace(/^\s*\||\|\s*$/g, "").replace(/ *\| */g, "\t")).join("\n");
  }
  const array = /^\s*(?:\w+ *= *)?(?:[\w.]+\()?([[{][^]*[\]}])(?:, *dtype=[\w.]+)?\)?\s*$/.exec(text);
  if (array) {
    const rows = array[1].replace(/\{/g, "[").replace(/\}/g, "]").replace(/\]\s*,\s*/g, "] ");
    return /[\d.]\s+[-\d.]|,\s/.test(rows) ? rows : rows.replace(/,/g, ", "); // no space: commas part cells
  }
  return text;
}

function withoutBrackets(text) {
  return text.includes("[") ? text.replace(/\][\s,;]*\[/g, "\n").replace(/[[\]]/g, "").trim() : text;
}

function cellsOf(lines) {
  if (lines.some((line) => line.includes("\t"))) return lines.map((line) => line.split("\t"));
  if (!lines.some((line) => line.includes(";"))) return lines.map(wordsOf);
  const parts = lines.flatMap((line) => line.split(";"));
  if (!parts.some((part) => SEVERAL.test(part))) return lines.map((line) => line.split(";"));
  return parts.filter((part) => part.trim()).map(wordsOf); // 1 2; 3 4
}

function wordsOf(line) {
  const words = line.trim().replace(/,$/, "").split(/\s*,\s+|\s+/);
  return words.some((word) => word.split(",").length > 2) ? words.flatMap((word) => word.split(",")) : words;
}

/** Rows without the empty rows and columns at their end. */
function trimmed(rows) {
  const filled = rows.map((row) => row.findLastIndex((cell) => !isBlank(cell)) + 1);
  const height = filled.findLastIndex(Boolean) + 1;
  const width = Math.max(0, ...filled);
  return rows.slice(0, height).map((row) => row.slice(0, width));
}

/** A text of the page with values in the places that it leaves for them. */
function fillIn(text, values) {
  return text.replace(/\{\{ (\w+) \}\}/g, (_, name) => values[name]);
}
