// One running site for all browser tests, on a year that is lived once for a program and a day, and one Chromium. Each test gets pages of its own.

import { chromium } from "playwright-core";
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const top = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.COMMON_TABLE ?? join(top, "target/debug/common-table");
export const PASSWORD = "common-table-demo";

/** The demonstration's people at Cedar River. */
export const PEOPLE = ["director", "staff", "analyst", "admin", "partner", "tribe", "parent"];

async function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Where a year that this very program lived today is kept, for the next start. */
function keptYear() {
  const { mtimeMs, size } = statSync(program);
  return join(dirname(program), "../browser-year", `${new Date().toISOString().slice(0, 10)}-${Math.round(mtimeMs)}-${size}`);
}

/** A site of its own, with its own folder and port; or the running one that SITE names, while working on a test. */
async function start() {
  if (process.env.SITE) return { address: process.env.SITE, stop: async () => 0, said: () => "" };
  if (!existsSync(program)) throw new Error(`${program} is not there: cargo build`);
  const kept = keptYear();
  if (!existsSync(kept)) {
    const first = await run();
    // Where the database lies elsewhere there is nothing to keep.
    if (!existsSync(join(first.folder, "data/postgres"))) return first;
    await first.end();
    keep(join(first.folder, "data"), kept);
    first.clear();
  }
  return run(kept);
}

/** Kept whole or not at all, in place of those of other days and other programs. */
function keep(data, kept) {
  const [years, part] = [dirname(kept), `${kept}.${process.pid}`];
  mkdirSync(years, { recursive: true });
  copy(data, part);
  renameSync(part, kept);
  for (const other of readdirSync(years)) if (join(years, other) !== kept) rmSync(join(years, other), { recursive: true, force: true });
}

/** The provider of single sign-on that Cedar River's people may use, with its own pages. */
async function provider(site) {
  const child = spawn("node", [join(top, "tests/oidc/provider.mjs"), `${site}/cedar-river/sign-on/return`], { stdio: ["pipe", "pipe", "ignore"] });
  const issuer = await new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("the provider did not start: npm ci")));
    child.stdout.on("data", (text) => {
      const port = /\{"port":(\d+)\}/.exec(text)?.[1];
      if (port) resolve(`http://localhost:${port}`);
    });
  });
  return { issuer, end: () => child.kill() };
}

/** With the rights and owners that the database's files have. */
const copy = (from, to) => execFileSync("cp", ["-a", from, to]);

/** A site of one real agency, with a first administrator who comes in by `link`, and a folder for its letters. */
export async function founded() {
  const letters = mkdtempSync(join(tmpdir(), "common-table-letters-"));
  const ana = ["agency", "create", "elk", "Elk County", "--administrator", "Ana Ruiz", "--email", "ana@elk.example"];
  const site = await run(undefined, { MAIL_URL: `folder:${letters}`, MAIL_FROM: "Common Table <table@elk.example>" }, ana);
  const stop = async () => {
    rmSync(letters, { recursive: true, force: true });
    return site.stop();
  };
  return { ...site, letters, stop, link: /http\S+/.exec(site.printed)[0] };
}

/** Starts the program in a folder of its own, on a year that was lived before if there is one, or after a command of the operator’s. */
async function run(kept, more = {}, command = undefined) {
  const folder = mkdtempSync(join(tmpdir(), "common-table-browser-"));
  // The database's own account must be able to go in.
  chmodSync(folder, 0o755);
  if (kept && existsSync(kept)) copy(kept, join(folder, "data"));
  const port = await freePort();
  const single = await provider(`http://localhost:${port}`);
  const nearby = { SIGN_ON_HOSTS: new URL(single.issuer).host };
  const env = { ...nearby, PATH: process.env.PATH, HOME: process.env.HOME, LISTEN: `127.0.0.1:${port}`, DATA_DIR: join(folder, "data"), RUST_LOG: "warn,sqlx=error", ...more };
  const printed = command ? execFileSync(program, command, { env, encoding: "utf8" }) : "";
  const child = spawn(program, ["serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const address = `http://localhost:${port}`;
  for (let tries = 0; !(await answers(`${address}/readyz`)); tries += 1) {
    if (child.exitCode !== null || tries > 1200) throw new Error(`the site did not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const end = async () => {
    single.end();
    child.kill("SIGTERM");
    return ended;
  };
  const clear = () => {
    rmSync(folder, { recursive: true, force: true });
    const moved = /\/\S*common-table\/[0-9a-f]+/.exec(said)?.[0];
    if (moved) rmSync(moved, { recursive: true, force: true });
  };
  const stop = async () => {
    const code = await end();
    clear();
    return code;
  };
  return { address, provider: single.issuer, folder, printed, end, clear, stop, said: () => said };
}

let running;
let browser;

/** On a busy machine Chromium may not come up at the first try. */
async function launch(tries = 3) {
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  try {
    return await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-dev-shm-usage"], timeout: 60_000 });
  } catch (error) {
    if (tries <= 1) throw error;
    return launch(tries - 1);
  }
}

/** The site and the browser that all tests share. */
export async function open() {
  running ??= start();
  browser ??= launch();
  return { site: await running, browser: await browser };
}

export async function close() {
  const [site, window] = await Promise.allSettled([running, browser]);
  await window.value?.close();
  return site.value?.stop();
}

/** A person at a browser: a context with its own cookies, signed in unless `who` is empty. */
export async function visitor(who, options = {}) {
  const { site, browser } = await open();
  const context = await browser.newContext({ baseURL: site.address, viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  if (who) {
    await page.goto("/sign-in");
    await page.getByLabel("Email address").fill(`${who}@demo.example`);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  }
  return { context, page };
}

/** The printed table of routes: method, pattern, need. */
export function routes() {
  const text = readFileSync(join(top, "tests/snapshots/routes.txt"), "utf8");
  return text.split("\n").filter(Boolean).map((line) => {
    const [method, pattern, ...need] = line.split(/\s+/);
    return { method, pattern, need: need.join(" ") };
  });
}

/** Which of the patterns an address belongs to; fixed parts count more than names. */
export function patternOf(pathname, patterns) {
  const parts = pathname.split("/");
  const fits = (pattern) => {
    const own = pattern.split("/");
    return own.length === parts.length && own.every((part, place) => (part.startsWith("{") ? parts[place] !== "" : part === parts[place]));
  };
  const fixed = (pattern) => pattern.split("/").map((part) => (part.startsWith("{") ? "1" : "0")).join("");
  return patterns.filter(fits).sort((a, b) => fixed(a).localeCompare(fixed(b)))[0];
}
