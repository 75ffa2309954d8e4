// A signature: drawn by finger, pen or mouse, sent as a PNG in an ordinary file field.
import { onFresh } from "./say.js";
import { give } from "./photos.js";

function start(pad) {
  if (pad.dataset.ready) return;
  pad.dataset.ready = "1";
  const canvas = pad.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const input = pad.querySelector("input[type=file]");
  const time = pad.querySelector("[data-signed-at]");
  let last = null;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  };
  Object.assign(pen, { lineWidth: 5, lineCap: "round", lineJoin: "round", strokeStyle: "#1B2330" });
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
    pen.beginPath(); pen.moveTo(...last); pen.lineTo(last[0] + 0.1, last[1]); pen.stroke();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    (event.getCoalescedEvents?.() || [event]).forEach((dot) => {
      const next = at(dot);
      pen.beginPath(); pen.moveTo(...last); pen.quadraticCurveTo(...last, (last[0] + next[0]) / 2, (last[1] + next[1]) / 2); pen.lineTo(...next); pen.stroke();
      last = next;
    });
  });
  const lift = () => {
    if (!last) return;
    last = null;
    // At once, not in a callback: whoever sends in the same breath sends the signature too.
    const drawn = Uint8Array.from(atob(canvas.toDataURL("image/png").split(",")[1]), (letter) => letter.charCodeAt(0));
    give(input, [new File([drawn], "signature.png", { type: "image/png" })]);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    if (time) time.textContent = new Date().toTimeString().slice(0, 5);
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  const clear = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    give(input, []);
    if (time) time.textContent = "";
  };
  pad.querySelector("[data-sign-again]").addEventListener("click", clear);
  pad.closest("form")?.addEventListener("reset", clear);
}
onFresh((root) => root.querySelectorAll("[data-signature]").forEach(start));
