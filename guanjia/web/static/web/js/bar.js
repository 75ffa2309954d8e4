// The one bar: arrows choose, Enter opens, Tab registers at once, Ctrl+Enter registers an unknown caller, Esc leaves.
const bar = () => document.getElementById("onebar");
const box = () => document.getElementById("hits");
const hits = () => [...(box()?.querySelectorAll("[role=option]") || [])];
const chosen = () => hits().find((hit) => hit.getAttribute("aria-selected") === "true");
const composing = (event) => event.isComposing || event.keyCode === 229;

function choose(hit) {
  hits().forEach((one) => one.setAttribute("aria-selected", String(one === hit)));
  if (hit) { hit.id = hit.id || `hit-${hits().indexOf(hit)}`; bar().setAttribute("aria-activedescendant", hit.id); hit.scrollIntoView({ block: "nearest" }); }
  else bar().removeAttribute("aria-activedescendant");
}
function shut() {
  box().replaceChildren();
  bar().setAttribute("aria-expanded", "false");
  bar().removeAttribute("aria-activedescendant");
}

// Half a syllable is not a search: while an input method composes, htmx does not hear of the typing.
document.addEventListener("input", (event) => {
  if (event.target !== bar()) return;
  if (event.isComposing) { event.stopImmediatePropagation(); return; }
  if (!bar().value.trim()) shut();
}, true);
document.addEventListener("compositionend", (event) => {
  if (event.target === bar()) setTimeout(() => bar().dispatchEvent(new Event("input", { bubbles: true })), 0);
});

// The answer may come after the Enter: remember the wish and follow when it is there.
let waiting = "";
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== box()) return;
  bar().setAttribute("aria-expanded", String(hits().length > 0));
  choose(hits()[0]);
  if (waiting && bar().value === waiting) { waiting = ""; open(hits()[0]); }
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt === bar() && !bar().value.trim()) { event.preventDefault(); shut(); }
});
let asked = "";
document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.elt === bar()) asked = event.detail.successful ? event.detail.requestConfig.parameters.q : ""; });

function open(hit) { if (hit) location.assign(hit.href); }

document.addEventListener("keydown", (event) => {
  if (event.target !== bar() || composing(event)) return;
  const list = hits();
  const at = list.indexOf(chosen());
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.length) choose(list[(at + (event.key === "ArrowDown" ? 1 : -1) + list.length) % list.length]);
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    const stranger = box().querySelector("[data-stranger]");
    if (stranger) location.assign(stranger.href);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (list.length && asked === bar().value) open(chosen() || list[0]);
    else waiting = bar().value;
  } else if (event.key === "Tab" && !event.shiftKey && chosen()?.dataset.intake) {
    event.preventDefault();
    location.assign(chosen().dataset.intake);
  } else if (event.key === "Escape") {
    if (list.length || box().childElementCount) shut(); else bar().blur();
  }
});
document.addEventListener("click", (event) => { if (bar() && !event.target.closest("[data-onebar]")) shut(); });
