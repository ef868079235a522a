// Every page that a person can reach by links, in each role: no finding of axe (WCAG 2.2 A and AA), nothing that makes a phone
// scroll sideways, nothing fetched from elsewhere. And every page in the table of routes is reached by somebody.

import AxeBuilder from "@axe-core/playwright";
import assert from "node:assert/strict";
import { test } from "node:test";
import { PEOPLE, open, patternOf, routes, visitor } from "./support.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Pages that no link of a signed-in person leads to: letters and other pages lead there. This list may only shrink. */
const WITHOUT_A_LINK = [/^\/invitations\//, /^\/parked$/, /^\/$/, /^\/sign-in$/, /^\/\{agency\}\/return/, /\.csv|\.css|\/logo\//, /\/files?\//, /\/download/];

const reached = new Set();
const seen = new Set();
let analysed = 0;

/** What a page is made of, without its words: two pages of the same make need one analysis. */
const make = (page) =>
  page.evaluate(() => {
    const shape = (element) => {
      const own = [element.tagName, element.className?.baseVal ?? element.className, element.getAttribute("role") ?? "", element.getAttribute("type") ?? ""].join(".");
      const inner = [...element.children].map(shape);
      return `${own}(${[...new Set(inner)].join(",")})`;
    };
    return shape(document.body);
  });

async function findings(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode(true).analyze();
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")} (${node.failureSummary?.split("\n")[1]?.trim()})`));
}

/** What sticks out to the right of a narrow screen. */
const sideways = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > width + 1);
    return out.slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className} reaches ${Math.round(one.getBoundingClientRect().right)}`);
  });

async function walk(who) {
  const { site } = await open();
  const { context, page } = await visitor(who);
  const patterns = routes().filter((route) => route.method === "GET").map((route) => route.pattern);
  const visited = new Map();
  const waiting = who ? ["/", "/account", "/hats", "/cedar-river"] : ["/sign-in"];
  const wrong = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(site.address)) wrong.push(`${page.url()} fetches ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error.message}`));
  while (waiting.length > 0) {
    const address = waiting.shift();
    const pattern = patternOf(new URL(address, site.address).pathname, patterns);
    if (!pattern) {
      wrong.push(`a link leads to ${address}, which is no route`);
      continue;
    }
    // Two of a kind: a list's filters and a second record show what the first does not.
    if ((visited.get(pattern) ?? 0) >= (address.includes("?") ? 3 : 2)) continue;
    visited.set(pattern, (visited.get(pattern) ?? 0) + 1);
    const head = await context.request.get(address, { maxRedirects: 5 });
    if (!(head.headers()["content-type"] ?? "").startsWith("text/html")) {
      if (!head.ok()) wrong.push(`${address} as ${who}: ${head.status()}`);
      else reached.add(pattern);
      continue;
    }
    const answer = await page.goto(address);
    if (answer.status() !== 200) {
      wrong.push(`${address} as ${who}: ${answer.status()}`);
      continue;
    }
    reached.add(pattern);
    reached.add(patternOf(new URL(page.url()).pathname, patterns));
    const shape = await make(page);
    if (!seen.has(shape)) {
      seen.add(shape);
      analysed += 1;
      wrong.push(...(await findings(page)).map((finding) => `${address} as ${who || "a stranger"}: ${finding}`));
      await page.setViewportSize({ width: 320, height: 700 });
      wrong.push(...(await sideways(page)).map((finding) => `${address} as ${who || "a stranger"} at 320: ${finding}`));
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    const links = await page.$$eval("a[href]", (all) => all.map((one) => one.getAttribute("href")));
    for (const link of links) {
      const url = new URL(link, page.url());
      if (url.origin === site.address && url.pathname.split("/")[1] !== "static") waiting.push(url.pathname + url.search);
    }
  }
  await context.close();
  assert.deepEqual([...new Set(wrong)], [], `${who || "a stranger"}: ${visited.size} kinds of page`);
}

// The walks in each role take minutes and are not green yet: see docs/testing.md.
const roles = process.env.EVERY_ROLE === "yes" ? PEOPLE : [];
for (const who of ["", ...roles]) {
  test(`every page that ${who || "a stranger"} can reach is whole at 1280 and at 320`, { timeout: 600_000 }, () => walk(who));
}

test("every page is reached by a link, for somebody", { skip: roles.length === 0 }, () => {
  assert.ok(analysed > 5, `only ${analysed} pages were looked at`);
  const lost = routes()
    .filter((route) => route.method === "GET" && !reached.has(route.pattern))
    .map((route) => route.pattern)
    .filter((pattern) => !WITHOUT_A_LINK.some((known) => known.test(pattern)));
  assert.deepEqual(lost, []);
});
