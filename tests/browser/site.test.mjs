// All browser tests in one process: the site is started, and its year lived, once.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, open } from "./support.mjs";

before(open, { timeout: 400_000 });

const { default: mainJob } = await import("./main_job.mjs");
const phone = { javaScriptEnabled: false, viewport: { width: 320, height: 700 } };
mainJob("the main job, from a list of partners to a closed question and an export");
mainJob("the core of the main job on a phone without script", { options: phone, mark: ", said the phone", whole: false });
await import("./single_sign_on.mjs");
await import("./without_script.mjs");
await import("./live.mjs");
await import("./by_keyboard.mjs");
await import("./in_the_room.mjs");
await import("./factors.mjs");
await import("./reset.mjs");
await import("./on_paper.mjs");
await import("./policy.mjs");
await import("./weight.mjs");
await import("./every_page.mjs");
await import("./walk.mjs");

test("the site stops when it is told to", async () => {
  assert.equal(await close(), 0);
});

after(close);
