// Single sign-on with a real provider and its own pages: an administrator enters it, somebody of the staff joins it, and comes in
// by it, also on a phone without script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carry, findings } from "./axe.mjs";
import { open, visitor as arrives } from "./support.mjs";

/** Somebody at a browser whose pages can be looked at by axe. */
async function visitor(who, options = {}) {
  const one = await arrives(who, options);
  await carry(one.page);
  return one;
}

/** The provider's own sign-in page: any name and any password. */
async function atProvider(page, provider, name) {
  await page.waitForURL((url) => url.origin === provider);
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
}

async function sound(page) {
  const found = await findings(page, null);
  assert.deepEqual(found, [], page.url());
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.equal(wide, false, `${page.url()} scrolls sideways`);
}

/** Signs out here, is asked, and signs out at the provider too. */
async function leaves(page, site) {
  await page.goto("/cedar-river");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { level: 1, name: "You are signed out here" }).waitFor();
  await sound(page);
  await page.getByRole("link", { name: "Sign out of County account too" }).click();
  await page.waitForURL((url) => url.origin === site.provider);
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await page.waitForURL(`${site.address}/sign-in`);
  await page.getByText("You have signed out there too").waitFor();
}

test("single sign-on, from the administrator’s page to the agency’s first page", { timeout: 120_000 }, async (t) => {
  const { site } = await open();
  if (!site.provider) return t.skip("the running site knows no provider");
  const admin = await visitor("admin");
  await admin.page.goto("/cedar-river/settings");
  await admin.page.getByRole("link", { name: "Providers of single sign-on" }).click();
  await admin.page.getByLabel("(issuer)").fill(site.provider);
  await admin.page.getByLabel("(application ID)").fill("common-table");
  await admin.page.getByLabel("(application secret)").fill("a secret of the tests");
  await admin.page.getByLabel("What people call it").fill("County account");
  await admin.page.getByLabel("In use").check();
  await sound(admin.page);
  await admin.page.getByRole("button", { name: "Add the provider" }).click();
  await admin.page.getByText("Provider added").waitFor();
  await sound(admin.page);
  await admin.context.close();

  const staff = await visitor("staff");
  await staff.page.goto("/account");
  await staff.page.getByRole("button", { name: /^Join it ?: County account/ }).click();
  await atProvider(staff.page, site.provider, "marcus");
  await staff.page.getByText("Joined. From now on it opens your role there").waitFor();
  await sound(staff.page);
  await staff.page.goto("/cedar-river");
  await staff.page.getByRole("button", { name: "Sign out" }).click();
  await staff.context.close();

  for (const options of [{}, { javaScriptEnabled: false, viewport: { width: 320, height: 700 } }]) {
    const { context, page } = await visitor("", options);
    await page.goto("/cedar-river/partners");
    if (options.javaScriptEnabled !== false) await sound(page);
    await page.getByRole("button", { name: "Go on with County account" }).click();
    await atProvider(page, site.provider, "marcus");
    await page.waitForURL(`${site.address}/cedar-river/partners`);
    await page.getByRole("heading", { level: 1, name: "Partners" }).waitFor();
    await page.goto("/hats");
    assert.equal(await page.getByText("Harbor").count(), 0);
    if (options.javaScriptEnabled !== false) await leaves(page, site);
    await context.close();
  }

  const stranger = await visitor("");
  await stranger.page.goto("/sign-in?agency=cedar-river");
  await stranger.page.getByRole("button", { name: "Go on with County account" }).click();
  await atProvider(stranger.page, site.provider, "somebody");
  await stranger.page.getByRole("heading", { level: 1, name: "You are not known here yet" }).waitFor();
  await sound(stranger.page);
  await stranger.context.close();
});
