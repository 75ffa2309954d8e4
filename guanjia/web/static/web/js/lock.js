// The lock of a screen: warns a minute before, hides the page and keeps it with everything written, opens with the PIN.
import { freshToken } from "./dialog.js";
import { onFresh, say, told } from "./say.js";

const HAND = "gj-hand";
const after = Number(document.body.dataset.lockAfter || 0) * 1000;
const warn = Number(document.body.dataset.lockWarn || 60) * 1000;
let last = Date.now();
let told_at = Date.now();
const screen = () => document.getElementById("lockscreen");
const warning = () => document.getElementById("lockwarn");
const stored = () => Number((() => { try { return localStorage.getItem(HAND); } catch { return 0; } })() || 0);
const isLocked = () => document.body.classList.contains("is-locked");
const send = (url, body) => fetch(url, { method: "POST", body, headers: { "X-Requested-With": "fetch", Accept: "application/json", "X-CSRFToken": token() } });
const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";

function hand() {
  const now = Date.now();
  if (isLocked() || now - last < 1000) return;
  last = now;
  try { localStorage.setItem(HAND, String(now)); } catch { /* one tab only, then */ }
  if (warning()?.open) warning().close();
}
["pointerdown", "keydown", "wheel", "touchstart", "pointermove"].forEach((kind) => document.addEventListener(kind, hand, { passive: true }));

export function shut(tell = true) {
  const dialog = screen();
  if (!dialog || isLocked()) return;
  if (warning()?.open) warning().close();
  document.querySelectorAll("dialog[open]").forEach((one) => { if (one !== dialog) one.close(); });
  document.body.classList.add("is-locked");
  dialog.showModal();
  dialog.querySelector("input[name=password]")?.focus();
  if (tell) send(dialog.dataset.lock, new FormData()).catch(() => { /* without a network the page is hidden all the same */ });
}

function tick() {
  if (!after || isLocked()) return;
  const idle = Date.now() - Math.max(last, stored());
  if (idle >= after) { shut(); return; }
  const box = warning();
  if (idle >= after - warn) {
    if (box && !box.open) box.showModal();
    const left = box?.querySelector("[data-left]");
    if (left) left.textContent = String(Math.ceil((after - idle) / 1000));
    return;
  }
  if (box?.open) box.close();
  if (Date.now() - told_at > 60000 && idle < 60000) {
    told_at = Date.now();
    send(screen().dataset.alive, new FormData()).then((answer) => { if (answer.status === 401) shut(false); }).catch(() => {});
  }
}
if (after && screen()) setInterval(tick, 1000);

async function open(form) {
  const line = form.querySelector("[data-refusal]");
  line.hidden = true;
  const answer = await send(form.action, new FormData(form)).catch(() => null);
  if (!answer) { say(told("wOffline"), "warn"); return; }
  if (answer.status === 401) { location.reload(); return; }
  const said = await answer.json().catch(() => ({}));
  form.querySelectorAll("input[type=password]").forEach((field) => { field.value = ""; });
  if (!answer.ok) {
    line.textContent = said.sentence || told("wFailed");
    line.hidden = false;
    form.querySelector("input[type=password]").focus();
    return;
  }
  if (said.url || said.who !== document.body.dataset.who) { location.assign(said.url || location.href); return; }
  await freshToken().catch(() => {});
  last = told_at = Date.now();
  try { localStorage.setItem(HAND, String(last)); } catch { /* as above */ }
  document.body.classList.remove("is-locked");
  screen().close();
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches?.("[data-unlock]")) { event.preventDefault(); open(form); }
  else if (form.matches?.("form[data-lock]") && screen()) { event.preventDefault(); shut(); }
});
onFresh((root) => root.querySelectorAll?.("#lockscreen").forEach((dialog) => dialog.addEventListener("cancel", (event) => event.preventDefault())));
document.addEventListener("click", (event) => { if (event.target.closest("[data-stay]")) { last = 0; hand(); } });

// A poll is no hand at the page: the server is told so.
document.addEventListener("htmx:configRequest", (event) => {
  if ((event.detail.elt?.getAttribute?.("hx-trigger") || "").includes("every")) event.detail.headers["X-Poll"] = "1";
});
// The server found the screen locked (another tab, a sleep): the same lock, over the page as it is.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401 && event.detail.xhr.getResponseHeader("X-Login") === "/lock" && screen()) {
    document.getElementById("relogin")?.close?.();
    shut(false);
  }
});

// The login page tells how wide this screen is: who works on a phone lands on the phone's own pages.
document.querySelectorAll("[data-narrow]").forEach((field) => { field.value = window.matchMedia("(max-width: 767px)").matches ? "1" : ""; });
