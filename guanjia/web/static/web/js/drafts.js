// Drafts: what is typed into a form with data-draft is kept in this tab until it was saved. Private fields never are.
import { onFresh, say, told } from "./say.js";

const PREFIX = "gj-draft:";
const who = () => document.body.dataset.who || "-";
const keyOf = (form) => `${PREFIX}${who()}:${location.pathname}:${form.dataset.draft}`;
const HIDDEN = new Set(["csrfmiddlewaretoken", "idempotency_key"]);

export function keepable(field) {
  if (!field.name || HIDDEN.has(field.name) || field.disabled) return false;
  if (["hidden", "password", "file", "submit", "button"].includes(field.type)) return false;
  return !field.closest("[data-private]");
}

function read(form) {
  const kept = {};
  [...form.elements].filter(keepable).forEach((field) => {
    if ((field.type === "checkbox" || field.type === "radio") && !field.checked) return;
    const values = field.multiple ? [...field.selectedOptions].map((one) => one.value) : [field.value];
    kept[field.name] = [...(kept[field.name] || []), ...values];
  });
  return kept;
}

export function fill(form, kept) {
  let changed = false;
  [...form.elements].filter(keepable).forEach((field) => {
    if (!(field.name in kept) && field.type !== "checkbox") return;
    const values = kept[field.name] || [];
    if (field.type === "checkbox" || field.type === "radio") {
      const on = values.includes(field.value);
      changed = changed || on !== field.checked;
      field.checked = on;
    } else if (field.multiple) {
      [...field.options].forEach((one) => { one.selected = values.includes(one.value); });
    } else if (values[0] !== undefined && field.value !== values[0]) {
      field.value = values[0];
      changed = true;
    }
    field.dispatchEvent(new Event("guanjia:filled", { bubbles: true }));
  });
  return changed;
}

let timer = 0;
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.draft) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    try { sessionStorage.setItem(keyOf(form), JSON.stringify(read(form))); } catch { /* full or forbidden: typing goes on */ }
  }, 300);
});

// A sent draft is dropped only when the next page shows that it arrived: without the form, or with it unrefused.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset?.draft) {
    clearTimeout(timer);
    try {
      sessionStorage.setItem(keyOf(form), JSON.stringify(read(form)));
      sessionStorage.setItem("gj-sent", keyOf(form));
    } catch { /* as above */ }
  }
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt?.closest?.("form[data-draft]");
  if (form && event.detail.successful && event.detail.xhr.status < 300) sessionStorage.removeItem(keyOf(form));
});

export function forgetDrafts(mine = false) {
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PREFIX) && (mine || !key.startsWith(`${PREFIX}${who()}:`)))
    .forEach((key) => sessionStorage.removeItem(key));
}
document.addEventListener("submit", (event) => { if (event.target.matches?.("[data-logout]")) forgetDrafts(true); }, true);

const arrived = () => {
  const sent = sessionStorage.getItem("gj-sent");
  if (!sent) return;
  sessionStorage.removeItem("gj-sent");
  const broken = document.querySelector(".bare-error");
  const refused = document.querySelector("form[data-draft] .refusal, form[data-draft] .refusals");
  if (!broken && !refused) sessionStorage.removeItem(sent);
};
document.addEventListener("DOMContentLoaded", () => { if (document.body.dataset.who) forgetDrafts(); arrived(); });
if (document.readyState !== "loading") { if (document.body.dataset.who) forgetDrafts(); arrived(); }

onFresh((root) => {
  const forms = root.matches?.("form[data-draft]") ? [root] : root.querySelectorAll("form[data-draft]");
  forms.forEach((form) => {
    if (form.querySelector(".refusal, .refusals")) return;
    const kept = sessionStorage.getItem(keyOf(form));
    if (kept && fill(form, JSON.parse(kept))) say(told("wDraft"));
  });
});
