// The note-taking page on a weak line: what is typed stays in the browser, sealed, goes once when the line is back, and is asked about
// before somebody signs out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PASSWORD, visitor } from "./support.mjs";

const SPEAKER = "a grandfather, Cedar Valley";

/** The note-taking page of the session that is going on, once it may keep what is typed. */
async function inTheRoom(page) {
  await page.goto("/cedar-river/sessions");
  await page.getByRole("link", { name: "One number to call" }).first().click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  const key = page.waitForResponse((answer) => answer.url().endsWith("/statements/key") && answer.ok());
  await page.goto(`${new URL(page.url()).pathname}/statements`);
  await key;
}

const words = (page) => page.getByLabel("What was said, in the speaker’s own words");
const unsent = (page) => page.locator("#unsent-notes li");
const refused = (page) => page.locator("#refused-notes li");

async function writeDown(page, said) {
  await page.locator("form[data-notes] label", { hasText: SPEAKER }).click();
  await words(page).fill(said);
  await page.getByRole("button", { name: "Write it down" }).click();
}

/** What lies in the browser's own store, as whoever has the computer alone would find it. */
const kept = (page) =>
  page.evaluate(async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === "notes")) return [];
    const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const base = await done(indexedDB.open("notes"));
    const all = base.objectStoreNames.contains("waiting") ? await done(base.transaction("waiting").objectStore("waiting").getAll()) : [];
    base.close();
    return all.map(({ sealed, iv, ...rest }) => ({ ...rest, sealed: new TextDecoder("latin1").decode(sealed), iv: iv.length }));
  });

async function until(page, holds, what) {
  for (let tries = 0; !holds(await kept(page)); tries += 1) {
    assert.ok(tries < 100, `${what}: ${JSON.stringify((await kept(page)).map(({ kind }) => kind))}`);
    await page.waitForTimeout(100);
  }
}

/** How often these words are written down, as the site says it. */
async function stands(page, said) {
  await page.reload();
  return page.locator("section[aria-labelledby=waiting] .who", { hasText: said }).count();
}

const lineIsBack = (page) => page.evaluate(() => window.dispatchEvent(new Event("online")));

test("what is typed while the line is cut is sealed, survives the window, and arrives once", { timeout: 180_000 }, async () => {
  const { context, page } = await visitor("staff", { viewport: { width: 768, height: 1024 } });
  await inTheRoom(page);
  await context.setOffline(true);
  await writeDown(page, "We waited by the gate until dark");
  await writeDown(page, "The second number rang for an hour");
  await page.getByText("There is no line").waitFor();
  assert.equal(await unsent(page).count(), 2);
  await words(page).fill("Half a sentence about the third");
  await until(page, (all) => all.length === 3, "two notes and what is being typed");
  const all = JSON.stringify(await kept(page));
  for (const said of ["gate", "rang", "sentence", "grandfather"]) assert.ok(!all.includes(said), `“${said}” lies open in the browser`);

  // The battery is dead; later the same sign-in goes on.
  await page.close();
  await context.setOffline(false);
  const later = await context.newPage();
  await inTheRoom(later);
  await later.getByText("What was being typed here is back").or(later.getByText("has arrived")).first().waitFor();
  assert.equal(await words(later).inputValue(), "Half a sentence about the third");
  await until(later, (left) => left.length === 1, "the two arrived, what is typed stays");
  await later.getByRole("button", { name: "Do not write this down" }).click();
  await until(later, (left) => left.length === 0, "thrown away in one tap");
  for (const said of ["We waited by the gate", "The second number rang"]) assert.equal(await stands(later, said), 1, said);
  assert.equal(await stands(later, "Half a sentence"), 0);
  await context.close();
});

test("a note whose answer is lost on the way back is written down once", { timeout: 120_000 }, async () => {
  const { context, page } = await visitor("staff");
  await inTheRoom(page);
  let lost = 0;
  await page.route("**/statements", async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort("connectionfailed");
  });
  await writeDown(page, "The operator put us through twice");
  await page.getByText("There is no line").waitFor();
  assert.equal(lost, 1);
  await until(page, (all) => all.length === 1, "it waits");
  await lineIsBack(page);
  await page.getByText("has arrived").waitFor();
  await until(page, (all) => all.length === 0, "erased on receipt");
  assert.equal(await stands(page, "The operator put us through twice"), 1);

  // What the site does not take waits here with its reason, and is mended or erased.
  await page.locator("form[data-notes] label", { hasText: SPEAKER }).click();
  await words(page).fill("Her number is 123-45-6789");
  await page.getByRole("button", { name: "Write it down" }).click();
  await refused(page).locator(".usa-error-message").waitFor();
  assert.equal(await page.getByText("goes when the line is back").isVisible(), false, "it arrived, and is not promised to go");
  await refused(page).getByRole("button", { name: "Go on writing it" }).click();
  assert.equal(await words(page).inputValue(), "Her number is 123-45-6789");
  assert.equal((await unsent(page).count()) + (await refused(page).count()), 0);
  await page.getByRole("button", { name: "Do not write this down" }).click();
  await until(page, (all) => all.length === 0, "nothing stays");
  await context.close();
});

