// The form of a paper: keeps what is typed, says what is still empty, writes and reads the answer file.
"use strict";

const MOST_LISTED = 10;
const FORMAT = "convexam-answers/1";
const PAPER = JSON.parse(document.getElementById("paper").textContent);
const TEXTS = JSON.parse(document.getElementById("texts").textContent);
const FORM = document.querySelector("form");
const BAR = document.querySelector("aside.bar");
const FIELDS = PAPER.items.flatMap((item) => item.fields.map((field) => ({ item, field })));
const KEPT = new Kept(`convexam/${PAPER.exam}/${PAPER.paper}`);
const STUDENT = boxesOf(FORM, "student")[0]; // only where a paper is for everyone

function part(name) {
  return BAR.querySelector(`[data-part="${name}"]`);
}

// -- all answers --------------------------------------------------------------------------------

function collect() {
  const answers = {};
  PAPER.items.forEach((item) => {
    answers[item.id] = Object.fromEntries(item.fields.map((field) => [field.name, readField(FORM, item, field)]));
  });
  return answers;
}

function fill(student, answers) {
  FIELDS.forEach(({ item, field }) => fillField(FORM, item, field, own(own(answers, item.id), field.name)));
  if (STUDENT) write([STUDENT], asText(student));
  FORM.querySelectorAll("[data-numeric], .options select").forEach(advise);
  refresh();
}

function namesOf(item, field) {
  const name = `${item.id}/${field.name}`;
  return field.parts?.map((each) => `${name}/${each.name}`) ?? [name];
}

/** Keep the answer to the field whose box was changed. */
function keep(box) {
  const name = box.closest(".grid")?.dataset.name ?? box.name;
  const changed = FIELDS.find(({ item, field }) => namesOf(item, field).includes(name));
  KEPT.change((kept) => {
    if (box === STUDENT) kept.student = box.value;
    if (changed) {
      const { item, field } = changed;
      kept.answers[item.id] = { ...own(kept.answers, item.id), [field.name]: readField(FORM, item, field) };
    }
    kept.changed = true;
  });
  refresh();
}

function keepAll(changed) {
  KEPT.change((kept) => Object.assign(kept, { student: STUDENT?.value ?? "", answers: collect(), changed }));
  refresh();
}

// -- what is seen -------------------------------------------------------------------------------

function refresh() {
  const empty = PAPER.items.flatMap((item) => {
    const fields = item.fields.filter((field) => !isComplete(readField(FORM, item, field)));
    return fields.length ? [{ item, fields }] : [];
  });
  const count = PAPER.items.length - empty.length;
  tell("progress", fillIn(TEXTS.progress, { count, total: PAPER.items.length }));
  part("empty").replaceChildren(...listOf(empty));
  tell("kept", KEPT.works ? (KEPT.now ? TEXTS.kept : "") : TEXTS.notKept);
  tell("changed", KEPT.now?.changed ? TEXTS.changed : "");
  FORM.querySelectorAll("[data-grows]").forEach(showSize);
  FORM.querySelectorAll("[data-do=take-back]").forEach((button) => {
    button.hidden = !button.parentElement.querySelector(":checked");
  });
}

/** Write a text where it is not there yet: a screen reader reads out what changes. */
function tell(name, text) {
  if (part(name).textContent !== text) part(name).textContent = text;
}

/** The first questions that are not answered, and how many more there are. */
function listOf(empty) {
  if (empty.length === 0) return [entry(TEXTS.complete)];
  const more = empty.length - MOST_LISTED;
  const lines = empty.slice(0, MOST_LISTED).map(linkTo);
  return more > 0 ? [...lines, entry(fillIn(TEXTS.more, { count: more }))] : lines;
}

function linkTo({ item, fields }) {
  const link = document.createElement("a");
  link.href = `#question-${item.number}`;
  link.textContent = `${item.number} ${item.title}`;
  const some = item.fields.length > fields.length ? `: ${fields.map((field) => field.label).join(", ")}` : "";
  return entry(link, some);
}

function entry(...children) {
  const line = document.createElement("li");
  line.append(...children);
  return line;
}

// -- advice beside a box ------------------------------------------------------------------------

/** Mark what will not be read, whatever the answer is: a text that is no number, a name twice in an order. */
function advise(box) {
  const order = box.closest(".options")?.matches(":has(select)") ? boxesOf(FORM, box.name) : [];
  [box, ...order].forEach(forgetAdvice);
  const twice = order.filter(({ value }) => value && order.filter((each) => each.value === value).length > 1);
  if (twice.length) mark(twice, box.parentElement, fillIn(TEXTS.twice, { text: twice[0].value }));
  if ("numeric" in box.dataset && !isNumeric(box.value)) {
    mark([box], box.closest(".grid") ?? box, fillIn(TEXTS.notNumeric, { text: box.value.trim() }));
  }
}

