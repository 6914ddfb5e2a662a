/** What servers of strangers send beside a page, without end: each is left before it keeps this one. */
import assert from "node:assert/strict";
import { createSafeFetch } from "../../lib/links/safe_fetch.ts";
import { ascii } from "../support/made_files.ts";

const CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";

/** Packed, and not packed: an empty block that is not the last one, byte by byte. */
const PACKED = CHUNKED.replace("\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n");
const BEGUN = "\x1f\x8b\x08\0\0\0\0\0\0\x03";
const EMPTY = [..."\0\0\0\xff\xff"].map((byte) => `1\r\n${byte}\r\n`).join("");

/** What it says first, and then for ever. */
const ENDLESS: Record<string, [first: string, again: string, why: RegExp]> = {
  "early hints": ["", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", /says what is to come/],
  "go on": ["", "HTTP/1.1 100 Continue\r\n\r\n", /says what is to come/],
  "a page letter by letter": [CHUNKED, "1\r\nx\r\n", /too many pieces/],
  "a packed page byte by byte": [`${PACKED}a\r\n${BEGUN}\r\n`, EMPTY, /too many pieces/],
  "a piece whose length has notes": [`${CHUNKED}1`, `;e=${"y".repeat(1_000)}`, /aborted|more than/],
};

Deno.test("a server that says much and sends little is left long before its time is over", async () => {
  for (const [name, [first, again, why]] of Object.entries(ENDLESS)) {
    await using site = openSite(ascii(first), ascii(again.repeat(1_000)));
    const fetch = createSafeFetch({ trusts: () => true });
    const options = {
      accept: "*/*",
      most: 1_048_576,
      patience: 15_000,
      signal: new AbortController().signal,
    };
    const read = fetch(new URL(site.url), options, async ({ body }) => {
      let bytes = 0;
      for await (const piece of body) bytes += piece.length;
      return bytes;
    });
    await assert.rejects(read, why, name);
  }
});

/** Says `first` to whoever asks, and then `again` until they go. */
function openSite(first: Uint8Array, again: Uint8Array) {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const talk = async (connection: Deno.Conn) => {
    try {
      await connection.read(new Uint8Array(1_024));
      for (let next = first;; next = again) {
        for (let at = 0; at < next.length;) at += await connection.write(next.subarray(at));
      }
    } catch {
      connection.close(); // the other end has gone
    }
  };
  const serving = (async () => {
    const talks: Promise<void>[] = [];
    for await (const connection of listener) talks.push(talk(connection));
    await Promise.all(talks);
  })();
  return {
    url: `http://127.0.0.1:${listener.addr.port}/`,
    async [Symbol.asyncDispose]() {
      listener.close();
      await serving;
    },
  };
}
