// A form that was shown again stands in the history as something that was sent, which no browser asks for anew: “Back” would lead to
// the browser's own page of an error. From here on it stands there as the page that the form is on.
"use strict";

window.history.replaceState(null, "", document.currentScript.dataset.page);
