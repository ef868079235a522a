// A coordinator with a phone whose browser runs no script: sign in, find a partner, add one, mend a mistake, sign out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visitor } from "./support.mjs";

test("everything works without script, on a phone", { timeout: 120_000 }, async () => {
  const { context, page } = await visitor("staff", { javaScriptEnabled: false, viewport: { width: 320, height: 700 } });
  await page.goto("/cedar-river/partners");
  await page.getByLabel("Name or place").fill("juvenile");
  await page.getByRole("button", { name: "Show" }).click();
  assert.equal(await page.getByRole("link", { name: "Cedar River Juvenile Court" }).count(), 1);

  await page.goto("/cedar-river/partners/new");
  await page.getByLabel("Name", { exact: true }).fill("Valley Library");
  await page.getByRole("button", { name: "Add the partner" }).click();
  assert.match(await page.title(), /^Error: Add a partner/);
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Valley Library");
  await page.getByRole("link", { name: "Choose what kind of partner this is" }).click();
  assert.match(page.url(), /#kind$/);
  await page.getByLabel("What kind of partner is it?").selectOption("education");
  await page.getByRole("button", { name: "Add the partner" }).click();
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Valley Library");
  assert.equal(await page.getByRole("status").textContent(), "Partner added");

  // The menu opens without script as well: it is the browser's own.
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("link", { name: "Relationships" }).click();
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Partners");
  await page.getByRole("button", { name: "Sign out" }).click();
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Sign in");
  await page.goto("/cedar-river/partners");
  assert.match(page.url(), /\/sign-in/);
  await context.close();
});
