// The intake beside the card: fields follow the place, what was heard fills what nobody touched, characters are counted.
const form = () => document.getElementById("intake");
const one = (name) => form()?.elements[name];

function place() {
  const chosen = form()?.querySelector("input[name=place]:checked")?.value || "home";
  form()?.querySelectorAll("[data-place]").forEach((part) => {
    part.hidden = part.dataset.place !== chosen;
    part.querySelectorAll("select, input").forEach((field) => { field.disabled = part.hidden; });
  });
  const sort = one("sort");
  if (sort) [...sort.options].forEach((option) => { if (option.value) option.hidden = !option.dataset.places.split(" ").includes(chosen); });
}
function counted() {
  document.querySelectorAll("[data-count-of]").forEach((node) => { node.textContent = document.getElementById(node.dataset.countOf)?.value.length ?? 0; });
}
function urgency(level) {
  const touched = form().querySelector("[data-touched]");
  const button = form().querySelector(`input[name=urgency][value="${level}"]`);
  if (button && !touched.value && !button.checked) { button.checked = true; return true; }
  return false;
}
function heard(root) {
  const hint = root.querySelector("[data-heard]");
  const sort = one("sort");
  if (!hint || !sort || sort.dataset.byHand) return;
  const option = [...sort.options].find((each) => each.value === hint.dataset.heard);
  if (!option) return;
  sort.value = option.value;
  sort.dispatchEvent(new Event("guanjia:filled", { bubbles: true }));
  urgency(hint.dataset.urgency);
}
document.addEventListener("change", (event) => {
  if (event.target.form !== form() || !form()) return;
  if (event.target.name === "place") place();
  if (event.target.name === "urgency" && event.isTrusted) form().querySelector("[data-touched]").value = "1";
  if (event.target.name === "sort") { event.target.dataset.byHand = "1"; urgency(event.target.selectedOptions[0]?.dataset.urgency || "ordinary"); }
  if (event.target.name === "appointment_from" && !one("appointment_to").value && event.target.value) {
    const end = new Date(new Date(event.target.value).getTime() + 30 * 60000);
    one("appointment_to").value = new Date(end.getTime() - end.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  }
}, true);
document.addEventListener("input", (event) => { if (event.target.form === form()) counted(); });
document.addEventListener("guanjia:filled", () => { place(); counted(); });
document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "advice") heard(event.detail.target); });
// The executor chosen by hand is not replaced by the next suggestion.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target?.id === "send" && event.detail.target.querySelector("[data-by-hand]")) event.preventDefault();
});
document.addEventListener("change", (event) => { if (event.target.id === "id_executor") event.target.dataset.byHand = "1"; });
place();
counted();
if (!document.querySelector("main .refusal, main .refusals") && form()) document.getElementById("id_content")?.focus({ preventScroll: true });
