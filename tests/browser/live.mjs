// Two people on one page: what the one writes appears before the other without a reload, and moves nothing that the other is writing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visitor } from "./support.mjs";

/** Comments on the page that is open. */
async function comment(page, words) {
  const form = page.locator("form").filter({ has: page.locator("[name=comment]") });
  const closed = page.locator("details:not([open]) > summary").filter({ hasText: "Add a comment" });
  if (await closed.count()) await closed.click();
  await form.locator("[name=comment_audience]").selectOption("partnership");
  await form.locator("[name=comment]").fill(words);
  await form.getByRole("button", { name: "Add the comment" }).click();
  await page.getByText(words).waitFor();
}

test("a second person’s comment appears without a reload, and waits while somebody writes", { timeout: 120_000 }, async () => {
  const [{ context: one, page: staff }, { context: other, page: partner }] = [await visitor("staff"), await visitor("partner")];
  await staff.goto("/cedar-river/partners");
  const listens = staff.waitForRequest((request) => request.url().includes("/live?of="));
  await staff.getByRole("link", { name: "Cedar River Juvenile Court" }).first().click();
  await listens;
  await partner.goto(staff.url());
  await staff.evaluate(() => (window.still = "the same page"));

  await comment(partner, "The family room is free on Thursday as well");
  await staff.getByText("The family room is free on Thursday as well").waitFor();
  assert.equal(await staff.evaluate(() => window.still), "the same page");

  // Whoever writes is told, and reads it when they leave the field.
  const summary = staff.locator("details:not([open]) > summary").filter({ hasText: "Add a comment" });
  if (await summary.count()) await summary.click();
  const field = staff.locator("[name=comment]");
  await field.fill("I was about to");
  const before = await field.boundingBox();
  await comment(partner, "And on Friday until noon");
  await staff.getByText("It is shown when you leave the field").waitFor();
  assert.equal(await staff.getByText("And on Friday until noon").count(), 0);
  assert.deepEqual(await field.boundingBox(), before, "the field moved");
  await field.evaluate((one) => one.blur());
  await staff.getByText("And on Friday until noon").waitFor();
  assert.equal(await field.inputValue(), "I was about to");
  await one.close();
  await other.close();
});

test("without script the same page shows it when it is opened anew", { timeout: 60_000 }, async () => {
  const { context, page } = await visitor("analyst", { javaScriptEnabled: false });
  await page.goto("/cedar-river/partners");
  await page.getByRole("link", { name: "Cedar River Juvenile Court" }).first().click();
  assert.equal(await page.getByText("And on Friday until noon").count(), 1);
  await context.close();
});
