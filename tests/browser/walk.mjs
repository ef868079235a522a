// One statement from the room to its closed loop, each page as its reader sees it. docs/walk.md tells it; its pictures are made anew by
//   PICTURES=docs/walk CHROMIUM=$(bin/setup browser) node --test --test-name-pattern="one statement" tests/browser/site.test.mjs

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fill, go, here, send } from "./main_job.mjs";
import { open, visitor } from "./support.mjs";

const SESSION = "One number to call";
const SPEAKER = "a great-uncle, Cedar Valley";
const SAID = "Put a person behind the number who writes down my name. I have told it to four people, and each of them asked me to spell it.";
const THEME = "A number without a person behind it";
const ASKED = "Who will be the person behind the number, and will they know on the second call what was told on the first?";
const ANSWERED = "Two people of the kinship unit share the number, from eight to eight. They say their own first name, write down yours, and see the last call before they pick up.";
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** Keeps the page as it stands, from its top or from what is named, when pictures are asked for. */
async function picture(page, name, height, from = page.locator("body")) {
  const folder = process.env.PICTURES;
  if (!folder) return;
  const size = page.viewportSize();
  if (height) await page.setViewportSize({ ...size, height });
  await page.evaluate(() => document.fonts.ready);
  await from.evaluate((one) => window.scrollTo(0, one.getBoundingClientRect().top + window.scrollY));
  const chromium = await page.context().newCDPSession(page);
  const { data } = await chromium.send("Page.captureScreenshot", { format: "webp", quality: 85 });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(data, "base64"));
  await page.setViewportSize(size);
}

const main = (page) => page.locator("main").innerText();

async function shows(page, ...parts) {
  const text = (await main(page)).replaceAll(/\s+/g, " ");
  for (const part of parts) assert.ok(text.includes(part), `“${part}” is not on ${page.url()}:\n${text}`);
}

/** The page of the session that is going on, through the list. */
async function session(page) {
  await page.goto("/cedar-river/sessions");
  await page.getByRole("link", { name: SESSION }).first().click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  return here(page);
}

/** What the note-taker hears, typed in the room; answers the statement's address. */
async function writeDown(page, room) {
  const key = page.waitForResponse((answer) => answer.url().endsWith("/statements/key") && answer.ok());
  await page.goto(`${room}/statements`);
  await key;
  await page.locator("form[data-notes] label", { hasText: SPEAKER }).click();
  await page.getByLabel("What was said, in the speaker’s own words").fill(SAID);
  await picture(page, "02-note-taker", 1340, page.locator("form[data-notes]"));
  await page.getByRole("button", { name: "Write it down" }).click();
  await page.getByText("has arrived").waitFor();
  const waiting = page.locator("section[aria-labelledby=waiting] li", { hasText: "Put a person behind the number" });
  await waiting.first().waitFor();
  return waiting.first().getByRole("link", { name: /^Open/ }).getAttribute("href");
}

/** A link opens one of the things that its speaker said here; the others stand below it. */
async function ownWords(page) {
  if (!(await main(page)).includes(SAID)) await page.getByRole("link", { name: /^Put a person behind the number/ }).click();
  await page.locator("blockquote", { hasText: SAID }).first().waitFor();
}

/** What the speaker does on their own telephone, without an account; answers the address that is theirs alone. */
async function givesTheirWord(link) {
  const { context, page } = await visitor("", PHONE);
  await page.goto(link);
  await ownWords(page);
  await shows(page, "Your words", SAID, "If you do nothing, nothing happens", "What else you said in this session");
  assert.equal(await page.getByRole("link", { name: "Sign out" }).count(), 0);
  // Faces that come late are there the second time.
  await page.reload({ waitUntil: "networkidle" });
  await picture(page, "04-speaker");
  const form = page.locator("main form.form");
  await fill(form, { word: "Yes, these are my words", audience: "partnership", uses: ["quoted"] });
  await form.getByRole("button", { name: "Send my word" }).click();
  await page.getByText("Keep this address: it is another one now").waitFor();
  const own = (await page.locator("section[aria-labelledby=keep] code").textContent()).trim();
  await ownWords(page);
  await shows(page, SAID, "Take my words back");
  await picture(page, "05-confirmed", 1080);
  assert.equal((await page.goto(link)).status(), 404, "the link that was handed over is spent");
  await context.close();
  return own;
}

