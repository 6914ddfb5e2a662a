/** Messages that others answer and that are not loaded: asked for together, once, kept current. */
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import type { Api } from "../../lib/client/api.ts";
import { DraftTargets } from "../../lib/client/draft_targets.ts";
import { unreachable } from "../../lib/client/request_error.ts";
import { message } from "../support/model_message.ts";

function setUp() {
  const asked: string[] = [];
  let isOffline = false;
  const one = message(1, { id: 7, text: "long ago" });
  const api = ((_: string, path: string) => {
    asked.push(path);
    if (isOffline) return Promise.reject(unreachable());
    const ids = path.split("=")[1]!.split(",").map(Number);
    return Promise.resolve({ messages: ids.includes(7) ? [one] : [] });
  }) as Api;
  const targets = new DraftTargets({ drafts: signal(new Map()), api, loaded: () => [] });
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
  return { targets, asked, one, settled, setOffline: (on: boolean) => isOffline = on };
}

Deno.test("what is answered is asked for once for all that are on the screen", async () => {
  const { targets, asked, settled } = setUp();
  for (const id of [7, 8, 7]) targets.want(id);
  await settled();
  targets.want(7);
  targets.want(8);
  await settled();
  assert.deepEqual(asked, ["/api/messages?ids=7,8"]);
  assert.equal(targets.targets.value.get(7)?.text, "long ago");
  assert.equal(targets.targets.value.get(8), null, "it is not there, or not for the reader");
});

Deno.test("a change of what is answered is seen, and without a connection the next one asks", async () => {
  const { targets, asked, one, settled, setOffline } = setUp();
  setOffline(true);
  targets.want(7);
  await settled();
  assert.equal(targets.targets.value.has(7), false);
  setOffline(false);
  await targets.check(1);
  await settled();
  assert.equal(asked.length, 2);
  targets.heard([{ ...one, rev: 9, text: "mended" }]);
  assert.equal(targets.targets.value.get(7)?.text, "mended");
  targets.heard([{ ...one, id: 70, rev: 10 }]);
  assert.equal(targets.targets.value.has(70), false, "nobody asked for it");
});
