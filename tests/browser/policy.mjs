// The policy of each kind of answer, as a tool that nobody here wrote reads it.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { visitor } from "./support.mjs";

const require = createRequire(import.meta.url);
const { CspEvaluator } = require("csp_evaluator/dist/evaluator.js");
const { CspParser } = require("csp_evaluator/dist/parser.js");
const { Severity } = require("csp_evaluator/dist/finding.js");

/** What it finds to be of high severity, surely or maybe. */
function high(policy) {
  const found = new CspEvaluator(new CspParser(policy).csp).evaluate();
  return found.filter(({ severity }) => [Severity.HIGH, Severity.HIGH_MAYBE, Severity.SYNTAX].includes(severity)).map(({ directive, description }) => `${directive}: ${description}`);
}

test("csp_evaluator finds nothing high in the policy of a page, an error or a file", { timeout: 60_000 }, async () => {
  assert.notDeepEqual(high("default-src 'self'; script-src 'self' 'unsafe-inline'"), [], "it sees a bad one");
  const { context, page } = await visitor("director");
  const style = await page.locator("link[rel=stylesheet]").first().getAttribute("href");
  for (const [address, status] of [["/cedar-river", 200], ["/cedar-river/nothing-here", 404], ["/nowhere", 404], [style, 200], ["/cedar-river/partners?page=x", 200]]) {
    const answer = await context.request.get(address);
    assert.equal(answer.status(), status, address);
    const policy = answer.headers()["content-security-policy"];
    assert.ok(policy, `${address} has no policy`);
    assert.deepEqual(high(policy), [], address);
  }
  await context.close();
});
