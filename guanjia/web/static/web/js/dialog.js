// Native dialogs; an answer of 401 asks for a login beside the page instead of replacing it, so nothing written is lost.
import { onFresh, say, told } from "./say.js";

function show(dialog) {
  if (!dialog || dialog.open) return;
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
}
function shut(dialog) {
  if (dialog.close) dialog.close();
  else dialog.removeAttribute("open");
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) show(document.getElementById(opener.dataset.dialog));
  const closer = event.target.closest("[data-close]");
  if (closer) shut(closer.closest("dialog"));
  if (event.target.closest("[data-relogin-open]")) window.open(told("relogin") || "/login", "_blank", "noopener");
});
onFresh((root) => root.querySelectorAll("dialog[data-open]").forEach((dialog) => {
  dialog.removeAttribute("data-open");
  show(dialog);
}));

document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 401) show(document.getElementById("relogin"));
  else say(status === 404 ? told("wGone") : told("wFailed"), "danger", 12000);
});
document.addEventListener("htmx:sendError", () => say(told("wOffline"), "warn", 12000));

// Back from the login: take the new token; if somebody else has come, the page is theirs to load anew.
export async function freshToken() {
  const answer = await fetch("/look/token", { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) return { token: "", who: "" };
  const fresh = await answer.json();
  if (fresh.token) {
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = fresh.token; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh.token }));
  }
  return fresh;
}
window.addEventListener("focus", async () => {
  const dialog = document.getElementById("relogin");
  if (!dialog?.open) return;
  const fresh = await freshToken().catch(() => ({}));
  if (!fresh.who) return;
  const was = document.body.dataset.who;
  if (was && was !== fresh.who) location.reload();
  else shut(dialog);
});
