// Second factors as people use them: codes of an app that scans or is typed into, and passkeys of a device that Chromium plays.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { PASSWORD, visitor } from "./support.mjs";

/** The code of an app (RFC 6238) that was given this text, so many steps from now. */
function code(text, steps = 0) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...text.replaceAll(" ", "")].map((one) => letters.indexOf(one).toString(2).padStart(5, "0")).join("");
  const seed = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", seed).update(counter).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

const heading = (page) => page.getByRole("heading", { level: 1 }).textContent();

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL("**/sign-in");
}

async function password(page, who) {
  await page.goto("/sign-in");
  await page.getByLabel("Email address").fill(`${who}@demo.example`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

for (const script of [true, false]) {
  test(`codes of an app are set up, asked for and taken away${script ? "" : " without script"}`, { timeout: 120_000 }, async () => {
    const who = script ? "analyst" : "partner";
    const { context, page } = await visitor(who, { javaScriptEnabled: script, viewport: { width: 320, height: 700 } });
    await page.goto("/account");
    await page.getByRole("link", { name: "Set up codes from an app" }).click();
    await page.getByRole("button", { name: "Begin" }).click();
    const text = await page.locator(".seed-text code").textContent();
    assert.match(text, /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    const picture = page.locator("img.seed");
    assert.equal((await page.request.get(await picture.getAttribute("src"))).headers()["content-type"], "image/svg+xml");
    if (script) assert.ok(await picture.evaluate((one) => one.complete && one.naturalWidth > 100), "the picture is drawn");
    await page.getByLabel("Code").fill(code(text));
    await page.getByRole("button", { name: "Turn the codes on" }).click();
    assert.equal(await heading(page), "Recovery codes");
    const paper = await page.locator(".paper code").allTextContents();
    assert.equal(paper.length, 10);
    await page.reload();
    assert.equal(await page.locator(".paper code").count(), 0, "they are shown once");

    await signOut(page);
    await password(page, who);
    assert.equal(await heading(page), "The second step");
    await page.getByLabel("Code").fill("000000");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator("#problems").getByText("Check the code").waitFor();
    await page.getByLabel("Code").fill(code(text, 1));
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));

    await signOut(page);
    await password(page, who);
    await page.getByLabel("Code").fill(paper[0].toLowerCase());
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    await page.goto("/account");
    await page.getByText("You have 9 left").waitFor();
    await page.getByRole("link", { name: "Take the codes away" }).click();
    await page.getByRole("button", { name: "Take the codes away" }).click();
    await page.getByText("Codes are no longer asked for").waitFor();
    await context.close();
  });
}

/** A device that holds passkeys and is unlocked by its person. */
async function device(context, page) {
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    keys: async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    /** Whether somebody touches it when it is asked; while nobody does, what the browser offers by itself waits. */
    touched: (enabled) => cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled }),
    unlocks: (isUserVerified) => cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}

/** By the button; where the browser offers the passkey by itself, it may have gone on already, and one of the two ways gives way. */
async function byPasskey(page, until) {
  const there = () => page.waitForURL(until);
  const press = page.getByRole("button", { name: "Use a passkey" }).click({ timeout: 5_000 });
  await Promise.race([there().catch(() => {}), press.catch(() => {})]);
  await there().catch(there);
}

test("a passkey is added, signs in by itself and as a second step, confirms, and is taken away", { timeout: 180_000 }, async () => {
  const { context, page } = await visitor("director");
  const phone = await device(context, page);
  await page.goto("/account");
  await page.getByRole("link", { name: "Add a passkey" }).click();
  await page.getByLabel("Its name").fill("my phone");
  await page.getByRole("button", { name: "Add the passkey" }).click();
  await page.waitForURL("**/account/recovery-codes");
  assert.equal(await page.locator(".paper code").count(), 10);
  const [key] = await phone.keys();
  assert.ok(key.isResidentCredential && key.rpId === "localhost", JSON.stringify(key));
  await page.goto("/account");
  await page.getByText("my phone").first().waitFor();

  // The page that says good-bye would offer it by itself.
  await phone.touched(false);
  await signOut(page);
  await page.goto("/sign-in?next=/cedar-river/partners");
  await phone.touched(true);
  await byPasskey(page, "**/cedar-river/partners");

  await signOut(page);
  await phone.touched(false);
  await password(page, "director");
  assert.equal(await heading(page), "The second step");
  await phone.touched(true);
  await phone.unlocks(false);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByText("The passkey was not used").waitFor();
  await phone.unlocks(true);
  await byPasskey(page, "**/cedar-river");

  await page.goto("/confirm?next=/account");
  await byPasskey(page, (url) => url.pathname === "/account");
  await page.getByRole("link", { name: /^Take it away/ }).click();
  await page.getByRole("button", { name: "Take the passkey away" }).click();
  await page.getByText("That passkey no longer signs you in").waitFor();

  await phone.touched(false);
  await signOut(page);
  await page.goto("/sign-in");
  await phone.touched(true);
  let sent = 0;
  page.on("request", (request) => (sent += request.method() === "POST" && request.url().endsWith("/sign-in/passkey") ? 1 : 0));
  await page.getByRole("button", { name: "Use a passkey" }).click({ timeout: 5_000 }).catch(() => {});
  await page.locator("#problems").getByText("This passkey is not known here").waitFor();
  // The phone is still touched: the page that refused it must not ask it again by itself.
  const before = sent;
  await page.waitForTimeout(1_000);
  assert.ok(before > 0 && sent === before, `${sent - before} more were sent`);
  await phone.touched(false);
  await password(page, "director");
  await page.waitForURL("**/cedar-river");
  await context.close();
});

test("without script the page says what to do in place of a passkey", { timeout: 60_000 }, async () => {
  const { context, page } = await visitor("director", { javaScriptEnabled: false });
  await page.goto("/account/passkeys/new");
  await page.getByText("this one runs none here").waitFor();
  assert.equal(await page.getByRole("button", { name: "Add the passkey" }).count(), 0);
  await context.close();
});
