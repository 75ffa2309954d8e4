// Keys. Nothing fires while an input method composes: the Enter that confirms a candidate must never submit.
import { clear, count, follow } from "./register.js";

const composing = (event) => event.isComposing || event.keyCode === 229;
const typing = (node) => node instanceof HTMLElement && (node.isContentEditable || (node.matches("input, textarea, select") && !node.matches("[type=checkbox], [type=radio], [type=button], [type=submit]")));
const seen = (node) => node && !node.disabled && node.getClientRects().length > 0 && getComputedStyle(node).visibility !== "hidden";
const press = (root, key) => {
  const node = [...root.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(seen);
  if (!node) return false;
  if (node.matches("input, textarea, select")) node.focus(); else node.click();
  return true;
};

// The Enter of a candidate list also reaches forms as a submit in some browsers: stop it at the door.
document.addEventListener("keydown", (event) => { if (event.key === "Enter" && composing(event)) event.preventDefault(); }, true);

document.addEventListener("keydown", (event) => {
  if (composing(event) || event.defaultPrevented) return;
  if (withModifier(event)) { event.preventDefault(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const scope = [...document.querySelectorAll("dialog[open]")].pop() || document;
  if (typing(event.target)) {
    if (event.key === "Escape" && !event.target.closest("[data-onebar]")) event.target.blur();
    return;
  }
  if (scope !== document) return;
  if (event.key === "Escape") { if (back()) event.preventDefault(); return; }
  if (event.key === "Enter" || event.key.startsWith("Arrow")) { if (rows(event)) event.preventDefault(); return; }
  if (document.documentElement.dataset.keys === "off" && event.key !== "/") return;
  if (single(event.key)) event.preventDefault();
});

function withModifier(event) {
  if (event.altKey && event.code === "KeyL") return press(document, "lock") || submitLock();
  if (!(event.ctrlKey || event.metaKey)) return false;
  const form = event.target.form || event.target.closest?.("form") || [...document.querySelectorAll("main form.form")].find(seen);
  if (!form || form.matches("[data-onebar]")) return false;
  if (event.key === "Enter") return press(form, "save-go") || pressFirst(form);
  if (event.key.toLowerCase() === "s") return press(form, "save") || pressFirst(form);
  return false;
}
function pressFirst(form) {
  const button = form.querySelector("button.btn-primary[type=submit], button[type=submit]");
  if (!button) return false;
  button.click();
  return true;
}
function submitLock() {
  const form = document.querySelector("form[data-lock]");
  form?.requestSubmit?.() ?? form?.submit();
  return Boolean(form);
}

function single(raw) {
  const key = raw.length === 1 ? raw.toLowerCase() : raw;
  if (key === "/") { const bar = document.getElementById("onebar"); bar?.focus(); bar?.select(); return Boolean(bar); }
  if (key === "?") return press(document, "?") || openLegend();
  if (/^[0-9]$/.test(key)) {
    const card = document.querySelector("[data-digits]");
    return card ? press(card, key) : press(document, key);
  }
  const row = current();
  if (key === "x" && row) { const box = row.querySelector("td.pick input"); if (box) { box.checked = !box.checked; count(row.closest("[data-register]")); } return Boolean(box); }
  if (row && key !== "j" && key !== "k" && press(row, key)) return true;
  if (key === "j" && move(1)) return true;
  if (key === "k" && move(-1)) return true;
  return press(document, key);
}
function openLegend() { const dialog = document.getElementById("key-legend"); dialog?.showModal?.(); return Boolean(dialog); }

const all = () => [...document.querySelectorAll("[data-register] tbody tr[tabindex]")];
const current = () => document.activeElement?.closest?.("[data-register] tbody tr") || document.querySelector("[data-register] tbody tr.on");
function move(by) {
  const list = all();
  if (!list.length) return false;
  const at = list.indexOf(current());
  const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + by))];
  list.forEach((row) => row.classList.toggle("on", row === next));
  next.focus();
  return true;
}
function rows(event) {
  const inGrid = event.target.closest?.("[data-grid], a, button, summary, [role=option]");
  if (event.key === "ArrowDown" && !inGrid) return move(1);
  if (event.key === "ArrowUp" && !inGrid) return move(-1);
  if (event.key === "Enter" && !event.target.closest?.("a, button, summary")) {
    const row = current();
    if (row?.dataset.url) { follow(row, event); return true; }
  }
  return false;
}
function back() {
  const picked = document.querySelector("[data-register].has-picked");
  if (picked) { clear(picked); return true; }
  return press(document, "escape");
}
