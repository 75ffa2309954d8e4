// Brightness changes at once; the wish is kept by the server's cookie.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches?.("[data-theme-form]") || !event.submitter) return;
  event.preventDefault();
  const wish = event.submitter.value;
  const body = new FormData(form);
  body.set("theme", wish);
  fetch(form.action, { method: "POST", body, redirect: "manual" }).then(() => {
    document.documentElement.dataset.theme = wish;
    form.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", String(one === event.submitter)));
  }).catch(() => form.submit());
});
