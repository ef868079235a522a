// Without a mouse: over the skip link to the sign-in, and through one main form. Each stop shows where it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PASSWORD, visitor } from "./support.mjs";

const stop = (page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return { name: one.name || "", words: (one.textContent ?? "").trim(), tag: one.tagName, id: one.id, ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 };
  });

/** Presses Tab until the stop is the wanted one; every stop on the way shows a ring. */
async function tabTo(page, wanted, most = 60) {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    const here = await stop(page);
    if (here.tag === "BODY") continue;
    assert.ok(here.ring, `${here.tag} ${here.name || here.words} at ${page.url()} shows no ring`);
    if (wanted(here)) return;
  }
  assert.fail(`not reached by the keyboard at ${page.url()}`);
}

test("sign-in and a main form are filled in without a mouse", { timeout: 120_000 }, async () => {
  const { context, page } = await visitor("");
  await page.goto("/sign-in");
  await page.keyboard.press("Tab");
  assert.equal((await stop(page)).words, "Skip to the content", "the first stop");
  assert.equal(await page.locator(".skip").evaluate((one) => one.getBoundingClientRect().top >= 0), true, "it shows itself");
  await page.keyboard.press("Enter");
  assert.equal((await stop(page)).id, "main");
  await tabTo(page, ({ name }) => name === "email", 3);
  await page.keyboard.type("staff@demo.example");
  await tabTo(page, ({ name }) => name === "password", 1);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));

  await page.goto("/cedar-river/partners/new");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await tabTo(page, ({ name }) => name === "name", 5);
  await page.keyboard.type("Alder Falls Repair Café");
  await tabTo(page, ({ name, tag }) => name === "kind" && tag === "SELECT", 5);
  await page.keyboard.press("ArrowDown");
  await tabTo(page, ({ words, tag }) => tag === "BUTTON" && words === "Add the partner");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.endsWith("/new"));
  await page.waitForLoadState();
  assert.deepEqual(await page.locator(".problems li").allTextContents(), []);
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Alder Falls Repair Café");

  // A refused form puts its summary where the reader is.
  await page.goto("/cedar-river/partners/new");
  await page.getByLabel("Name", { exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".problems").waitFor();
  assert.equal((await stop(page)).id, "problems");
  await context.close();
});
