// The service worker of the phones: keeps the look, and pages that allow it (X-Keep-Offline: 1), for when there is no network.
// Personal pages do not carry that header and are never kept. Forms wait in the page's own store (outbox.js), not here.
const NAME = "guanjia-__VERSION__";
const FILES = ["__FILES__"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(FILES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/") || /^\/look\/[0-9a-f]+\.css$/.test(url.pathname)) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(request));
});
async function file(request) {
  const kept = await caches.match(request);
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok) (await caches.open(NAME)).put(request, answer.clone());
    return answer;
  });
  if (kept) { fresh.catch(() => {}); return kept; }
  return fresh;
}
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.headers.get("X-Keep-Offline") === "1") (await caches.open(NAME)).put(request, answer.clone());
    return answer;
  } catch (error) {
    const kept = (await caches.match(request)) || (await caches.match("__OFFLINE__"));
    if (kept) return kept;
    throw error;
  }
}