function mark(boxes, place, text) {
  const note = document.createElement("span");
  note.className = "advice small";
  note.id = `advice/${boxes[0].name}`;
  note.textContent = text;
  place.after(note);
  boxes.forEach((box) => {
    box.setAttribute("aria-describedby", note.id);
    box.setAttribute("aria-invalid", "true");
  });
}

function forgetAdvice(box) {
  document.getElementById(`advice/${box.name}`)?.remove();
  box.removeAttribute("aria-describedby");
  box.removeAttribute("aria-invalid");
}

// -- the answer file ----------------------------------------------------------------------------

function save() {
  const file = { format: FORMAT, paper: PAPER.paper, student: cleaned(STUDENT?.value ?? ""), answers: collect() };
  const link = document.createElement("a");
  link.download = `${PAPER.paper}.answers.json`;
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(file, null, 1)}\n`], { type: "application/json" }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  keepAll(false);
  tell("message", fillIn(TEXTS.handIn, { file: link.download }));
}

async function load(file) {
  const answers = answersIn(await file.text());
  const names = { file: file.name, found: String(answers?.paper).slice(0, 40), code: PAPER.paper };
  if (answers === null) return tell("message", fillIn(TEXTS.noAnswers, names));
  if (answers.paper !== PAPER.paper) return tell("message", fillIn(TEXTS.otherPaper, names));
  if (Object.values(collect()).some(isBegun) && !confirm(TEXTS.overwrite)) return;
  fill(answers.student, answers.answers);
  keepAll(false);
  tell("message", fillIn(TEXTS.loaded, names));
}

/** The contents of an answer file, or null if it is none. */
function answersIn(text) {
  try {
    const file = JSON.parse(text);
    return file?.format === FORMAT && isMapping(file.answers) ? file : null;
  } catch {
    return null;
  }
}

function clear() {
  if (!confirm(TEXTS.clear)) return;
  fill("", {});
  keepAll(false);
  tell("message", "");
}

// -- what happens when --------------------------------------------------------------------------

FORM.addEventListener("input", (event) => {
  const box = event.target;
  if (box.type === "file") return;
  if (box.type === "checkbox" && box.checked) {
    boxesOf(FORM, box.name).forEach((other) => {
      if ((other.value === "none") !== (box.value === "none")) other.checked = false;
    });
  }
  if ("numeric" in box.dataset && isNumeric(box.value)) forgetAdvice(box);
  tell("message", "");
  keep(box);
});

FORM.addEventListener("change", (event) => advise(event.target));

FORM.addEventListener("keydown", moveInGrid);

FORM.addEventListener("paste", (event) => {
  const box = event.target;
  const rows = placeOf(box) && rowsOf(event.clipboardData.getData("text/plain"));
  if (!rows) return; // the browser pastes a single text
  event.preventDefault();
  const fits = pasteIntoGrid(box, rows);
  box.closest(".grid").querySelectorAll("input").forEach(advise);
  tell("message", fits ? "" : TEXTS.doesNotFit);
  keep(box);
});

FORM.addEventListener("click", (event) => {
  if (event.target.closest("aside a")) part("empty").closest("details").open = false; // it would hide the question
  const button = event.target.closest("button");
  if (button === null) return;
  if (button.dataset.axis) {
    step(button);
    keep(button.closest(".grid").querySelector("input"));
  }
  const actions = { save, clear, load: () => part("file").click(), "take-back": () => takeBack(button) };
  actions[button.dataset.do]?.();
});

function takeBack(button) {
  const box = button.parentElement.querySelector(":checked");
  box.checked = false;
  box.focus();
  keep(box);
}

part("file").addEventListener("change", async ({ target }) => {
  if (target.files.length) await load(target.files[0]);
  target.value = ""; // so that the same file can be loaded again
});

window.addEventListener("beforeunload", (event) => {
  if (!KEPT.works && KEPT.now?.changed) event.preventDefault(); // otherwise nothing is lost
});

function restore() {
  const kept = KEPT.read();
  if (kept) fill(kept.student, kept.answers);
  else refresh();
}

KEPT.follow(restore);
window.addEventListener("pageshow", (event) => event.persisted && restore()); // a page that was asleep
FORM.querySelectorAll(".size").forEach((controls) => (controls.hidden = false));
restore();
if (KEPT.now && Object.values(collect()).some(isBegun)) tell("message", TEXTS.restored);
BAR.hidden = false;
document.querySelector(".without").remove(); // the last line: until here, something may have failed
