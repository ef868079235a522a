// Every page that a person can reach by links, in each role: no finding of axe (WCAG 2.2 A and AA), nothing that makes a phone or
// a tablet scroll sideways, nothing fetched from elsewhere. And every page in the table of routes is reached by somebody.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carry, findings } from "./axe.mjs";
import { parsed, tellMakes } from "./makes.mjs";
import { PEOPLE, open, patternOf, routes, visitor } from "./support.mjs";

/** Pages that no link of a signed-in person leads to: a letter does, or a form that was sent. This list may only shrink. */
const WITHOUT_A_LINK = [/^\/invitations\//, /^\/reset\//, /^\/account\/new-address/, /\/sign-on\/(onward|return|leaving|left)$/, /^\/\{agency\}\/return/, /\/accent\/|\/logo\//, /\/exports\/\{export\}\/file$/, /\/copies\/\{copy\}\/file$/, /\{member\}\/invitation$/, /\{statement\}\/link$/, /\/statements\/key$/, /^\/parked$/, /^\/sign-in\/second-step$/, /^\/confirm$/, /^\/account\/(codes\/(picture|delete)|recovery-codes|passkeys\/\{passkey\}\/delete)$/, /\{partner\}\/joined$/, /^\/\{agency\}\/live$/, /^\/word\//, /^\/\{agency\}\/word\//, /^\/\{agency\}\/reply/, /^\/\{agency\}\/trust\/link/, /^\/\{agency\}\/ask\/(sent|question)/, /\/my-calendar\/\{token\}$/];

/** Records of one kind that are drawn, and those whose links alone are read, because another state leads to other pages. */
const SHOWN = 2;
const LOOKED_INTO = 12;
const OTHERS = /\}$|\/invitees$/;

const reached = new Set();
const seen = new Set();
const drawn = new Set();

/** What sticks out to the right of a narrow screen. */
const sideways = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > width + 1);
    return out.slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className} reaches ${Math.round(one.getBoundingClientRect().right)}`);
  });

/** A phone, a tablet, a desk. */
const WIDTHS = [320, 768, 1280];

/** What is wrong at each width. The width that the window has from the page before is looked at first; axe looks at what is new. */
async function atEachWidth(page, fresh) {
  const found = [];
  const ways = page.viewportSize().width === 320 ? WIDTHS : WIDTHS.toReversed();
  for (const width of ways) {
    if (page.viewportSize().width !== width) await page.setViewportSize({ width, height: 900 });
    found.push(...(await sideways(page)).map((finding) => `at ${width}: ${finding}`));
    if (width === 1280) found.push(...(await findings(page, fresh)));
  }
  return found;
}

/** Asks for pages with the cookies that a person has, without a window. */
async function asking(context, site) {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  return (address) => fetch(new URL(address, site.address), { headers: { cookie } });
}

async function walk(who) {
  const { site } = await open();
  const { context, page } = await visitor(who);
  const ask = await asking(context, site);
  await carry(page);
  await tellMakes(page);
  const as = `as ${who || "a stranger"}`;
  const patterns = routes().filter((route) => route.method === "GET").map((route) => route.pattern);
  const visited = new Map();
  const waiting = (who ? ["/", "/account", "/hats", "/cedar-river"] : ["/sign-in"]).map((address) => ({ address, from: "the start" }));
  const wrong = [];
  const known = new Set();
  page.on("request", (request) => {
    if (!request.url().startsWith(site.address)) wrong.push(`${page.url()} fetches ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.request().isNavigationRequest()) wrong.push(`${page.url()} fetches ${response.url()}: ${response.status()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) wrong.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error.message}`));
  const blank = await context.newPage();
  await tellMakes(blank);
  await blank.goto("about:blank");
  /** Links of a page, once each; `onlyNew`: those to kinds of page that this person has not come to. */
  const follow = (links, from, onlyNew) => {
    for (const link of links) {
      const url = new URL(link, new URL(from, site.address));
      const whole = url.pathname + url.search;
      if (url.origin !== site.address || url.pathname.split("/")[1] === "static" || known.has(whole)) continue;
      if (onlyNew && (known.has(url.pathname) || visited.has(patternOf(url.pathname, patterns)))) continue;
      known.add(whole).add(onlyNew ? url.pathname : whole);
      waiting.push({ address: whole, from });
    }
  };
  /** Drawn at three widths, and analysed: whole when it is the first of its kind, else what is made as nothing was before. */
  const draw = async (address, fresh) => {
    drawn.add(address);
    await page.goto(address);
    wrong.push(...(await atEachWidth(page, fresh)).map((finding) => `${address} ${as}: ${finding}`));
  };
  while (waiting.length > 0) {
    const { address, from } = waiting.shift();
    const pattern = patternOf(new URL(address, site.address).pathname, patterns);
    if (!pattern) {
      wrong.push(`a link on ${from} leads to ${address}, which is no route`);
      continue;
    }
    // Two of a kind are looked at: a list's filters and a second record show what the first does not.
    const before = visited.get(pattern) ?? 0;
    visited.set(pattern, before + 1);
    const enough = before >= (address.includes("?") ? SHOWN + 1 : SHOWN);
    if (enough && !(OTHERS.test(pattern) && before < LOOKED_INTO)) continue;
    const answer = await ask(address);
    if (answer.status !== 200) {
      wrong.push(`${address} ${as}, linked on ${from}: ${answer.status}`);
      continue;
    }
    reached.add(pattern);
    if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) {
      await answer.body?.cancel();
      continue;
    }
    const landed = patternOf(new URL(answer.url).pathname, patterns);
    reached.add(landed);
    const { makes, links } = await parsed(blank, await answer.text());
    follow(links, answer.url, enough);
    // What somebody was shown before needs no second look: a page is drawn for what is new on it.
    const isFirst = !seen.has(landed);
    const fresh = makes.filter((make) => !seen.has(make));
    [landed, ...fresh].forEach((one) => seen.add(one));
    if (isFirst || fresh.length > 0) await draw(address, isFirst ? null : fresh);
  }
  await context.close();
  assert.deepEqual([...new Set(wrong)], [], `${as}: ${visited.size} kinds of page`);
}

test("every page in every role is whole at 1280, 768 and 320", { timeout: 900_000, concurrency: 3 }, async (t) => {
  await Promise.all(["", ...PEOPLE].map((who) => t.test(`as ${who || "a stranger"}`, { timeout: 600_000 }, () => walk(who))));
});

test("every page is reached by a link, for somebody", () => {
  assert.ok(drawn.size > 100, `only ${drawn.size} pages were drawn`);
  const lost = routes()
    .filter((route) => route.method === "GET" && !reached.has(route.pattern))
    .map((route) => route.pattern)
    .filter((pattern) => !WITHOUT_A_LINK.some((known) => known.test(pattern)));
  assert.deepEqual(lost, []);
});
