// The time of a paper, how much of it is answered, and handing in by itself when the time is over.
import { told } from "../web/js/say.js";

const head = document.querySelector("[data-exam]");
const form = document.getElementById("exam-form") || document.querySelector(".narrow-page form");

if (head && form) {
  const skew = (Date.parse(told("now")) || Date.now()) - Date.now();
  const ends = Date.parse(head.dataset.ends);
  const time = head.querySelector("[data-exam-time]");
  const done = head.querySelector("[data-exam-done]");
  let sent = false;
  const count = () => { done.textContent = new Set([...form.querySelectorAll("input[type=radio]:checked")].map((one) => one.name)).size; };
  const tick = () => {
    const left = Math.max(0, Math.ceil((ends - Date.now() - skew) / 1000));
    time.textContent = `${String(Math.floor(left / 60)).padStart(2, "0")}:${String(left % 60).padStart(2, "0")}`;
    time.classList.toggle("soon", left <= 120);
    if (left === 0 && !sent) { sent = true; form.requestSubmit(); }
  };
  form.addEventListener("change", count);
  setTimeout(count, 300); // after a draft came back
  tick();
  setInterval(tick, 1000);
}
