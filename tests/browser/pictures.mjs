// Run by hand, never by bin/test. Makes the README's pictures anew:   node tests/browser/pictures.mjs
// and, into a folder, every make of page in each role at 320, 768 and 1280, to be looked at:   node tests/browser/pictures.mjs FOLDER [role …]

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PEOPLE, close, open, patternOf, routes, visitor } from "./support.mjs";

const PICTURES = fileURLToPath(new URL("../../docs/pictures", import.meta.url));
const README = [
  ["home", "director", "/cedar-river"],
  ["partner", "partner", "/cedar-river"],
  ["landscape", "staff", "/cedar-river/partners/landscape"],
];
const WIDTHS = [320, 768, 1280];
const patterns = routes().filter((route) => route.method === "GET").map((route) => route.pattern);
const nameOf = (pattern) => pattern.replaceAll(/[{}]/g, "").split("/").filter((part) => part && part !== "agency").join("-") || "home";

/** Addresses by links, one of each pattern, the shortest way first. */
async function* pages(page, origin) {
  const seen = new Set();
  const waiting = ["/cedar-river", "/account", "/hats"];
  while (waiting.length > 0) {
    const address = waiting.shift();
    const pattern = patternOf(new URL(address, origin).pathname, patterns);
    if (!pattern || seen.has(pattern) || /logo|accent|\/file$|dictionary/.test(pattern)) continue;
    seen.add(pattern);
    const answer = await page.goto(address);
    if (answer.status() !== 200) continue;
    waiting.push(...(await page.$$eval("a[href^='/']", (all) => all.map((one) => one.getAttribute("href")))));
    yield pattern;
  }
}

async function everyPage(folder, roles) {
  const { site } = await open();
  mkdirSync(folder, { recursive: true });
  for (const who of roles) {
    const { context, page } = await visitor(who);
    for await (const pattern of pages(page, site.address)) {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: join(folder, `${nameOf(pattern)}.${who}.${width}.png`), fullPage: true });
      }
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    await context.close();
  }
}

async function readme() {
  for (const [name, who, address] of README) {
    const { context, page } = await visitor(who, { viewport: { width: 1280, height: 1000 } });
    await page.goto(address);
    // Faces that come late are there the second time.
    await page.reload({ waitUntil: "networkidle" });
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
    await context.close();
  }
}

const [folder, ...roles] = process.argv.slice(2);
try {
  await (folder ? everyPage(folder, roles.length > 0 ? roles : PEOPLE) : readme());
} finally {
  await close();
}
