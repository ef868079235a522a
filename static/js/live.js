// What changes on a page while it is open. The site says only that something is different; then the page is asked for like any other, and
// what it shows in its live parts takes the place of what stands there. Nothing moves where somebody writes. Without this file the page
// is as it was until it is opened anew.
"use strict";

{
  const PAUSE = 60_000;
  const TRIES = 3;
  // Whoever only passes through listens to nothing.
  const STAYS = 1500;

  const first = [...document.querySelectorAll("[data-live-at]")].find((part) => part.dataset.liveAt);
  const said = document.querySelector("[data-live-said]");
  const address = first && new URL(first.dataset.liveAt, window.location.href);
  let source;
  let failed = 0;
  let waits = false;
  let asks = false;
  let again = false;

  const isField = (element) => Boolean(element?.matches("textarea, select, input:not([type=hidden]), [contenteditable]"));
  const isChanged = (field) =>
    "defaultChecked" in field && /^(checkbox|radio)$/.test(field.type)
      ? field.checked !== field.defaultChecked
      : "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue;
  /** Somebody is in it, or has begun to write in it. */
  const isHeld = (part) => part.contains(document.activeElement) || [...part.querySelectorAll("textarea, input")].some(isChanged);

  /** What a part shows, without the keys that every form has anew. */
  const shown = (part) => {
    const copy = part.cloneNode(true);
    for (const key of copy.querySelectorAll("input[type=hidden]")) {
      key.remove();
    }
    return copy.innerHTML.replace(/\s+/g, " ").trim();
  };

  const say = (words) => {
    if (said && said.textContent !== words) {
      said.textContent = words;
    }
  };

  /** Puts the live parts of the page as it is now where they belong. */
  const put = (page) => {
    let isNew = false;
    waits = false;
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = page.querySelector(`[data-live="${part.dataset.live}"]`);
      if (!now || shown(now) === shown(part)) {
        continue;
      }
      if (isHeld(part)) {
        waits = true;
        continue;
      }
      part.replaceChildren(...document.importNode(now, true).childNodes);
      isNew ||= part.dataset.live !== "news";
    }
    if (waits || isNew) {
      say(waits ? said?.dataset.liveWaits : said?.dataset.liveNew);
    }
  };

  const renew = async () => {
    if (isField(document.activeElement)) {
      waits = true;
      say(said?.dataset.liveWaits);
      return;
    }
    if (asks) {
      again = true;
      return;
    }
    asks = true;
    try {
      const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
      if (answer.ok && !answer.redirected) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (isField(document.activeElement)) {
          waits = true;
          say(said?.dataset.liveWaits);
        } else {
          put(page);
        }
      }
    } catch {
      // The line is gone; the stream says it again when it is back.
    } finally {
      asks = false;
    }
    if (again) {
      again = false;
      void renew();
    }
  };

  const close = () => {
    source?.close();
    source = undefined;
  };

  const open = () => {
    if (source || document.hidden || failed >= TRIES) {
      return;
    }
    source = new EventSource(address);
    source.addEventListener("open", () => {
      failed = 0;
    });
    source.addEventListener("changed", (event) => {
      address.searchParams.set("seen", event.lastEventId);
      void renew();
    });
    source.addEventListener("error", () => {
      // A line that broke comes back by itself; an answer that is no stream does not.
      if (source?.readyState === EventSource.CLOSED) {
        close();
        failed += 1;
        setTimeout(open, PAUSE);
      }
    });
  };

  if (address && "EventSource" in window) {
    // A browser opens few lines to one site: a page that nobody looks at gives its own back.
    document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
    window.addEventListener("pagehide", close);
    window.addEventListener("pageshow", () => setTimeout(open, STAYS));
    document.addEventListener("focusout", () =>
      setTimeout(() => {
        if (waits) {
          void renew();
        }
      }),
    );
  }
}
