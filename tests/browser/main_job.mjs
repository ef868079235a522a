// The main job from end to end, as its people do it: a coordinator brings in a list of partners, plans and holds a session, two speakers give their word (one
// by a link on a phone, one as a member), what was heard becomes a theme, a barrier, a goal, a plan and a promise; a Tribe's
// steward asks, is answered and closes; an analyst takes a file that holds only what may leave.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { open, visitor } from "./support.mjs";

const LIST = fileURLToPath(new URL("../data/partners.csv", import.meta.url));

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Puts values into the fields of a form, by their names; choices by their value or by words of their label. */
export async function fill(form, fields) {
  const closed = form.locator("details:not([open]) > summary");
  if (Object.keys(fields).length > 0) for (let left = await closed.count(); left > 0; left -= 1) await closed.first().click();
  for (const [name, value] of Object.entries(fields)) {
    const all = form.locator(`[name="${name}"]`);
    const count = await all.count();
    if (count === 0) throw new Error(`the form has no field ${name}`);
    const kind = await all.first().evaluate((one) => (one.tagName === "INPUT" ? one.type : one.tagName.toLowerCase()));
    if (kind === "select") {
      const options = await all.first().locator("option").evaluateAll((list) => list.map((one) => [one.value, one.textContent]));
      const found = options.find(([own]) => own === value) ?? options.find(([, label]) => label.includes(value));
      if (!found) throw new Error(`${name} does not offer ${value}: ${options.map(([, label]) => label).join(" | ")}`);
      await all.first().selectOption(found[0]);
    } else if (kind === "radio" || kind === "checkbox") {
      const offered = await all.evaluateAll((list) => list.map((one) => [one.value, one.labels[0]?.textContent ?? "", one.id, one.checked]));
      for (const wanted of [value].flat()) {
        const found = offered.find(([own]) => own === wanted) ?? offered.find(([, label]) => label.includes(wanted));
        if (!found) throw new Error(`${name} does not offer ${wanted}: ${offered.map(([, label]) => label.trim()).join(" | ")}`);
        if (!found[3]) await form.locator(`label[for="${found[2]}"]`).click();
      }
    } else {
      await all.first().fill(value);
    }
  }
}

/** Fills the form that has this button, presses it, and comes to the next page; anything but success fails. */
export async function send(page, button, fields = {}) {
  const named = { name: button, exact: true };
  const around = page.locator("main form").filter({ has: page.getByRole("button", named) }).first();
  // A button may stand beside its form.
  const beside = (await around.count()) === 0 ? await page.getByRole("button", named).getAttribute("form") : null;
  const form = beside ? page.locator(`form#${beside}`) : around;
  const press = beside ? page.getByRole("button", named) : form.getByRole("button", named);
  const outside = page.locator("details:not([open])").filter({ has: form });
  for (let left = await outside.count(); left > 0; left -= 1) await outside.first().locator("> summary").click();
  await fill(form, fields);
  await Promise.all([page.waitForResponse((answer) => answer.request().method() === "POST"), press.click()]);
  await page.waitForLoadState();
  const problems = await page.locator(".problems li, .problem-page h1").allTextContents();
  assert.deepEqual(problems, [], `after “${button}” at ${page.url()}`);
}

/** The same for the page's one main form, whatever its button says. */
export async function go(page, address, fields = {}) {
  await page.goto(address);
  const button = page.locator("main form.form button[type=submit]").first();
  await send(page, (await button.textContent()).trim(), fields);
}

export const here = (page) => new URL(page.url()).pathname;
const id = (path) => path.split("/").at(-1);

