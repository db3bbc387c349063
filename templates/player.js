// Steers the animations of this page. A step takes one second of its drawing's own clock.
// Nothing moves before it is asked to, so there is nothing to change for readers who prefer less motion.
"use strict";

document.querySelectorAll(".animation").forEach((animation) => {
  const player = animation.querySelector(".player");
  const drawing = player.querySelector("svg");
  const toggle = player.querySelector("[data-do=toggle]");
  const status = player.querySelector(".step");
  const steps = Number(player.dataset.steps);
  const seconds = Number(player.dataset.seconds);
  let step = 0; // the clock of a drawing that stands still may be a frame late, so the step is kept here
  let watch; // over the clock, while the drawing plays

  function show(number) {
    step = number;
    const text = status.dataset.text.replace("#", step + 1);
    if (status.textContent !== text) status.textContent = text;
  }

  function follow() {
    // While the finished drawing rests, it is still at its last step.
    show(Math.min(Math.floor(drawing.getCurrentTime() % seconds), steps - 1));
  }

  function pause() {
    if (watch) follow(); // the last look at the clock may be of another step
    drawing.pauseAnimations();
    clearInterval(watch);
    watch = undefined;
    toggle.textContent = toggle.dataset.play;
    status.setAttribute("aria-live", "polite");
  }

  function play() {
    drawing.unpauseAnimations();
    watch = setInterval(follow, 100);
    toggle.textContent = toggle.dataset.pause;
    status.setAttribute("aria-live", "off"); // nobody wants to hear every second
  }

  function go(number) {
    pause();
    show((number + steps) % steps);
    drawing.setCurrentTime(step + 0.5); // the middle of its second
  }

  const actions = {
    back: () => go(step - 1),
    forward: () => go(step + 1),
    toggle: () => (watch ? pause() : play()),
  };
  player.querySelectorAll("button").forEach((button) => {
    button.addEventListener("click", actions[button.dataset.do]);
  });

  animation.classList.add("moves"); // now the player is shown in place of the strip
  go(0);
});
