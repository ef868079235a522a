// What travels over a slow line, as the server packs it: the first visit with the style sheet and the faces, then each page alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visitor } from "./support.mjs";

const FIRST = 120_000;
const LATER = 25_000;

/** Opens an address; the bytes that came over the line for it. */
async function weigh(page, address) {
  const line = await page.context().newCDPSession(page);
  await line.send("Network.enable");
  let bytes = 0;
  line.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(address, { waitUntil: "networkidle" });
  await line.detach();
  return bytes;
}

test("a first visit weighs less than 120 KB, and each page after it less than 25 KB", { timeout: 120_000 }, async () => {
  const { context, page } = await visitor("");
  const first = await weigh(page, "/sign-in");
  assert.ok(first > 10_000 && first < FIRST, `the first visit weighs ${first} bytes`);
  await context.close();

  const { context: signedIn, page: staff } = await visitor("staff");
  await staff.goto("/cedar-river", { waitUntil: "networkidle" });
  // People’s words have a face of their own, which comes with the first of them.
  const words = await weigh(staff, "/cedar-river/statements");
  assert.ok(first + words < FIRST, `with the face for people’s words: ${first + words} bytes`);
  const heavy = [];
  for (const address of ["", "/partners", "/partners/landscape", "/partners/new", "/sessions", "/statements", "/themes", "/barriers", "/goals", "/plans", "/commitments", "/loops", "/reports", "/members"]) {
    const bytes = await weigh(staff, `/cedar-river${address}`);
    if (bytes > LATER || bytes < 500) heavy.push(`${address}: ${bytes}`);
  }
  assert.deepEqual(heavy, []);
  await signedIn.close();
});
