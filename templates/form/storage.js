// What this browser keeps of the answers, from one visit to the next and for all windows of a paper.
"use strict";

/**
 * The answers of a paper as they are kept: {student, answers, changed}; null where there are none.
 * A change reads what is kept, changes it and writes it, so that no window undoes what another wrote.
 */
class Kept {
  constructor(key) {
    this.key = key;
    this.now = null;
    this.works = true;
  }

  read() {
    try {
      this.now = Kept.parsed(localStorage.getItem(this.key)) ?? this.now;
    } catch {
      this.works = false; // some browsers keep nothing for files, or in private windows
    }
    return this.now;
  }

  change(how) {
    const kept = this.read() ?? { student: "", answers: {}, changed: false };
    how(kept);
    this.now = kept;
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
      this.works = true;
    } catch {
      this.works = false;
    }
  }

  /** Tell when another window has changed what is kept. */
  follow(then) {
    window.addEventListener("storage", (event) => {
      if (event.key === this.key && Kept.parsed(event.newValue)) then();
    });
  }

  static parsed(text) {
    try {
      const kept = JSON.parse(text);
      return isMapping(kept?.answers) ? kept : null;
    } catch {
      return null;
    }
  }
}