test("nothing lies in the browser where nothing waits", { timeout: 60_000 }, async () => {
  const { context, page } = await visitor("staff");
  const stored = () => page.evaluate(async () => [...(await indexedDB.databases()), ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await caches.keys())]);
  await inTheRoom(page);
  assert.deepEqual(await stored(), []);
  await page.goto("/cedar-river");
  assert.deepEqual(await stored(), []);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL("**/sign-in");
  assert.deepEqual(await stored(), []);
  await context.close();
});

test("two note-takers in one room lose nothing of each other’s", { timeout: 120_000 }, async () => {
  const [one, other] = [await visitor("staff"), await visitor("facilitator")];
  await Promise.all([inTheRoom(one.page), inTheRoom(other.page)]);
  await one.context.setOffline(true);
  await writeDown(one.page, "They sent the form to the old house");
  await writeDown(other.page, "Nobody told the school for a month");
  await other.page.getByText("has arrived").waitFor();
  await one.context.setOffline(false);
  await one.page.getByText("has arrived").waitFor();
  await one.page.locator("section[aria-labelledby=waiting]").getByText("Nobody told the school").waitFor();
  for (const said of ["They sent the form", "Nobody told the school"]) assert.equal(await stands(other.page, said), 1, said);
  await Promise.all([one.context.close(), other.context.close()]);
});

test("signing out sends what waits, or asks", { timeout: 120_000 }, async () => {
  const { context, page } = await visitor("staff");
  const signOut = () => page.getByRole("button", { name: "Sign out", exact: true }).click();
  await inTheRoom(page);
  const room = page.url();
  let isBlocked = true;
  await context.route("**/statements", (route) => (isBlocked && route.request().method() === "POST" ? route.abort("connectionfailed") : route.continue()));
  await writeDown(page, "The bus does not stop there on Sundays");
  await until(page, (all) => all.length === 1, "it waits");

  // Elsewhere on the site nothing can send it: it is asked.
  await page.goto("/cedar-river");
  await signOut();
  await page.getByText("Notes from a listening session wait in this browser").waitFor();
  await page.getByRole("button", { name: "Go to the notes" }).click();
  await page.waitForURL(room);
  assert.equal(await unsent(page).count().then((count) => count > 0 || unsent(page).first().waitFor().then(() => true)), true);
  await signOut();
  await page.getByText("Notes from a listening session wait in this browser").waitFor();
  assert.equal(page.url(), room);

  // With a line they go first.
  isBlocked = false;
  await signOut();
  await page.waitForURL("**/sign-in");
  assert.deepEqual(await kept(page), []);
  await page.getByLabel("Email address").fill("staff@demo.example");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await inTheRoom(page);
  assert.equal(await stands(page, "The bus does not stop there"), 1);

  // Or they are erased by whoever says so.
  isBlocked = true;
  await writeDown(page, "Words that nobody sends");
  await until(page, (all) => all.length === 1, "it waits");
  await signOut();
  await page.getByRole("button", { name: "Erase them and sign out" }).click();
  await page.waitForURL("**/sign-in");
  assert.deepEqual(await kept(page), []);
  await context.close();
});

test("somebody fills in their consent card on their own telephone", { timeout: 120_000 }, async () => {
  const { context, page } = await visitor("staff");
  await page.goto("/cedar-river/sessions");
  await page.getByRole("link", { name: "One number to call" }).first().click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  await page.goto(`${new URL(page.url()).pathname}/room`);
  await page.getByRole("button", { name: "A card for their own telephone" }).click();
  const picture = page.getByRole("img", { name: "The same address, to be scanned" });
  assert.ok((await picture.boundingBox()).width > 150, "large enough to scan");
  const address = await page.locator("main .letter code").textContent();
  const { context: telephone, page: own } = await visitor("", { viewport: { width: 320, height: 700 } });
  await own.goto(address);
  assert.equal(await own.getByRole("heading", { level: 1 }).textContent(), "Your consent card");
  await own.getByRole("link", { name: "Español" }).click();
  await own.getByText("Estas palabras son suyas").waitFor();
  await own.locator("label", { hasText: "Escriban mis palabras sin mi nombre" }).click();
  await own.getByLabel("¿Cómo quiere que se le nombre?").fill("a bus driver, Elm Street");
  await own.getByRole("button", { name: "Esta es mi tarjeta" }).click();
  await own.getByText("Your card is filled in").waitFor();
  await inTheRoom(page);
  await page.locator("form[data-notes] label", { hasText: "a bus driver, Elm Street" }).waitFor();
  await Promise.all([context.close(), telephone.close()]);
});
