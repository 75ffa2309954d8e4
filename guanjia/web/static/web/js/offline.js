// The phone without a network: forms with data-offline are kept and sent when it is back, under the same request key.
// Accepted is only what led on to a page of the work. A door (login, lock) has taken nothing: the entry waits.
// Any other answer is a refusal: it goes to "not accepted" with everything that was written.
import { freshToken } from "./dialog.js";
import { fill } from "./drafts.js";
import { accepted, atDoor, drop, get, list, newKey, pack, put, unpack, wipe } from "./outbox.js";
import { give } from "./photos.js";
import { onFresh, say, told } from "./say.js";

const line = () => document.querySelector("[data-offline-line]");
const TIMEOUT = 20000;

async function post(url, body, token) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    return await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" }, signal: stop.signal });
  } finally { clearTimeout(timer); }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches?.("form[data-offline]") || event.defaultPrevented) return;
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "1";
  event.submitter?.classList.add("is-busy");
  const entry = pack(form, event.submitter);
  const body = new FormData(form);
  if (event.submitter?.name) body.append(event.submitter.name, event.submitter.value);
  try {
    if (!navigator.onLine) throw new TypeError("offline");
    await answered(await post(entry.url, body, String(body.get("csrfmiddlewaretoken") || "")), entry);
  } catch {
    await put(entry).then(() => { say(told("wOffline"), "warn"); form.reset(); rekey(form); leave(form); }, () => say(told("wFailed"), "danger", 15000));
  } finally {
    delete form.dataset.sent;
    event.submitter?.classList.remove("is-busy");
    draw();
  }
});

function rekey(form) {
  const key = form.elements.namedItem("idempotency_key");
  if (key) key.value = newKey();
  form.querySelectorAll("[data-photos]").forEach((picker) => picker.dispatchEvent(new CustomEvent("guanjia:emptied", { bubbles: true })));
}
function leave(form) {
  const next = form.dataset.next || document.querySelector(".phone-top a")?.href;
  if (next && navigator.onLine) location.assign(next);
}
async function answered(answer, entry) {
  if (answer.status >= 500) throw new TypeError("unreachable");
  if (atDoor(answer)) { document.getElementById("relogin")?.showModal?.(); return; }
  if (accepted(answer)) { await drop(entry.key); location.assign(answer.url); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [now, next] = [document.getElementById("main"), page.getElementById("main")];
  if (!now || !next) { location.reload(); return; }
  now.replaceWith(next);
  next.dispatchEvent(new CustomEvent("guanjia:fresh", { bubbles: true }));
}

let busy = false;
export async function send() {
  if (busy || !navigator.onLine || !line()) return;
  const waiting = (await list()).filter((entry) => entry.state === "waiting");
  if (!waiting.length) return;
  busy = true;
  let locked = false;
  try {
    const fresh = await freshToken();
    if (!fresh.who) { locked = true; return; }
    for (const entry of waiting) {
      if (entry.who && entry.who !== fresh.who) continue; // waits for the one who wrote it
      const answer = await post(entry.url, unpack(entry), fresh.token);
      if (answer.status >= 500 || answer.status === 429) break;
      if (atDoor(answer)) { locked = true; break; }
      if (accepted(answer)) { await drop(entry.key); continue; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const words = [...page.querySelectorAll("main .refusals .notice-body, main .refusal, .bare-error p")].map((node) => node.textContent.trim());
      await put({ ...entry, state: "refused", words: words.join(" ").slice(0, 500) || String(answer.status) });
    }
  } catch { /* still no network: it stays where it is */ } finally { busy = false; draw(locked); }
}

async function draw(locked = false) {
  const bar = line();
  if (!bar) return;
  const all = await list().catch(() => []);
  const waiting = all.filter((entry) => entry.state === "waiting").length;
  const span = bar.querySelector("span");
  bar.hidden = navigator.onLine && !waiting;
  span.textContent = [navigator.onLine ? "" : span.dataset.words, waiting ? span.dataset.waiting.replace("{n}", waiting) : "", locked ? span.dataset.locked : ""].filter(Boolean).join("　");
  refused(all.filter((entry) => entry.state === "refused"));
}

function refused(entries) {
  const box = document.querySelector("[data-not-accepted]");
  if (!box) return;
  box.hidden = !entries.length;
  box.replaceChildren(...entries.map((entry) => {
    const row = document.createElement("div");
    row.className = "notice notice-danger";
    const body = document.createElement("div");
    body.className = "notice-body";
    const head = document.createElement("strong");
    head.textContent = `${box.dataset.words}: ${entry.title}`;
    const why = document.createElement("p");
    why.textContent = entry.words;
    const text = document.createElement("p");
    text.className = "small";
    text.textContent = entry.fields.filter(([name, value]) => typeof value === "string" && value && name !== "idempotency_key").map(([, value]) => value).join("　");
    const ways = document.createElement("div");
    ways.className = "notice-actions";
    const again = document.createElement("a");
    again.className = "btn btn-sm";
    again.href = `${entry.page}#again=${encodeURIComponent(entry.key)}`;
    again.textContent = box.dataset.open;
    const away = document.createElement("button");
    away.type = "button";
    away.className = "btn btn-sm btn-danger";
    away.textContent = box.dataset.drop;
    away.addEventListener("click", async () => { await drop(entry.key); draw(); });
    ways.append(again, away);
    body.append(head, why, text, ways);
    row.append(body);
    return row;
  }));
}

// "Open and correct": the refused form comes back with all it held.
async function again() {
  const key = new URLSearchParams(location.hash.slice(1)).get("again");
  const entry = key && await get(key);
  const form = entry && [...document.querySelectorAll("form[data-offline]")].find((one) => one.action === entry.url);
  if (!form) return;
  const kept = {};
  entry.fields.forEach(([name, value]) => { if (typeof value === "string") (kept[name] = kept[name] || []).push(value); });
  fill(form, kept);
  form.elements.namedItem("idempotency_key").value = entry.key;
  form.querySelectorAll("input[type=file]").forEach((input) => {
    const files = entry.fields.filter(([name, value]) => name === input.name && value instanceof File).map(([, value]) => value);
    if (files.length) { give(input, files); input.dispatchEvent(new Event("change", { bubbles: true })); }
  });
}

// Logging out wipes the phone; what still waits is said first.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches?.("[data-logout]") || form.dataset.wiped) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const waiting = (await list().catch(() => [])).length;
  const span = line()?.querySelector("span");
  if (waiting && span && !window.confirm(span.dataset.waiting.replace("{n}", waiting))) return;
  await wipe();
  if (window.caches) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  sessionStorage.clear();
  form.dataset.wiped = "1";
  form.submit();
}, true);

if (line()) {
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(line().dataset.worker, { scope: "/" }).catch(() => {});
  window.addEventListener("online", send);
  window.addEventListener("online", () => draw());
  window.addEventListener("offline", () => draw());
  setInterval(send, 60000);
  draw();
  send();
  window.addEventListener("hashchange", again);
  onFresh((root) => {
    root.querySelectorAll("form[data-offline]").forEach((form) => { if (!form.querySelector(".refusal, .refusals")) rekey(form); });
    again();
  });
}
