// Passkeys: asks the browser for one, or to make one, and sends what it says with the form around the button. Without this file the
// page says what to do, and the other way in stands beside it.
"use strict";

const form = document.querySelector("form[data-passkey], form[data-new-passkey]");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

/** What the page asks, as the browser wants it. */
function question() {
  const made = form.dataset.newPasskey;
  const asked = JSON.parse(made ?? form.dataset.passkey);
  asked.challenge = bytes(asked.challenge);
  if (made) {
    asked.user.id = bytes(asked.user.id);
    asked.excludeCredentials = known(asked.excludeCredentials);
  } else {
    asked.allowCredentials = known(asked.allowCredentials);
  }
  return asked;
}

/** What the browser says, as the site reads it. */
function answer(credential) {
  const said = { id: credential.id, rawId: text(credential.rawId), type: credential.type, extensions: {}, response: {} };
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const value = credential.response[part];
    if (value) said.response[part] = text(value);
  }
  return JSON.stringify(said);
}

function send(credential) {
  form.elements.credential.value = answer(credential);
  form.submit();
}

const told = form?.querySelector(".passkey-told");
const has = form?.querySelector(".passkey-has");
let waiting;

/** In the list that the browser offers at the address field, where it can do that; not on the page that has just refused one, where a
 * key that answers by itself would be sent again and again. */
async function offer() {
  const refused = location.pathname === new URL(form.action).pathname;
  const asks = form.dataset.passkey && !refused && document.querySelector("[autocomplete~=webauthn]");
  if (!asks || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  waiting = new AbortController();
  try {
    send(await navigator.credentials.get({ publicKey: question(), mediation: "conditional", signal: waiting.signal }));
  } catch {
    // Nobody chose one: the button and the password are there.
  }
}

async function press() {
  waiting?.abort();
  told.hidden = true;
  if (has) has.hidden = true;
  try {
    const asked = { publicKey: question() };
    send(form.dataset.newPasskey ? await navigator.credentials.create(asked) : await navigator.credentials.get(asked));
  } catch (error) {
    const twice = has && error.name === "InvalidStateError";
    (twice ? has : told).hidden = false;
  }
}

if (form && window.PublicKeyCredential) {
  const button = form.querySelector(".passkey-button button");
  form.querySelector(".passkey-without").hidden = true;
  button.parentElement.hidden = false;
  button.addEventListener("click", press);
  // Enter in the field of its name presses the button.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    press();
  });
  offer();
}
