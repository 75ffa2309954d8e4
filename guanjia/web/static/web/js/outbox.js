// What waits on this phone: an IndexedDB store of whole forms, photos included. Private fields never enter it.
const NAME = "guanjia-outbox";

function open() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("forms", { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}
async function run(mode, work) {
  const db = await open();
  try {
    return await new Promise((done, fail) => {
      const act = db.transaction("forms", mode);
      const asked = work(act.objectStore("forms"));
      act.oncomplete = () => done(asked.result);
      act.onerror = act.onabort = () => fail(act.error);
    });
  } finally { db.close(); }
}
export const put = (entry) => run("readwrite", (store) => store.put(entry));
export const drop = (key) => run("readwrite", (store) => store.delete(key));
export const get = (key) => run("readonly", (store) => store.get(key));
export const list = async () => (await run("readonly", (store) => store.getAll())).sort((a, b) => a.at.localeCompare(b.at));
export const wipe = () => new Promise((done) => {
  const asked = indexedDB.deleteDatabase(NAME);
  asked.onsuccess = asked.onerror = asked.onblocked = () => done();
});

// One filling, one key. A page kept on the phone carries the key it was made with, so every filling makes its own.
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A form as it will be sent, without token and private fields.
export function pack(form, submitter) {
  const secret = new Set([...form.elements].filter((field) => field.closest("[data-private]")).map((field) => field.name));
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const fields = [...body.entries()].filter(([name, value]) => name !== "csrfmiddlewaretoken" && !secret.has(name) && !(value instanceof File && !value.size));
  return {
    key: String(body.get("idempotency_key") || newKey()),
    url: form.action || location.href,
    page: location.pathname + location.search,
    title: document.title,
    who: document.body.dataset.who || "",
    at: new Date().toISOString(),
    state: "waiting",
    words: "",
    fields,
  };
}
export function unpack(entry) {
  const body = new FormData();
  entry.fields.forEach(([name, value]) => (value instanceof File ? body.append(name, value, value.name) : body.append(name, value)));
  if (!body.has("at")) body.append("at", entry.at);
  return body;
}

// What an answer says. A success leads on to another page (303); a door is a redirect too, and has taken nothing.
const DOORS = ["/login", "/lock", "/account/"];
export function atDoor(answer) {
  if (answer.status === 401) return true;
  return answer.redirected && DOORS.some((door) => new URL(answer.url, location.href).pathname.startsWith(door));
}
export const accepted = (answer) => (answer.redirected || answer.status === 204) && answer.ok && !atDoor(answer);
