// The gate's camera reads the QR of a pass, where the phone can; typing is always possible.
const form = document.querySelector("[data-gate]");
const button = form?.querySelector("[data-gate-scan]");
const eye = form?.querySelector("[data-gate-eye]");

async function scan() {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  eye.srcObject = stream;
  eye.hidden = false;
  await eye.play();
  const stop = () => { stream.getTracks().forEach((track) => track.stop()); eye.hidden = true; };
  const until = Date.now() + 30000;
  while (Date.now() < until && !eye.hidden) {
    const [found] = await detector.detect(eye).catch(() => []);
    if (found) {
      stop();
      form.elements.code.value = found.rawValue.slice(0, 40);
      form.requestSubmit();
      return;
    }
    await new Promise((done) => setTimeout(done, 150));
  }
  stop();
}

if (button && "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia) {
  button.hidden = false;
  button.addEventListener("click", () => scan().catch(() => { eye.hidden = true; form.elements.code.focus(); }));
}
