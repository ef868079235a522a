// A page on paper: whose it is, the day and the whole address at its head; the words without the ways around them; what was
// folded away is there; addresses that mean nothing on paper are not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visitor } from "./support.mjs";

test("a page on paper says whose it is, when and where it stands, and shows what was folded away", { timeout: 120_000 }, async () => {
  const { context, page } = await visitor("staff");
  await page.goto("/cedar-river/partners?q=juvenile");
  await page.getByRole("link", { name: "Cedar River Juvenile Court" }).click();
  assert.equal(await page.locator(".printed").isVisible(), false, "on the screen the head of the page says it");
  await page.emulateMedia({ media: "print" });
  const head = await page.locator(".printed").textContent();
  assert.ok(head.startsWith("Cedar River County. Printed on "), head);
  assert.match(head, /\d{1,2} [A-Z][a-z]+ \d{4} from http/);
  assert.ok(head.endsWith(page.url().split("?")[0]), `${head} names ${page.url()}`);
  for (const unprinted of [".top", ".nav", ".banner", ".actions", ".usa-button", "main form"]) {
    for (const one of await page.locator(unprinted).all()) assert.equal(await one.isVisible(), false, `${unprinted} is on paper`);
  }
  const spelled = await page.$$eval("main a[href^='/']", (all) => all.map((one) => getComputedStyle(one, "::after").content).filter((content) => content.includes("(")));
  assert.deepEqual(spelled, [], "an address within the site says nothing on paper");
  const pdf = await page.pdf({ format: "Letter" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");

  await page.goto("/cedar-river/reports/exports/new?what=statements");
  const folded = page.locator("main details:not([open]) > :not(summary)").first();
  assert.ok(((await folded.boundingBox())?.height ?? 0) > 10, "what is folded away is on paper");
  await page.emulateMedia({ media: "screen" });
  assert.equal(await folded.isVisible(), false, "on the screen it stays folded");
  await context.close();
});
