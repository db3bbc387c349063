// Steers the animations of this page. A step takes one second of its drawing's own clock.
"use strict";

document.querySelectorAll(".animation").forEach((animation) => {
  const player = animation.querySelector(".player");
  const drawing = player.querySelector("svg");
  const toggle = player.querySelector("[data-do=toggle]");
  const status = player.querySelector(".step");
  const steps = Number(player.dataset.steps);
  const seconds = Number(player.dataset.seconds);

  // From 0; while the finished drawing rests, it is still at its last step.
  const step = () => Math.min(Math.floor(drawing.getCurrentTime() % seconds), steps - 1);

  function show() {
    const text = status.dataset.text.replace("#", step() + 1);
    if (status.textContent !== text) status.textContent = text;
  }

  function pause() {
    drawing.pauseAnimations();
    toggle.textContent = toggle.dataset.play;
    status.setAttribute("aria-live", "polite");
  }

  function play() {
    drawing.unpauseAnimations();
    toggle.textContent = toggle.dataset.pause;
    status.setAttribute("aria-live", "off"); // nobody wants to hear every second
  }

  function go(number) {
    pause();
    drawing.setCurrentTime(((number + steps) % steps) + 0.5); // the middle of its second
    show();
  }

  const actions = {
    back: () => go(step() - 1),
    forward: () => go(step() + 1),
    toggle: () => (drawing.animationsPaused() ? play() : pause()),
  };
  player.querySelectorAll("button").forEach((button) => {
    button.addEventListener("click", actions[button.dataset.do]);
  });

  animation.classList.add("moves"); // now the player is shown in place of the strip
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) go(0);
  setInterval(show, 100);
});
