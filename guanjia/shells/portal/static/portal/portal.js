// The report page: tiles open their problems, what cannot be there is not offered, words of danger show whom to ring.
// Without this script everything is shown at once and the form works the same.
const all = (root, query) => Array.prototype.slice.call(root.querySelectorAll(query));

function place(form) {
  const chosen = form.querySelector("input[name=place]:checked");
  return chosen ? chosen.value : "home";
}
function draw(form) {
  const here = place(form);
  all(form, "[data-at]").forEach((box) => { box.hidden = box.dataset.at !== here; });
  all(form, "[data-places]").forEach((label) => {
    const fits = label.dataset.places.split(" ").indexOf(here) >= 0;
    label.hidden = !fits;
    if (!fits) label.querySelector("input").checked = false;
  });
  const tile = form.querySelector("input[name=tile]:checked");
  all(form, "[data-leaves]").forEach((box) => { box.hidden = !tile || box.dataset.leaves !== tile.value; });
}
function choose(form, tile) {
  const box = form.querySelector(`[data-leaves="${tile}"]`);
  const open = box ? all(box, "label:not([hidden]) input") : [];
  if (open.length && !open.some((one) => one.checked)) open[0].checked = true;
}
function listen(form) {
  const text = (form.querySelector("[data-listen]").value || "").toLowerCase();
  const what = form.querySelector("input[name=what]:checked");
  all(document, "[data-alarm]").forEach((card) => {
    const heard = card.dataset.alarmWords.split("|").some((word) => word && text.indexOf(word) >= 0);
    const chosen = what && what.dataset.danger === card.dataset.alarm;
    const was = card.hidden;
    card.hidden = !(heard || chosen);
    if (was && !card.hidden) card.scrollIntoView({ block: "start" });
  });
}
function start(root) {
  const form = (root.querySelector ? root : document).querySelector("form.report");
  if (!form || !form.querySelector("[data-tiles]")) return;
  draw(form);
  listen(form);
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form || !form.classList.contains("report") || !form.querySelector("[data-tiles]")) return;
  draw(form);
  if (event.target.name === "tile") choose(form, event.target.value);
  listen(form);
});
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-listen]")) listen(event.target.form);
});
document.addEventListener("guanjia:filled", (event) => { if (event.target.form) start(document); });
document.addEventListener("guanjia:fresh", (event) => start(event.target));
start(document);

// A refused form comes back without its photos: give them back.
const sent = new Map();
document.addEventListener("submit", (event) => {
  sent.clear();
  all(event.target, "input[type=file]").forEach((input) => { if (input.files.length) sent.set(input.name, Array.prototype.slice.call(input.files)); });
}, true);
document.addEventListener("guanjia:fresh", (event) => {
  all(event.target, "form input[type=file]").forEach((input) => {
    const files = sent.get(input.name);
    if (!files || input.files.length) return;
    const bag = new DataTransfer();
    files.forEach((file) => bag.items.add(file));
    input.files = bag.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
});
