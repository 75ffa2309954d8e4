// Forms: one press is one request, a locked button says why, refusals get the focus, steppers step.
import { onFresh, say } from "./say.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[data-onebar], [data-offline]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.hasAttribute("hx-post")) return;
  form.dataset.sent = "1";
  event.submitter?.classList.add("is-busy");
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll(".is-busy").forEach((button) => button.classList.remove("is-busy"));
  });
});

document.addEventListener("click", (event) => {
  const locked = event.target.closest("[data-locked]");
  if (locked) say(locked.dataset.locked, "warn");
  const step = event.target.closest("[data-step]");
  if (step) {
    const number = step.closest("[data-stepper]").querySelector("input");
    if (step.dataset.step === "1") number.stepUp(); else number.stepDown();
    number.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const jump = event.target.closest(".refusals a[href^='#']");
  if (jump) {
    const field = document.getElementById(jump.getAttribute("href").slice(1));
    if (field) { event.preventDefault(); (field.matches("fieldset") ? field.querySelector("input") || field : field).focus(); }
  }
});

onFresh((root) => {
  const summary = root.querySelector("[data-refusals]");
  const first = root.querySelector(".field-refused input:not([type=hidden]), .field-refused select, .field-refused textarea");
  (summary || first)?.focus({ preventScroll: false });
});
