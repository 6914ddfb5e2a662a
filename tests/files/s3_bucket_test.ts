/** What a bucket is asked, and what happens when it answers badly or not at all. */
import assert from "node:assert/strict";
import { Bucket, BucketError } from "../../lib/files/s3_bucket.ts";
import { readListing } from "../../lib/files/s3_listing.ts";
import { chainOf, partName, partNamed } from "../../lib/files/s3_parts.ts";
import type { Ticks } from "../../lib/protocol/time.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

/** A bucket whose answers are given one after another, and what it was asked. */
function bucketThat(...answers: (() => Response | Promise<Response>)[]) {
  const time = new VirtualLoop();
  const asked: { method: string; url: string; headers: Headers; signal: AbortSignal; at: Ticks }[] =
    [];
  const bodies: string[] = [];
  const bucket = new Bucket({
    ...{ region: "us-east-1", accessKey: "key", secretKey: "secret" },
    ...{ url: "https://s3.test/chat", linksUrl: "https://files.test/chat", folder: "team/" },
    async fetch(url, init) {
      const { method = "", headers, signal, body } = init!;
      asked.push({
        method,
        url: String(url),
        headers: new Headers(headers),
        signal: signal!,
        at: time.loop.now(),
      });
      if (body) bodies.push(await new Response(body).text());
      const answer = await Promise.race([
        Promise.resolve(answers.shift()!()),
        new Promise<never>((_, reject) =>
          signal!.addEventListener("abort", () => reject(signal!.reason))
        ),
      ]);
      return answer;
    },
    now: () => Date.UTC(2026, 0, 2),
    loop: time.loop,
    random: () => 1,
  });
  return { bucket, asked, bodies, time };
}

/** Lets time pass until it is done: signatures are made outside of the loop that tests turn. */
async function passWhile(time: VirtualLoop, work: Promise<unknown>): Promise<void> {
  let done = false;
  const end = work.catch(() => {}).then(() => done = true);
  while (!done) {
    await time.pass(50);
    await new Promise((resolve) => setTimeout(resolve));
  }
  await end;
}

const answers = (status: number, text: string | null = null) => () =>
  new Response(text, { status });
const text = (value: string) => ({
  length: value.length,
  open: () => Promise.resolve(new Blob([value]).stream()),
});

Deno.test("what is put goes below the folder, signed, with its length", async () => {
  const { bucket, asked, bodies } = bucketThat(answers(200));
  await bucket.put("blobs/ab", text("hello"));
  const [{ method, url, headers }] = asked as [typeof asked[0]];
  assert.deepEqual([method, url], ["PUT", "https://s3.test/chat/team/blobs/ab"]);
  assert.deepEqual([headers.get("content-length"), bodies], ["5", ["hello"]]);
  assert.match(
    headers.get("authorization")!,
    /^AWS4-HMAC-SHA256 Credential=key\/20260102\/us-east-1\/s3\/aws4_request, SignedHeaders=host;/,
  );
});

Deno.test("what a moment may mend is tried again, with the whole body, after longer and longer pauses", async () => {
  const { bucket, asked, bodies, time } = bucketThat(
    answers(503),
    () => Promise.reject(new TypeError("The connection was reset.")),
    answers(429),
    answers(200),
  );
  const done = bucket.put("a", text("hello"));
  await passWhile(time, done);
  const pauses = asked.slice(1).map(({ at }, index) => at - asked[index]!.at);
  assert.ok([200, 400, 800].every((pause, index) => pauses[index]! >= pause), String(pauses));
  assert.deepEqual(bodies, ["hello", "hello", "hello", "hello"]);
});

Deno.test("what stays broken is told after four tries, and what is refused at once", async () => {
  const { bucket, asked, time } = bucketThat(...Array.from({ length: 4 }, () => answers(500)));
  const failed = assert.rejects(bucket.get("a"), BucketError);
  await passWhile(time, failed);
  assert.equal(asked.length, 4);
  const refused = "<Error><Code>AccessDenied</Code><Message>No entry.</Message></Error>";
  const strict = bucketThat(answers(403, refused));
  await assert.rejects(
    strict.bucket.put("a", text("x")),
    (error) => error instanceof BucketError && /403 AccessDenied No entry\./.test(error.message),
  );
  assert.equal(strict.asked.length, 1);
});

Deno.test("a bucket that does not answer is given up, and asked again", async () => {
  const { bucket, asked, time } = bucketThat(() => new Promise(() => {}), answers(404));
  const found = bucket.size("a");
  await passWhile(time, found);
  assert.deepEqual([await found, asked.length, asked[0]!.signal.aborted], [null, 2, true]);
});

