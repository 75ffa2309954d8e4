// The camera reads a QR or a barcode into the field beside the button. Typing is always possible; what keeps the camera
// from it is said in a sentence. Browsers without a detector of their own read QR codes by vendor/qr, fetched only then.
const KINDS = ["qr_code", "code_128", "ean_13", "code_39", "itf", "code_93", "ean_8", "upc_a", "codabar", "data_matrix"];
const EVERY = 150, LONGEST = 60000, SIDE = 640;

async function reader() {
  if ("BarcodeDetector" in window) {
    const can = await BarcodeDetector.getSupportedFormats().catch(() => []);
    const formats = KINDS.filter((kind) => can.includes(kind));
    if (formats.length) return { detector: new BarcodeDetector({ formats }), bars: formats.some((kind) => kind !== "qr_code") };
  }
  const own = await import("./vendor/qr/decode.js");
  return { detector: new own.BarcodeDetector({ formats: ["qr_code"] }), bars: false };
}

function why(error) {
  if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) return "insecure";
  if (error?.name === "NotAllowedError" || error?.name === "SecurityError") return "refused";
  return error?.name === "NotFoundError" || error?.name === "NotReadableError" || error?.name === "OverconstrainedError" ? "missing" : "unable";
}

// The middle of the picture, small enough for a slow phone, large enough for a label at arm's length.
function middle(eye, canvas) {
  const side = Math.min(eye.videoWidth, eye.videoHeight);
  canvas.width = canvas.height = Math.min(side, SIDE);
  canvas.getContext("2d", { willReadFrequently: true })
    .drawImage(eye, (eye.videoWidth - side) / 2, (eye.videoHeight - side) / 2, side, side, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function look(box, stream) {
  const eye = box.querySelector("video");
  const { detector, bars } = await reader();
  if (!bars && box.dataset.qronly) box.querySelector("[data-scan-said]").textContent = box.dataset.qronly;
  const canvas = document.createElement("canvas");
  eye.srcObject = stream;
  await eye.play();
  const until = Date.now() + LONGEST;
  while (box.open && Date.now() < until) {
    const [found] = eye.videoWidth ? await detector.detect(middle(eye, canvas)).catch(() => []) : [];
    if (found?.rawValue) return found.rawValue;
    await new Promise((done) => setTimeout(done, EVERY));
  }
  return "";
}

async function scan(button) {
  const box = document.getElementById(button.dataset.scan);
  const field = document.getElementById(button.dataset.scanFor);
  const said = box.querySelector("[data-scan-said]");
  let stream = null;
  const stop = () => stream?.getTracks().forEach((track) => track.stop());
  said.textContent = box.dataset.aim;
  box.classList.remove("scan-dark");
  box.showModal();
  box.addEventListener("close", stop, { once: true });
  try {
    if (!navigator.mediaDevices?.getUserMedia) throw new Error("no camera here");
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
    if (!box.open) { stop(); return; } // closed while the browser asked
    const code = await look(box, stream);
    if (!code) { box.close(); field.focus(); return; }
    navigator.vibrate?.(40);
    box.close();
    field.value = code.slice(0, field.maxLength > 0 ? field.maxLength : 120);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (button.hasAttribute("data-scan-send")) field.form.requestSubmit();
    else field.focus();
  } catch (error) {
    stop();
    said.textContent = box.dataset[why(error)];
    box.classList.add("scan-dark");
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-scan]");
  if (button) scan(button);
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) document.querySelectorAll("dialog[data-scanner][open]").forEach((box) => box.close());
});
