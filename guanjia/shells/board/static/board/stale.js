// The clock of a board, and how old its figures are: after two minutes without an answer it says so, in amber.
import { told } from "../web/js/say.js";

const SILENT = 120000;
const loaded = Date.now();
const skew = (Date.parse(told("now")) || loaded) - loaded;
let heard = Date.now();

const board = () => document.querySelector("[data-board]");
const hour = (moment, zone) => new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone || undefined }).format(moment);

function show() {
  const root = board();
  if (!root) return;
  const now = root.querySelector("[data-clock]");
  if (now) now.textContent = hour(Date.now() + skew, root.dataset.zone);
  const fresh = root.querySelector("[data-fresh]");
  const words = root.querySelector("[data-fresh-words]");
  if (!fresh || !words) return;
  const stale = Date.now() - heard > SILENT;
  fresh.classList.toggle("stale", stale);
  if (!words.dataset.usual) words.dataset.usual = words.textContent;
  const since = hour(heard + skew, root.dataset.zone);
  words.textContent = stale ? root.dataset.stale.replace("{t}", since) : words.dataset.usual.replace(/\d\d:\d\d/, since);
}

// An answer is an answer, whether it brought new figures (200) or said that nothing changed (204).
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && board()?.contains(event.detail.elt)) heard = Date.now();
  show();
});
setInterval(show, 1000);
show();