/** Gives one piece, and a second once it is let. */
function brokenInTheMidst() {
  const { promise: second, resolve: goOn } = Promise.withResolvers<void>();
  const pieces = (async function* () {
    yield new TextEncoder().encode("one ");
    await second;
    yield new TextEncoder().encode("two");
  })();
  return { answer: () => new Response(ReadableStream.from(pieces)), goOn };
}

Deno.test("an answer that stops in its midst is given up, so that nobody waits for it for ever", async () => {
  const { answer } = brokenInTheMidst();
  const { bucket, asked, time } = bucketThat(answer);
  const reading = (await bucket.get("a"))!.text();
  const failed = assert.rejects(reading, /The bucket does not answer/);
  await passWhile(time, failed);
  await failed;
  assert.equal(asked[0]!.signal.aborted, true);
});

Deno.test("an answer whose reader is slow is not given up", async () => {
  const { answer, goOn } = brokenInTheMidst();
  const { bucket, asked, time } = bucketThat(answer);
  const reader = (await bucket.get("a"))!.body!.getReader();
  await reader.read();
  await time.pass(10 * 60_000);
  goOn();
  const { value } = await reader.read();
  assert.equal(new TextDecoder().decode(value), "two");
  assert.deepEqual([(await reader.read()).done, asked[0]!.signal.aborted], [true, false]);
});

Deno.test("a list that is longer than one answer is read to its end", async () => {
  const page = (name: string, next: string) =>
    `<ListBucketResult><IsTruncated>${next !== ""}</IsTruncated>` +
    `<NextContinuationToken>${next}</NextContinuationToken>` +
    `<Contents><Key>team/${name}</Key><LastModified>2026-01-02T00:00:00.000Z</LastModified>` +
    `<Size>7</Size></Contents></ListBucketResult>`;
  const { bucket, asked } = bucketThat(
    answers(200, page("blobs/a", "1/+&amp;=")),
    answers(200, page("blobs/b", "")),
  );
  const at = Date.UTC(2026, 0, 2);
  assert.deepEqual(await Array.fromAsync(bucket.list("blobs/")), [
    { name: "blobs/a", size: 7, at },
    { name: "blobs/b", size: 7, at },
  ]);
  assert.equal(asked[0]!.url, "https://s3.test/chat?list-type=2&prefix=team%2Fblobs%2F");
  assert.equal(new URL(asked[1]!.url).searchParams.get("continuation-token"), "1/+&=");
});

Deno.test("a signed address is where browsers reach the bucket, and says how it is shown", async () => {
  const { bucket } = bucketThat();
  const query = { "response-content-disposition": 'attachment; filename="a b.txt"' };
  const address = new URL((await bucket.link("blobs/ab", query, 60))!);
  assert.equal(address.origin + address.pathname, "https://files.test/chat/team/blobs/ab");
  assert.equal(address.searchParams.get("X-Amz-Expires"), "60");
  assert.equal(
    address.searchParams.get("response-content-disposition"),
    'attachment; filename="a b.txt"',
  );
});

Deno.test("names that XML writes in another way are read, and an empty list is one", () => {
  const { objects } = readListing(
    "<Contents><Key>a&amp;&#98;&#x63;&quot;</Key><Size>1</Size><LastModified>x</LastModified>" +
      "</Contents>",
  );
  assert.deepEqual(objects, [{ name: 'a&bc"', size: 1, at: 0 }]);
  assert.deepEqual(readListing("<ListBucketResult/>"), { objects: [], next: null });
});

Deno.test("of parts that overlap, an unbroken chain counts, and nothing behind a gap", () => {
  const part = (from: number, size: number) => ({ from, size, mark: "0".repeat(32) });
  const chain = (...parts: ReturnType<typeof part>[]) => {
    const { parts: chosen, length } = chainOf(parts);
    return [...chosen.map(({ from, size }) => `${from}+${size}`), length];
  };
  assert.deepEqual(chain(), [0]);
  assert.deepEqual(chain(part(0, 0)), ["0+0", 0]);
  assert.deepEqual(chain(part(8, 2), part(0, 8)), ["0+8", "8+2", 10]);
  assert.deepEqual(chain(part(0, 3), part(0, 8), part(3, 5), part(8, 1)), ["0+8", "8+1", 9]);
  assert.deepEqual(chain(part(0, 8), part(9, 1)), ["0+8", 8]);
  assert.deepEqual(chain(part(1, 8)), [0]);
});

Deno.test("a part's name says where it begins, and what is no part's name is none", () => {
  const key = "ab".repeat(16);
  const part = { from: 8_388_608, mark: "cd".repeat(16) };
  assert.deepEqual(partNamed(key, partName(key, part), 5), { ...part, size: 5 });
  assert.equal(partNamed("cd".repeat(16), partName(key, part), 5), null);
  assert.equal(partNamed(key, `uploads/${key}/12`, 5), null);
});
