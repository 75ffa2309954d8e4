// Clock words tick by the minute, by the second in the last five. The server's clock counts, not the computer's.
import { onFresh, told } from "./say.js";

const skew = () => (Date.parse(told("now")) || Date.now()) - loaded;
const loaded = Date.now();
const MINUTE = 60000;
let timer = 0;

function words(gap) {
  const late = gap < 0;
  const seconds = Math.floor(Math.abs(gap) / 1000);
  const [d, h, m, s] = [Math.floor(seconds / 86400), Math.floor((seconds % 86400) / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const name = d ? "DH" : h ? "HM" : late || seconds >= 300 ? "M" : "MS";
  const key = { DH: late ? "wOdh" : "wDh", HM: late ? "wOhm" : "wHm", M: late ? "wOm" : "wM", MS: "wMs" }[name];
  return told(key).replace("{d}", d).replace("{h}", h).replace("{m}", name === "HM" ? String(m).padStart(2, "0") : m).replace("{s}", String(s).padStart(2, "0"));
}

function mark(clock) {
  const holder = clock.querySelector(".clock-words");
  const sprite = document.querySelector("use")?.getAttribute("href")?.split("#")[0];
  if (!holder || holder.querySelector("svg") || !sprite) return;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#s-late`);
  svg.append(use);
  holder.prepend(svg);
}

function one(clock, now) {
  const gap = Date.parse(clock.dataset.due) - now;
  if (Number.isNaN(gap)) return Infinity;
  const tone = gap < 0 ? "late" : now >= Date.parse(clock.dataset.soon) ? "soon" : "calm";
  if (!clock.classList.contains(`clock-${tone}`)) {
    clock.classList.remove("clock-calm", "clock-soon", "clock-late");
    clock.classList.add(`clock-${tone}`);
    if (tone === "late") mark(clock);
  }
  const text = clock.querySelector(".clock-text");
  const next = words(gap);
  if (text && text.textContent !== next) {
    text.textContent = next;
    const aria = clock.querySelector(".clock-aria");
    if (aria) aria.textContent = `${clock.dataset.verb} ${next}`;
  }
  const limit = Number(clock.dataset.limit) * MINUTE;
  const fill = clock.querySelector("rect.clock-fill");
  if (fill && limit > 0) {
    const share = String(Math.round(Math.max(0, Math.min(1, 1 - gap / limit)) * 100));
    if (fill.getAttribute("width") !== share) fill.setAttribute("width", share);
  }
  return gap;
}

function tick() {
  clearTimeout(timer);
  const now = Date.now() + skew();
  const gaps = [...document.querySelectorAll("[data-due]")].map((clock) => one(clock, now));
  if (!gaps.length || document.hidden) return;
  const close = gaps.some((gap) => gap > 0 && gap < 5 * MINUTE + 2000);
  timer = setTimeout(tick, close ? 1000 - (now % 1000) : MINUTE - (now % MINUTE) + 50);
}
document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
onFresh(tick);
