// What only the phone pages need: lines of material with their sum, quick times, the queue's own page,
// and photos and signature given back when a form was refused.
import { list } from "../web/js/outbox.js";

const fresh = (work) => {
  const run = (event) => work(event?.target?.querySelectorAll ? event.target : document);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => work(document)); else work(document);
  document.addEventListener("guanjia:fresh", run);
};

// -- money: whole fen, never a float ----------------------------------------------------------------------------
function fen(text) {
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(String(text).trim().replace(/,/g, ""));
  return found ? Number(found[1]) * 100 + Number((found[2] || "0").padEnd(2, "0")) : 0;
}
function yuan(amount) {
  const whole = Math.floor(amount / 100).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `¥ ${whole}.${String(amount % 100).padStart(2, "0")}`;
}
function sum() {
  const total = document.querySelector("[data-total]");
  if (!total) return;
  let amount = Number(total.dataset.base) || 0;
  document.querySelectorAll("[data-line]").forEach((line) => {
    if (line.querySelector("input[type=radio][value=resident]")?.checked) {
      amount += fen(line.querySelector("[data-price]").value) * (Number(line.querySelector("input[type=number]").value) || 0);
    }
  });
  total.textContent = yuan(amount + fen(document.querySelector("[name=labour_fen]")?.value || ""));
}
function addLine() {
  const blank = document.querySelector("template[data-line-blank]");
  const lines = document.querySelector("[data-lines]");
  const numbers = [...lines.querySelectorAll("input[name$='-name']")].map((field) => Number(field.name.split("-")[1]));
  const next = numbers.length ? Math.max(...numbers) + 1 : 0;
  if (next >= 20) return;
  const copy = blank.content.cloneNode(true);
  copy.querySelectorAll("[name]").forEach((field) => { field.name = field.name.replace("NN", next); });
  lines.append(copy);
  lines.lastElementChild.querySelector("input").focus();
  document.querySelector("[data-no-lines]")?.remove();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-line-add]")) addLine();
  const gone = event.target.closest("[data-line-drop]");
  if (gone) { gone.closest("[data-line]").remove(); sum(); }
  const slot = event.target.closest("[data-slot-from]");
  if (slot) {
    const form = slot.closest("form");
    form.elements.namedItem("appointment_from").value = slot.dataset.slotFrom;
    form.elements.namedItem("appointment_to").value = slot.dataset.slotTo;
    form.querySelectorAll("[data-slot-from]").forEach((one) => one.setAttribute("aria-pressed", String(one === slot)));
  }
});
document.addEventListener("input", sum);
document.addEventListener("change", (event) => {
  sum();
  if (event.target.closest("[data-where], [data-source]")) where(document);
  if (event.target.name === "what") {
    const wish = event.target.selectedOptions[0]?.dataset.urgency;
    const radio = document.querySelector(`input[name=urgency][value="${wish === "emergency" ? "emergency" : "ordinary"}"]`);
    if (radio) radio.checked = true;
  }
});
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("[data-earlier]")) event.target.querySelectorAll("input").forEach((field) => { field.disabled = !event.target.open; });
}, true);

function where(root) {
  const place = root.querySelector("input[name=place]:checked")?.value;
  if (place) {
    root.querySelectorAll("[data-where-home]").forEach((box) => { box.hidden = place !== "home"; });
    root.querySelectorAll("[data-where-common]").forEach((box) => { box.hidden = place !== "common"; });
  }
  const source = root.querySelector("input[name=channel]:checked")?.value;
  root.querySelectorAll("[data-told]").forEach((box) => { box.hidden = source === "patrol" && !box.querySelector(".refusal"); });
}

// -- a refused form comes back without its files: give them back --------------------------------------------------
const sent = new Map();
document.addEventListener("submit", (event) => {
  sent.clear();
  [...event.target.elements].filter((field) => field.type === "file" && field.files.length).forEach((field) => sent.set(field.name, [...field.files]));
}, true);
async function giveBack(root) {
  for (const input of root.querySelectorAll("form input[type=file]")) {
    const files = sent.get(input.name);
    if (!files || input.files.length) continue;
    const bag = new DataTransfer();
    files.forEach((file) => bag.items.add(file));
    input.files = bag.files;
    const pad = input.closest("[data-signature]");
    if (!pad) { input.dispatchEvent(new Event("change", { bubbles: true })); continue; }
    const canvas = pad.querySelector("canvas");
    const drawn = await createImageBitmap(files[0]).catch(() => null);
    if (drawn) canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
  }
}

// -- what waits on this phone --------------------------------------------------------------------------------------
const HIDDEN = new Set(["idempotency_key", "csrfmiddlewaretoken", "next"]);
function row(entry, box) {
  const item = document.createElement("section");
  item.className = "card";
  const body = document.createElement("div");
  body.className = "card-body";
  const title = document.createElement("strong");
  title.textContent = entry.title;
  const time = document.createElement("p");
  time.className = "ink-2 small";
  const photos = entry.fields.filter(([, value]) => value instanceof File).length;
  const at = new Date(entry.at);
  const parts = [box.dataset.sentAt.replace("{at}", `${at.getMonth() + 1}-${at.getDate()} ${at.toTimeString().slice(0, 5)}`)];
  if (photos) parts.push(box.dataset.photos.replace("{n}", photos));
  time.textContent = parts.join("　");
  const text = document.createElement("p");
  text.textContent = entry.fields.filter(([name, value]) => typeof value === "string" && value && !HIDDEN.has(name)).map(([, value]) => value).join("　");
  body.append(title, time, text);
  item.append(body);
  return item;
}
async function waiting(root) {
  const box = root.querySelector("[data-waiting-list]");
  const count = root.querySelector("[data-outbox-count]");
  if (!box && !count) return;
  const all = await list().catch(() => []);
  if (count) count.textContent = all.length || "";
  if (!box) return;
  const rows = all.filter((entry) => entry.state === "waiting");
  box.replaceChildren(...rows.map((entry) => row(entry, box)));
  document.querySelector("[data-waiting-none]").hidden = all.length > 0;
}
window.addEventListener("online", () => setTimeout(() => waiting(document), 3000));

fresh((root) => { where(root); giveBack(root); sum(); waiting(root); });
