// Notes that a note-taker typed and that wait in this browser for the line to come back (notes.js writes them, sealed). On every page of
// somebody who is signed in: what is older than a day goes, and signing out asks first.
"use strict";

const unsent = (() => {
  const NAME = "notes";
  const STORE = "waiting";
  const DAY = 24 * 60 * 60 * 1000;

  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  /** Whether anything was ever kept here; where not, reading makes nothing. */
  async function isThere() {
    return !indexedDB.databases || (await indexedDB.databases()).some(({ name }) => name === NAME);
  }

  async function opened() {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    return asked(request);
  }

  /** One change, on the disk before it is done: a battery may be dead a second later. */
  async function change(work) {
    const base = await opened();
    try {
      const changing = base.transaction(STORE, "readwrite", { durability: "strict" });
      work(changing.objectStore(STORE));
      await new Promise((resolve, reject) => {
        changing.oncomplete = resolve;
        changing.onabort = () => reject(changing.error);
      });
    } finally {
      base.close();
    }
  }

  const put = (note) => change((store) => store.put(note));
  const remove = async (id) => (await isThere()) && change((store) => store.delete(id));
  const clear = async () => (await isThere()) && change((store) => store.clear());

  /** What waits, the oldest first. */
  async function all() {
    if (!(await isThere())) return [];
    const base = await opened();
    const kept = await asked(base.transaction(STORE).objectStore(STORE).getAll()).finally(() => base.close());
    const isOver = ({ at }) => Math.abs(Date.now() - at) > DAY;
    for (const { id } of kept.filter(isOver)) await remove(id);
    return kept.filter((note) => !isOver(note)).sort((one, other) => one.at - other.at);
  }

  // `send` is there on the page that can open them; `isOver`: this window signs out.
  return { all, put, remove, clear, send: null, isOver: false };
})();

/** Signing out: first everything is sent that can be, and what is left is asked about. */
async function signOut(form) {
  let left = [];
  try {
    const patience = new Promise((resolve) => setTimeout(resolve, 5_000));
    if (unsent.send) await Promise.race([unsent.send(), patience]);
    left = await unsent.all();
  } catch {
    // A browser that keeps nothing has nothing to lose.
  }
  const over = () => {
    unsent.isOver = true;
    new BroadcastChannel("notes").postMessage("over");
    form.submit();
  };
  if (left.length === 0) return over();
  const ask = document.getElementById("unsent");
  ask.hidden = false;
  ask.focus();
  ask.querySelector("[data-go=notes]").onclick = () => {
    if (left[0].page === location.pathname) ask.hidden = true;
    else location.assign(left[0].page);
  };
  ask.querySelector("[data-go=out]").onclick = () => unsent.clear().then(over, over);
}

document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") !== "/sign-out") return;
  event.preventDefault();
  signOut(event.target);
});

unsent.all().catch(() => {});