/** `options` are those of the browser; `whole`: from the list of partners to the export, else the core of it. */
export default function mainJob(name, { options = {}, mark = "", whole = true } = {}) {
  test(name, { timeout: 400_000 }, async (t) => {
    const { site } = await open();
    const one = async (who) => (await visitor(who, options)).page;
    const [staff, partner, tribe] = [await one("staff"), await one("partner"), await one("tribe")];
    const told = { joanna: `When I called about my niece nobody could say whom to ask next${mark}`, kin: `I drove forty miles and the visit was called off that morning${mark}` };
    const made = {};
    // Each step stands on the one before it.
    let fine = true;
    const step = async (name, work) => {
      if (!fine) return;
      fine = false;
      await t.test(name, async () => {
        await work();
        fine = true;
      });
    };

    if (whole) await step("a coordinator brings in a list of partners, and decides a double", async () => {
      await staff.goto("/cedar-river/partners/import");
      await staff.getByLabel("Choose the file").setInputFiles(LIST);
      await send(staff, "Send the list");
      const column = (heading) => staff.getByLabel(heading, { exact: true });
      assert.equal(await column("Organization").locator("option:checked").textContent(), "Name", "proposed from the heading");
      await column("Contact name").selectOption("");
      await send(staff, "Check the list");
      const before = await staff.locator("dl.numbers").textContent();
      assert.match(before, /Refused\s*[1-9]/i, "the row without a name is refused, and the others go on");
      const [double] = await staff.locator("fieldset.double").all();
      await double.getByText(/^The same as/).first().click();
      await send(staff, "Keep these choices");
      assert.equal((await visitor("director", options).then(({ page }) => page.goto("/cedar-river/partners?q=Brendan").then(() => page.getByRole("link", { name: "St. Brendan" }).count()))), 0, "nothing is written before");
      await send(staff, "Bring in this list");
      await staff.goto("/cedar-river/partners?q=Brendan");
      await staff.getByRole("link", { name: "St. Brendan" }).click();
      assert.match(await staff.locator("main").textContent(), /Alder Falls/);
    });

    await step("a coordinator plans, announces and opens a session", async () => {
      await staff.goto("/cedar-river/sessions/new");
      await send(staff, "Plan the session", {
        title: `What kin need in the first week${mark}`,
        community: "grandparents and kin, Cedar Valley",
        cohost: "Cedar Valley Kinship Circle",
        topic: "What would have helped you in the first week?",
        day: day(-1),
        time: "10:00",
        minutes: "90",
        place: "Harvest Table Food Bank, the long room",
        recording: "notes",
        food: "Soup and bread",
        support_person: "Ruth Amiel, family support",
        stop_rule: "Anybody may raise a hand or leave.",
        facilitators: "Marcus Tellwell",
        note_takers: "Marcus Tellwell",
      });
      made.session = here(staff);
      await go(staff, `${made.session}/announcement`, { invitation: "Come and eat with us, and tell us what the first week was like.", cleared: "yes", afterwards: "yes" });
      await staff.goto(`${made.session}/room`);
      await send(staff, "It was read aloud");
    });

    await step("two people fill in a card, and their words are written down", async () => {
      await go(staff, `${made.session}/speakers/new`, { card: "with_name", card_how: "aloud", label: "Joanna, Kinship Circle", name: "Joanna Littlefield", partner: "Cedar Valley Kinship Circle", membership: "Joanna Littlefield" });
      await go(staff, `${made.session}/speakers/new`, { card: "without_name", card_how: "paper", label: "a grandfather, Cedar Valley", ...(whole ? { partner: "St. Brendan" } : {}) });
      await go(staff, `${made.session}/statements`, { speaker: "Joanna", words: told.joanna, wanted: "partnership" });
      await go(staff, `${made.session}/statements`, { speaker: "a grandfather", words: told.kin, wanted: "partnership" });
      await staff.goto(`${made.session}/statements`);
      const links = staff.locator(`main a[href*="/statements/"]`, { hasText: "Open" });
      for (const link of await links.all()) {
        const [words, path] = [await link.textContent(), await link.getAttribute("href")];
        made[words.includes("Joanna") ? "joanna" : "kin"] = path;
      }
      assert.ok(made.joanna && made.kin, "both stand there, waiting for their speakers");
      await go(staff, `${made.session}/holding`, { agency: "2", community_partners: "2", lived_experience: "7" });
      await go(staff, `${made.session}/return`);
    });

    await step("before their word nobody else reads them", async () => {
      for (const page of [tribe, await one("director")]) {
        assert.equal((await page.goto(made.kin)).status(), 404);
      }
    });

    await step("one speaker answers by a link on a phone without script, and the link is spent", async () => {
      await staff.goto(made.kin);
      await send(staff, "Make a link for the speaker");
      const address = (await staff.locator("main code").textContent()).trim();
      const { page: phone } = await visitor("", { javaScriptEnabled: false, viewport: { width: 320, height: 700 } });
      await phone.goto(new URL(address, site.address).href);
      assert.match(await phone.locator("main blockquote").first().textContent(), new RegExp(told.kin));
      const form = phone.locator("main form.form");
      await form.getByText("Yes, these are my words").click();
      await form.locator(`[name=audience][value=partnership] + label`).click();
      await form.getByRole("button", { name: "Send my word" }).click();
      assert.equal(await phone.locator(".problems li").count(), 0);
      const { page: other } = await visitor("");
      assert.equal((await other.goto(new URL(address, site.address).href)).status(), 404, "a spent link opens nothing");
    });

    await step("the other corrects her words as a member, and lets them be exported", async () => {
      await partner.goto(made.joanna);
      told.corrected = `${told.joanna}, for eleven days`;
      await send(partner, "Send my word", { word: "correct", words: told.corrected, audience: "partnership", uses: ["quoted", "exported"] });
      await partner.goto(made.joanna);
      assert.match(await partner.locator("main blockquote").first().textContent(), /for eleven days/);
    });

    await step("what was heard becomes a theme, a barrier, a goal, a plan and a promise", async () => {
      await go(staff, "/cedar-river/themes/new", { name: `The first week has no voice to call${mark}`, sources: [id(made.joanna), id(made.kin)] });
      made.theme = here(staff);
      await go(staff, "/cedar-river/barriers/new", { name: `Kin have nobody to call in the first week${mark}`, level: "practice", groups: "kin caregivers", owner: "Marcus Tellwell", partner_owner: "Cedar Valley Kinship Circle", audience: "partnership" });
      made.barrier = here(staff);
      await staff.goto(`${made.barrier}/evidence`);
      await send(staff, "Join as evidence", { sources: id(made.theme) });
      await go(staff, "/cedar-river/goals/new", { text: `Every relative hears from one named person within a day${mark}`, indicator: "relatives called within a day", unit: "percent", baseline: "31", baseline_on: day(-30), target: "90", target_on: day(300), owner: "Marcus Tellwell", partner_owner: "Cedar Valley Kinship Circle", barriers: id(made.barrier), audience: "partnership" });
      made.goal = here(staff);
      await go(staff, "/cedar-river/plans/new", { name: `One number for the first week${mark}`, purpose: "A relative reaches one named person on the first call.", barriers: id(made.barrier), goal: id(made.goal), audience: "partnership" });
      made.plan = here(staff);
      await staff.getByRole("link", { name: "Add a step" }).click();
      await send(staff, "Write it down", { promised_by: "Marcus Tellwell", promised_to: "Cedar Valley Kinship Circle", what: "One telephone number, answered from eight to eight", due_on: day(20), audience: "partnership" });
      if (here(staff).endsWith(id(made.plan))) await staff.getByRole("link", { name: "One telephone number" }).click();
      made.promise = here(staff);
    });

    await step("the promise is kept when the one promised says so", async () => {
      await staff.goto(made.promise);
      await staff.getByRole("link", { name: "Report it done" }).click();
      await send(staff, "Send the report", { evidence: "The number stands on every letter since Monday." });
      await partner.goto(made.promise);
      await partner.getByRole("link", { name: "Say whether it was kept" }).click();
      await go(partner, here(partner), { word: "kept" });
      await staff.goto(made.promise);
      assert.match(await staff.locator("main .steps").first().textContent(), /Kept/);
    });

    await step("a Tribe’s steward comments, and asks", async () => {
      await tribe.goto(made.barrier);
      await send(tribe, "Add the comment", { comment: "Our families call the band office first; let the two numbers know of each other.", comment_audience: "partnership" });
      await partner.goto(made.barrier);
      assert.match(await partner.locator("main").textContent(), /call the band office first/);
      await go(tribe, "/cedar-river/loops/new", { kind: "question", audience: "partnership", words: `Who answers the number on weekends?${mark}` });
      made.loop = here(tribe);
    });

    await step("the question is answered, let go by the director, and closed by the one who asked", async () => {
      await staff.goto(made.loop);
      await send(staff, "Say that it was received");
      await go(staff, `${made.loop}/answer`, { answer: "done", answer_words: "The on-call worker answers it from Friday evening on." });
      await staff.goto(made.loop);
      assert.equal(await staff.getByRole("button", { name: "This answers me" }).count(), 0, "the agency cannot close it");
      const director = await one("director");
      await director.goto(made.loop);
      if ((await director.getByRole("button", { name: "Send the answer" }).count()) > 0) await send(director, "Send the answer");
      await tribe.goto(made.loop);
      await send(tribe, "This answers me");
      await staff.goto(made.loop);
      assert.match(await staff.locator("main").textContent(), /closed/i);
    });

    if (whole) await step("an analyst exports, and the file holds only what may leave", async () => {
      const { page: analyst } = await visitor("analyst");
      await analyst.goto("/cedar-river/reports");
      await analyst.locator("main table").getByRole("link", { name: "Statements" }).click();
      await send(analyst, "Make the file", { format: "csv" });
      const button = analyst.getByRole("button", { name: /^Download/ });
      for (let tries = 0; (await button.count()) === 0 && tries < 120; tries += 1) {
        await analyst.waitForTimeout(500);
        await analyst.reload();
      }
      const [download] = await Promise.all([analyst.waitForEvent("download"), button.click()]);
      const text = await new Response((await download.createReadStream())).text();
      assert.match(text, /for eleven days/);
      assert.doesNotMatch(text, /forty miles/, "not consented to, not exported");
    });
    await Promise.all([staff, partner, tribe].map((page) => page.context().close()));
  });
}
