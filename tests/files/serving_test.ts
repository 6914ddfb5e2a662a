import assert from "node:assert/strict";
import type { Blobs } from "../../lib/files/blobs.ts";
import { answerBlob, type ServedBlob } from "../../lib/files/serving.ts";
import { createMemoryBlobs } from "../support/memory_blobs.ts";

const KEY = "0123456789abcdef0123456789abcdef";
const PAPER: ServedBlob = {
  key: KEY,
  name: "paper.pdf",
  type: "application/pdf",
  etag: "1-a",
  size: 5,
  inline: true,
};

/** A bucket that gives addresses, and remembers what it was asked for. */
async function bucket(): Promise<{ blobs: Blobs; asked: unknown[] }> {
  const asked: unknown[] = [];
  const blobs: Blobs = {
    ...createMemoryBlobs(),
    link(key, options) {
      asked.push(options);
      return Promise.resolve(`https://bucket.example/${key}?signed`);
    },
  };
  await blobs.put(KEY, new TextEncoder().encode("bytes"));
  return { blobs, asked };
}

function ask(blobs: Blobs, served: ServedBlob, headers: Record<string, string> = {}) {
  const req = new Request("https://chat.example/files/1/x", { headers });
  return answerBlob({ req, state: { services: { blobs } } }, served);
}

Deno.test("what is saved is fetched from the bucket, by an address that lives a minute", async () => {
  const { blobs, asked } = await bucket();
  const answer = await ask(blobs, PAPER, { "sec-fetch-mode": "navigate" });
  assert.deepEqual(
    [answer.status, answer.headers.get("location"), answer.headers.get("cache-control")],
    [302, `https://bucket.example/${KEY}?signed`, "no-store"],
  );
  const disposition = `attachment; filename="paper.pdf"; filename*=UTF-8''paper.pdf`;
  assert.deepEqual(asked, [{ type: "application/pdf", disposition, seconds: 60 }]);
});

Deno.test("what a page shows or reads comes from here, whatever the bucket offers", async () => {
  const { blobs, asked } = await bucket();
  const picture = { ...PAPER, name: "cat.png", type: "image/png" };
  for (
    const [served, mode] of [
      [PAPER, "cors"],
      [PAPER, "same-origin"],
      [picture, "no-cors"],
      [picture, "navigate"],
    ] as const
  ) {
    const answer = await ask(blobs, served, { "sec-fetch-mode": mode });
    assert.deepEqual([answer.status, await answer.text()], [200, "bytes"]);
  }
  assert.deepEqual(asked, []);
});

Deno.test("bytes that are not there are not found, and a known tag is answered without them", async () => {
  const blobs = createMemoryBlobs();
  await assert.rejects(ask(blobs, PAPER), { code: "not_found" });
  const { status } = await ask(blobs, PAPER, { "if-none-match": '"1-a"' });
  assert.equal(status, 304);
});
