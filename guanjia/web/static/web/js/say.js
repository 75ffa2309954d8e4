// A few words at the foot of the page, read aloud politely. Text only: nothing from outside becomes markup.
export function say(words, tone = "neutral", stay = 6000) {
  const box = document.getElementById("toasts");
  if (!box || !words) return;
  const note = document.createElement("div");
  note.className = `notice notice-${tone}`;
  note.textContent = words;
  box.append(note);
  setTimeout(() => note.remove(), stay);
}

export const told = (name) => document.body.dataset[name] || "";

// Runs for what is on the page now and for whatever htmx brings later.
export function onFresh(work) {
  const run = (root) => work(root);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => run(document));
  else run(document);
  document.addEventListener("htmx:afterSwap", (event) => run(event.detail.target?.isConnected ? event.detail.target : document));
  document.addEventListener("guanjia:fresh", (event) => run(event.target));
}
