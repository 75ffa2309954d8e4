// A select of more than ten becomes searchable: by its words and by data-words (pinyin) of an option. The select stays the field.
// One of hundreds has no options of its own: the server is asked for those that fit what is typed (data-choices-of).
import { onFresh } from "./say.js";

function start(select) {
  if (select.dataset.ready || select.multiple || (select.options.length <= 10 && !select.dataset.choicesOf) || select.disabled) return;
  select.dataset.ready = "1";
  const box = document.createElement("div");
  const input = document.createElement("input");
  const list = document.createElement("div");
  box.className = "picker";
  list.className = "picker-list";
  list.id = `${select.id || select.name}-list`;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  input.type = "text";
  input.autocomplete = "off";
  input.placeholder = select.dataset.placeholder || "";
  for (const [name, value] of [["role", "combobox"], ["aria-controls", list.id], ["aria-expanded", "false"]]) input.setAttribute(name, value);
  for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  if (select.id) { input.id = select.id; select.id = `${input.id}-field`; }
  select.hidden = true;
  select.required = false;
  select.before(box);
  box.append(input, list, select);
  const show = () => { input.value = select.selectedOptions[0]?.value ? select.selectedOptions[0].textContent.trim() : ""; };
  let found = [];
  let at = 0;
  const far = select.dataset.choicesOf && `${location.pathname.split("/").slice(0, 3).join("/")}/${select.dataset.choicesOf}/${select.name}`;
  let turn = 0;
  const ask = async () => {
    const [mine, query] = [++turn, input.value.trim()];
    if (!query) return;
    await new Promise((later) => setTimeout(later, 150));
    if (mine !== turn) return;
    // Posted, since a name or a number that is typed stands in no address.
    const sent = new URLSearchParams({ q: query, csrfmiddlewaretoken: select.form.elements.csrfmiddlewaretoken.value });
    const answer = await fetch(far, { method: "POST", body: sent }).catch(() => null);
    if (mine !== turn || !answer?.ok) return;
    for (const one of [...select.options]) if (one.value && !one.selected) one.remove();
    for (const one of (await answer.json()).found) if (String(one.value) !== select.value) { const made = new Option(one.words, one.value); made.dataset.words = query; select.add(made); }
    draw();
  };
  const draw = () => {
    const query = input.value.trim().toLowerCase();
    found = [...select.options].filter((one) => one.value && !one.hidden && (!query || `${one.textContent} ${one.dataset.words || ""}`.toLowerCase().includes(query))).slice(0, 50);
    at = Math.min(at, Math.max(0, found.length - 1));
    list.replaceChildren(...found.map((one, i) => {
      const row = document.createElement("div");
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(i === at));
      row.textContent = one.textContent.trim();
      row.addEventListener("mousedown", (event) => { event.preventDefault(); take(one); });
      return row;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const shut = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); };
  const take = (one) => { select.value = one.value; select.dispatchEvent(new Event("change", { bubbles: true })); select.dispatchEvent(new Event("input", { bubbles: true })); show(); shut(); };
  input.addEventListener("focus", () => { input.select(); });
  input.addEventListener("click", () => { input.select(); at = 0; const was = input.value; input.value = ""; draw(); input.value = was; });
  input.addEventListener("input", (event) => { event.stopPropagation(); if (!event.isComposing) { at = 0; draw(); if (far) ask(); } });
  input.addEventListener("compositionend", () => { at = 0; draw(); if (far) ask(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (list.hidden) draw(); else { at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % Math.max(1, found.length); draw(); list.children[at]?.scrollIntoView({ block: "nearest" }); } }
    else if (event.key === "Enter" && !list.hidden && found[at] && !event.ctrlKey) { event.preventDefault(); take(found[at]); }
    else if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); show(); shut(); }
  });
  input.addEventListener("blur", () => { if (!input.value.trim() && ![...select.options].every((one) => one.value)) select.value = ""; show(); shut(); });
  select.addEventListener("guanjia:filled", show);
  show();
}
onFresh((root) => root.querySelectorAll(".field select, select[data-search]").forEach(start));
