// Photos are made smaller before they travel (1600 px, JPEG), shown at once, and can be taken out again.
const LONGEST = 1600;

async function shrink(file) {
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    if (scale === 1 && file.type === "image/jpeg" && file.size < 600000) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified }) : file;
  } catch { return file; } // what the browser cannot read, the server judges
}

const kept = new WeakMap();
export function give(input, files) {
  const bag = new DataTransfer();
  files.forEach((file) => bag.items.add(file));
  input.files = bag.files;
}

function draw(picker, input) {
  picker.querySelectorAll("[data-shown]").forEach((node) => { URL.revokeObjectURL(node.querySelector("img").src); node.remove(); });
  (kept.get(input) || []).forEach((file, at) => {
    const frame = document.createElement("figure");
    frame.className = "photo";
    frame.dataset.shown = at;
    const img = document.createElement("img");
    img.src = URL.createObjectURL(file);
    img.alt = "";
    const time = document.createElement("figcaption");
    time.textContent = new Date(file.lastModified).toTimeString().slice(0, 5);
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "photo-drop";
    drop.textContent = "×";
    drop.setAttribute("aria-label", picker.dataset.remove);
    drop.addEventListener("click", () => { kept.get(input).splice(at, 1); give(input, kept.get(input)); draw(picker, input); });
    frame.append(img, time, drop);
    picker.querySelector(".photo-add").before(frame);
  });
  const most = Number(picker.dataset.max) || 9;
  picker.querySelector(".photo-add").hidden = (kept.get(input) || []).length >= most;
}

document.addEventListener("guanjia:emptied", (event) => {
  const input = event.target.querySelector("input[type=file]");
  kept.delete(input);
  give(input, []);
  draw(event.target, input);
});

// Any other file: its name stands beside the button.
document.addEventListener("change", (event) => {
  const said = event.target.closest?.("[data-filepick]")?.querySelector("[data-filepick-name]");
  if (said) said.textContent = [...event.target.files].map((file) => file.name).join("、");
});

document.addEventListener("change", async (event) => {
  const input = event.target;
  const picker = input.closest?.("[data-photos]");
  if (!picker || input.type !== "file") return;
  const most = Number(picker.dataset.max) || 9;
  const fresh = await Promise.all([...input.files].map(shrink));
  const files = [...(kept.get(input) || []), ...fresh].slice(0, most);
  kept.set(input, files);
  give(input, files);
  draw(picker, input);
});