test("one statement, from the room to its closed loop", { timeout: 400_000 }, async () => {
  const { site } = await open();
  const one = async (who, options) => (await visitor(who, options)).page;
  const [staff, director, partner] = [await one("staff"), await one("director"), await one("partner")];

  // The session is held: whoever facilitates has the notice and the cards at hand.
  const room = await session(staff);
  await staff.goto(`${room}/room`);
  await shows(staff, "In the room", "Read this aloud before anybody speaks", "Stop and get help", SPEAKER);
  await picture(staff, "01-room", 1000);

  // The note-taker types; nobody but those on duty and the speaker reads it.
  const notes = await one("facilitator", { viewport: { width: 1024, height: 900 } });
  const statement = await writeDown(notes, room);
  for (const page of [partner, director]) assert.equal((await page.goto(statement)).status(), 404, "read before its speaker’s word");

  // People have gone home: each is brought their own words, in the way that they chose.
  await go(staff, `${room}/holding`, { agency: "2", community_partners: "3", lived_experience: "10" });
  await go(staff, `${room}/return`);
  await staff.goto(`${room}/speakers/back`);
  await shows(staff, "Back to the speakers", SPEAKER);
  assert.ok(!(await main(staff)).includes("behind the number"), "no words on the list that is taken along");
  await picture(staff, "03-back", 1400);
  await staff.goto(statement);
  await send(staff, "Make a link for the speaker");
  const link = new URL((await staff.locator("main code").textContent()).trim(), site.address).href;

  // The speaker's own page, and their word.
  const own = await givesTheirWord(link);
  assert.equal((await partner.goto(statement)).status(), 200);
  await shows(partner, SAID, "confirmed by the speaker");

  // A theme is named from it, and the partner reads there what was heard.
  await staff.goto(statement);
  await staff.locator("summary", { hasText: "Join it to a theme" }).click();
  await staff.getByRole("link", { name: "Make a new theme from it" }).click();
  await send(staff, "Add the theme", { name: THEME, description: "Calls are taken by a line and not by somebody, and each begins anew." });
  const theme = here(staff);
  await partner.goto(theme);
  await shows(partner, THEME, SAID, SPEAKER);
  await picture(partner, "06-theme", 1120);

  // She asks about it: a clock runs, and the agency says that it was received.
  await partner.getByRole("link", { name: "Ask about this" }).click();
  await send(partner, "Send it to the agency", { kind: "question", audience: "partnership", words: ASKED });
  const question = here(partner);
  await partner.goto(question);
  await shows(partner, ASKED, "No reply yet", THEME, "answer by");
  await picture(partner, "07-question", 900);
  await director.goto(question);
  await send(director, "Say that it was received");

  // The answer; the agency cannot close what it answered.
  await director.goto(`${question}/answer`);
  await fill(director.locator("main form.form"), { answer: "done", answer_words: ANSWERED });
  await picture(director, "08-answer", 1240);
  await send(director, "Send the answer");
  await director.goto(question);
  await shows(director, ANSWERED, "Nobody else can close it");
  assert.equal(await director.getByRole("button", { name: "This answers me" }).count(), 0);

  // Whoever asked says whether it was answered.
  await partner.goto(question);
  await shows(partner, ANSWERED, "Not yet, because …");
  await picture(partner, "09-her-word", 1000);
  await send(partner, "This answers me");
  for (const page of [partner, director]) {
    await page.goto(question);
    await shows(page, "closed");
    assert.equal(await page.locator("main .steps li.now").count(), 0, "nothing is left to do");
  }
  await picture(partner, "10-closed", 1080);

  // The theme says what came of it; the trace is the whole chain, from the words that began it.
  await partner.goto(theme);
  await shows(partner, ASKED.slice(0, 40));
  await partner.goto(statement);
  await partner.getByRole("link", { name: /^Trace/ }).click();
  const trace = here(partner);
  await shows(partner, SESSION, SAID.slice(0, 60), THEME, ASKED.slice(0, 40), ANSWERED.slice(0, 40));
  await picture(partner, "11-trace", 1460);

  // They stay the speaker's own: taken back by the address that only they have, they are gone from each of these pages.
  const { page: phone } = await visitor("", PHONE);
  await phone.goto(own);
  await ownWords(phone);
  await phone.getByRole("link", { name: "Take my words back" }).click();
  await send(phone, "Take my words back");
  const gone = SAID.slice(0, 40);
  for (const address of [statement, theme, question, trace]) {
    await partner.goto(address);
    assert.ok(!(await partner.content()).includes(gone), `the words still stand on ${address}`);
  }
  await Promise.all([staff, director, partner, notes, phone].map((page) => page.context().close()));
});
