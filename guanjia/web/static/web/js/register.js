// Registers: picked rows turn the foot into the selection bar; the words count them.
export function count(register) {
  const boxes = [...register.querySelectorAll("td.pick input")];
  const picked = boxes.filter((box) => box.checked);
  register.classList.toggle("has-picked", picked.length > 0);
  boxes.forEach((box) => {
    if (box.checked) box.closest("tr").setAttribute("aria-selected", "true");
    else box.closest("tr").removeAttribute("aria-selected");
  });
  const all = register.querySelector("[data-pick-all]");
  if (all) {
    all.checked = boxes.length > 0 && picked.length === boxes.length;
    all.indeterminate = picked.length > 0 && picked.length < boxes.length;
  }
  const words = register.querySelector("[data-picked-words]");
  if (words) words.textContent = words.dataset.pickedWords.replace("{n}", picked.length);
}

document.addEventListener("change", (event) => {
  const register = event.target.closest?.("[data-register]");
  if (!register) return;
  if (event.target.matches("[data-pick-all]")) {
    register.querySelectorAll("td.pick input").forEach((box) => { box.checked = event.target.checked; });
  }
  if (event.target.matches("[data-pick-all], td.pick input")) count(register);
});
document.addEventListener("click", (event) => {
  const none = event.target.closest("[data-pick-none]");
  if (none) clear(none.closest("[data-register]"));
  const row = event.target.closest("tr[data-url]");
  if (row?.dataset.url && !event.target.closest("a, button, input, label, select, summary") && !String(getSelection())) follow(row, event);
});
export function clear(register) {
  register.querySelectorAll("td.pick input:checked").forEach((box) => { box.checked = false; });
  count(register);
}
export function follow(row, event = {}) {
  if (event.ctrlKey || event.metaKey) window.open(row.dataset.url, "_blank", "noopener");
  else location.assign(row.dataset.url);
}
