// A new password by letter, as somebody does it who has forgotten theirs: on a phone, with and without script.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { carry, findings } from "./axe.mjs";
import { founded, open } from "./support.mjs";

const OLD = "four herons by the weir";
const NEW = "nine lanterns on the pier";

/** What the letters in a folder say, each as plain text. */
function letters(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith(".eml"));
  const bytes = (text) => text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, two) => String.fromCharCode(parseInt(two, 16)));
  return files.map((name) => Buffer.from(bytes(readFileSync(join(folder, name), "latin1")), "latin1").toString("utf8"));
}

/** The link of the letter with this subject that has not been seen; it goes out within some seconds. */
async function linkOf(folder, subject, seen) {
  for (let tries = 0; tries < 240; tries += 1) {
    const link = letters(folder).filter((letter) => letter.includes(`Subject: ${subject}`)).map((letter) => /http:\/\/\S+\/reset\/[\w-]+/.exec(letter)?.[0]).find((one) => one && !seen.has(one));
    if (link) {
      seen.add(link);
      return link;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`no letter “${subject}” came: ${letters(folder).join("\n")}`);
}

const heading = (page) => page.getByRole("heading", { level: 1 }).textContent();

async function sound(page, script) {
  if (script) assert.deepEqual(await findings(page, null), [], page.url());
}

async function signIn(page, password) {
  await page.goto("/sign-in");
  await page.getByLabel("Email address").fill("ana@elk.example");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("a forgotten password is replaced by letter, with and without script", { timeout: 180_000 }, async () => {
  const { browser } = await open();
  const site = await founded();
  const seen = new Set();
  try {
    const person = async (options) => {
      const context = await browser.newContext({ baseURL: site.address, viewport: { width: 320, height: 700 }, ...options });
      context.setDefaultTimeout(15_000);
      return { context, page: await context.newPage() };
    };
    const first = await person({});
    await first.page.goto(site.link);
    await first.page.getByLabel("Your password").fill(OLD);
    await first.page.getByRole("button", { name: "Accept the invitation" }).click();
    await first.page.waitForURL("**/elk");

    for (const [script, before, after] of [[true, OLD, NEW], [false, NEW, OLD]]) {
      const { context, page } = await person({ javaScriptEnabled: script });
      if (script) await carry(page);
      await page.goto("/sign-in");
      await page.getByRole("link", { name: "I do not know my password" }).click();
      await page.getByLabel("Email address").fill("ANA@elk.example");
      await sound(page, script);
      await page.getByRole("button", { name: "Send the letter" }).click();
      await page.getByText("If somebody signs in with that address").waitFor();
      const link = await linkOf(site.letters, "A new password for Common Table", seen);
      await page.goto(link);
      assert.ok(!page.url().includes(link.split("/").pop()), "the address bar holds no token");
      assert.equal(await heading(page), "Choose a new password");
      await sound(page, script);
      await page.getByLabel("New password").fill("too short");
      await page.getByRole("button", { name: "Change the password" }).click();
      await page.locator("#problems").waitFor();
      await page.getByLabel("New password").fill(after);
      await page.getByRole("button", { name: "Change the password" }).click();
      await page.waitForURL((url) => !url.pathname.startsWith("/reset"));

      await page.goto(link);
      assert.equal(await heading(page), "This link is over");
      await signIn(page, before);
      await page.locator("#problems").waitFor();
      await signIn(page, after);
      await page.waitForURL("**/elk");
      await context.close();
    }

    await first.page.goto("/elk");
    assert.match(first.page.url(), /\/sign-in/, "the sign-in from before has ended");
    await first.context.close();
  } finally {
    assert.equal(await site.stop(), 0);
  }
});
