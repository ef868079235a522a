// All browser tests in one process: the site is started, and its year lived, once.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, open } from "./support.mjs";

before(open, { timeout: 400_000 });

await import("./without_script.mjs");
await import("./every_page.mjs");

test("the site stops when it is told to", async () => {
  assert.equal(await close(), 0);
});

after(close);
