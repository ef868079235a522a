// The note-taking page on a weak line: what is typed is kept in this browser within a second, each note goes when there is a line, once,
// and is erased here when it has arrived. It is sealed with a key that the site gives to a live sign-in and that is stored nowhere:
// whoever has only the browser reads nothing. Without this file the page is a plain form.
"use strict";

(() => {
  const form = document.querySelector("form[data-notes]");
  if (!form || !window.isSecureContext || !window.indexedDB) return;

  const TROUBLE = ["away", "unkept", "out", "closed"];
  const FIELDS = ["speaker", "words", "wanted", "language", "told_how", "sensitivity"];
  const page = new URL(form.action).pathname;
  const hat = form.elements.hat.value;
  const line = document.getElementById("line");
  const section = document.getElementById("unsent-notes");
  const refused = document.getElementById("refused-notes");
  const pattern = document.getElementById("unsent-note");

  let key = null;
  let keyMark = "";
  let isBegun = false;
  /** What the line is told to be; nothing when there is nothing to say. */
  let state = "";
  /** Where what is being typed is kept. */
  let draft = crypto.randomUUID();
  /** To be sent, the oldest first; and what was being typed in a window that is gone. */
  const notes = [];
  const shelf = [];

  // ── the form ──

  function read() {
    const said = new FormData(form);
    return Object.fromEntries(FIELDS.map((name) => [name, said.get(name) ?? ""]));
  }

  function fill(said) {
    for (const field of form.elements) {
      if (!FIELDS.includes(field.name)) continue;
      if (field.type === "radio") field.checked = field.value === said[field.name];
      else field.value = said[field.name];
    }
  }

  const isEmpty = ({ words, sensitivity }) => !words.trim() && !sensitivity.trim();
  const clear = () => fill({ speaker: "", words: "", wanted: "author", language: read().language, told_how: "room", sensitivity: "" });
  const who = (speaker) => {
    const chosen = [...form.elements].find((field) => field.name === "speaker" && field.value === speaker);
    return chosen?.labels[0]?.textContent.trim() ?? "";
  };

  // ── the key, and what is kept ──

  const bytes = (text) => new TextEncoder().encode(text);
  const bound = ({ id, at, kind }) => bytes([page, hat, kind, id, at].join(" "));

  class Ended extends Error {}
  class Closed extends Error {}

  /** Asks for the key; that it is given says that there is a line, that the sign-in lives and that the session takes words. */
  async function askKey() {
    const answer = await fetch(form.dataset.notes, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(10_000) });
    if (answer.type === "opaqueredirect") throw new Ended();
    if (answer.status === 403 || answer.status === 404) throw new Closed();
    if (!answer.ok) throw new Error("no key");
    const given = Uint8Array.from(atob(await answer.text()), (sign) => sign.charCodeAt(0));
    const mark = new Uint8Array(await crypto.subtle.digest("SHA-256", given)).join();
    if (mark === keyMark) return;
    key = await crypto.subtle.importKey("raw", given, "AES-GCM", false, ["encrypt", "decrypt"]);
    keyMark = mark;
    // Another sign-in than before: what stands on this page is sealed anew.
    await inTurn(async () => {
      for (const note of [...notes, ...shelf]) if (notes.includes(note) || shelf.includes(note)) await keep(note);
    });
    if (isBegun) await keepDraft();
  }

  async function keep(note) {
    const { id, at, kind, said, body } = note;
    note.isKept = false;
    if (!key) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(note) }, key, bytes(JSON.stringify({ said, body })));
    await unsent.put({ id, at, kind, page, hat, iv, sealed });
    note.isKept = true;
  }

  /** What was kept; nothing where its sign-in has ended and nobody can open it any more. */
  async function open(kept) {
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv, additionalData: bound(kept) }, key, kept.sealed);
      const { id, at, kind } = kept;
      return { id, at, kind, isKept: true, ...JSON.parse(new TextDecoder().decode(plain)) };
    } catch {
      return null;
    }
  }

  /** One thing after the other: what is typed never comes back after it was taken away. */
  let turn = Promise.resolve();
  const inTurn = (work) => (turn = turn.then(work).catch(() => {}));

  const keepDraft = () =>
    inTurn(async () => {
      const said = read();
      if (isEmpty(said)) await unsent.remove(draft);
      else await keep({ id: draft, at: Date.now(), kind: "draft", said });
    });

  let soon = null;
  form.addEventListener("input", () => {
    soon ??= setTimeout(() => {
      soon = null;
      keepDraft();
    }, 400);
  });

  // ── windows ──

  const lockOf = (id) => `note ${id}`;
  /** As long as this window is there, no other one takes what is typed here for left behind. */
  const hold = () => navigator.locks?.request(lockOf(draft), () => new Promise(() => {}));

  async function begin() {
    const held = navigator.locks ? (await navigator.locks.query()).held.map(({ name }) => name) : [];
    await askKey();
    for (const one of await unsent.all()) {
      if (one.page !== page || one.hat !== hat) continue;
      const found = await open(one);
      if (!found) await unsent.remove(one.id).catch(() => {});
      else if (found.kind === "note") notes.push(found);
      else if (!held.includes(lockOf(found.id))) shelf.push(found);
    }
    if (shelf.length > 0 && isEmpty(read())) {
      takeDown(shelf.at(-1));
      state = "back";
    }
    hold();
    isBegun = true;
    draw();
  }

  /** Goes on with what lay on the shelf. */
  function takeDown(one) {
    shelf.splice(shelf.indexOf(one), 1);
    draft = one.id;
    fill(one.said);
  }

  /** What stands in the form makes room. */
  function putAside() {
    const said = read();
    if (isEmpty(said)) return;
    const one = { id: draft, at: Date.now(), kind: "draft", said };
    shelf.push(one);
    inTurn(() => keep(one));
    draft = crypto.randomUUID();
    hold();
  }

  // ── the line ──

  async function deliver(note) {
    const answer = await fetch(form.action, {
      method: "POST",
      body: note.body,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      signal: AbortSignal.timeout(30_000),
    });
    const to = new URL(answer.url);
    if (answer.redirected && to.pathname === page && to.searchParams.has("new")) {
      notes.splice(notes.indexOf(note), 1);
      await unsent.remove(note.id).catch(() => {});
      state = "arrived";
      return showWaiting(await answer.text().catch(() => ""));
    }
    if (answer.redirected) throw new Ended();
    if (answer.status >= 500 || answer.status === 429) throw new Error("later");
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll(".problems li");
    note.why = [...told].map((one) => one.textContent.trim()).join(" ") || line.dataset.refused;
    state = "untaken";
  }

  /** The list beside, with what the others on duty wrote down, and who has a card, as they are by now. */
  function showWaiting(html) {
    const tree = new DOMParser().parseFromString(html, "text/html");
    const said = read();
    for (const part of ["section[aria-labelledby=waiting]", "form[data-notes] .choices-inline"]) {
      const [fresh, now] = [tree.querySelector(part), document.querySelector(part)];
      if (fresh && now && !now.contains(document.activeElement)) now.replaceWith(document.importNode(fresh, true));
    }
    fill(said);
  }

  /** What was erased in another window, or is older than a day, is not sent from this one. */
  async function dropErased() {
    const there = new Set((await unsent.all()).map(({ id }) => id));
    for (const list of [notes, shelf]) list.splice(0, list.length, ...list.filter((one) => !one.isKept || there.has(one.id)));
  }

  async function flush() {
    try {
      await dropErased().catch(() => {});
      if (key && !TROUBLE.includes(state) && notes.every(({ why }) => why)) return draw();
      await askKey();
      for (let note = null; (note = notes.find(({ why }) => !why)); ) {
        note.isOnItsWay = true;
        draw();
        await deliver(note).finally(() => (note.isOnItsWay = false));
      }
      if (TROUBLE.includes(state)) state = "";
    } catch (error) {
      if (error instanceof Ended) state = "out";
      else if (error instanceof Closed) state = "closed";
      else state = notes.every(({ isKept }) => isKept) && key ? "away" : "unkept";
    }
    draw();
  }

  /** One window at a time. */
  let sending = null;
  function send() {
    const alone = () => (navigator.locks ? navigator.locks.request("notes on their way", flush) : flush());
    sending ??= Promise.resolve(turn)
      .then(() => (isBegun ? alone() : begin().then(alone, flush)))
      .finally(() => (sending = null));
    return sending;
  }

  unsent.send = async () => {
    clearTimeout(soon);
    soon = null;
    await keepDraft();
    await send();
  };

  // ── what is shown ──

  function tell(name) {
    state = name;
    line.textContent = line.dataset[name] ?? "";
    line.hidden = !name;
  }

  function show(part, some) {
    const rows = some.map((note) => {
      const row = document.importNode(pattern.content, true);
      row.querySelector("strong").textContent = who(note.said.speaker);
      row.querySelector(".who").textContent = note.said.words.length > 90 ? `${note.said.words.slice(0, 90)}…` : note.said.words;
      const why = row.querySelector(".usa-error-message");
      why.textContent = note.why ?? "";
      why.hidden = !note.why;
      for (const button of row.querySelectorAll("button")) {
        if (button.dataset.do === "again") button.hidden = !note.why;
        button.disabled = Boolean(note.isOnItsWay);
        button.addEventListener("click", () => acts[button.dataset.do](note));
      }
      return row;
    });
    part.querySelector("ul").replaceChildren(...rows);
    part.hidden = rows.length === 0;
  }

  /** What the site refused does not wait for the line: it stands by itself. */
  function draw() {
    const isRefused = ({ why }) => Boolean(why);
    show(refused, notes.filter(isRefused));
    show(section, [...notes.filter((note) => !isRefused(note)), ...shelf]);
    if (state === "untaken" && !notes.some(isRefused)) state = "";
    tell(state);
  }

  const acts = {
    again(note) {
      delete note.why;
      send();
    },
    change(note) {
      putAside();
      if (note.kind === "draft") {
        takeDown(note);
        hold();
      } else {
        notes.splice(notes.indexOf(note), 1);
        fill(note.said);
        inTurn(() => unsent.remove(note.id));
      }
      keepDraft();
      draw();
      form.elements.words.focus();
    },
    erase(note) {
      for (const list of [notes, shelf]) if (list.includes(note)) list.splice(list.indexOf(note), 1);
      inTurn(() => unsent.remove(note.id));
      draw();
    },
  };

  /** What stands in the form goes, here and now; nothing of it is kept. */
  function throwAway() {
    clearTimeout(soon);
    soon = null;
    clear();
    return keepDraft();
  }

  function writeDown() {
    const said = read();
    if (!said.speaker || !said.words.trim()) {
      tell("lacks");
      (said.speaker ? form.elements.words : form.querySelector("[name=speaker]")).focus();
      return;
    }
    // The key under which the site knows it again goes with it, however often it is sent.
    const sent = new URLSearchParams(new FormData(form));
    const note = { id: crypto.randomUUID(), at: Date.now(), kind: "note", said, isKept: false };
    sent.set("key", note.id);
    note.body = sent.toString();
    notes.push(note);
    inTurn(() => keep(note));
    throwAway();
    state = "";
    draw();
    form.elements.words.focus();
    send();
  }

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    // A draft that the site keeps is thrown away there as well.
    const isKeptThere = form.querySelector("details [name=draft][value=discard]");
    if (button?.name === "draft" && isKeptThere) {
      throwAway();
      return;
    }
    event.preventDefault();
    if (button?.name === "draft") {
      throwAway().then(draw);
      form.elements.words.focus();
    } else {
      writeDown();
    }
  });

  // Somebody needs help: what was being typed is not kept.
  document.getElementById("stop").addEventListener("click", (event) => {
    event.preventDefault();
    throwAway().finally(() => location.assign(event.target.href));
  });

  // This browser keeps what is typed as it is typed.
  const saves = form.querySelector("[name=draft][value=save]");
  if (saves) saves.hidden = true;

  window.addEventListener("beforeunload", (event) => {
    if (notes.some(({ isKept }) => !isKept)) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? keepDraft() : send()));
  window.addEventListener("online", send);
  window.addEventListener("offline", () => {
    state = key ? "away" : "unkept";
    draw();
  });
  // Signed out in another window: nothing stays to be read here.
  new BroadcastChannel("notes").addEventListener("message", () => {
    if (unsent.isOver) return;
    notes.splice(0);
    shelf.splice(0);
    document.body.replaceChildren();
    setTimeout(() => location.reload(), 1_000);
  });
  setInterval(send, 15_000);
  send();
})();
