// Leaving in a hurry. Without this file the form does it; with it the page also goes from the browser's history, at once.
"use strict";

const AWAY = "https://www.weather.gov/";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.classList.contains("exit-quickly")) {
    return;
  }
  if (navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form)))) {
    event.preventDefault();
    document.body.replaceChildren();
    document.title = "";
    window.location.replace(AWAY);
  }
});

// A page of somebody's own that the browser kept is asked for anew: after leaving there is nothing to see. Elsewhere it stays, with
// what was typed on it.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector(".exit-quickly")) {
    document.documentElement.hidden = true;
    window.location.reload();
  }
});
