import assert from "node:assert/strict";
import type { Attachment } from "../../../lib/client/uploads_model.ts";
import { newsOf } from "../../../lib/ui/attachments/announcing.ts";
import { attachment } from "./attachment.ts";

const of = (...states: Attachment["state"][]) =>
  states.map((state, at) => attachment({ local: `file-${at}`, state }));

Deno.test("what is attached is told once, and progress not at all", () => {
  assert.deepEqual(newsOf([], of("preparing", "waiting")), { kind: "added", count: 2 });
  assert.equal(newsOf(of("preparing", "waiting"), of("uploading", "uploading")), null);
  const further = of("uploading", "uploading").map((one) => ({ ...one, sent: 50 }));
  assert.equal(newsOf(of("uploading", "uploading"), further), null);
});

Deno.test("that all have arrived is told with the last, once", () => {
  assert.equal(newsOf(of("uploading", "uploading"), of("ready", "uploading")), null);
  assert.deepEqual(newsOf(of("ready", "uploading"), of("ready", "ready")), { kind: "ready" });
  assert.equal(newsOf(of("ready", "ready"), of("ready", "ready")), null);
});

Deno.test("one that fails goes before everything else, once", () => {
  const now = of("ready", "failed");
  assert.deepEqual(newsOf(of("ready", "uploading"), now), { kind: "failed", attachment: now[1] });
  assert.equal(newsOf(now, now), null);
});

Deno.test("one that is taken out is no news of the others", () => {
  assert.equal(newsOf(of("uploading", "uploading"), of("uploading")), null);
});
