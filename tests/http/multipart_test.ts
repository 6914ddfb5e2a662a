import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { type FormFile, readFormFile } from "../../lib/http/multipart.ts";

/** Buffers of a body, used again and again as those of a real one. */
const BUFFERS = 4;
const LONG = 64;

Deno.test("a file that is taken slowly is whole, though what comes behind it in the form comes fast", async () => {
  const part = (about: string, text: string) =>
    `--x\r\nContent-Disposition: form-data; ${about}\r\n\r\n${text}\r\n`;
  const file = part('name="file"; filename="a.txt"', "small");
  const behind = part('name="alt"', "seen ".repeat(400)) + "--x--\r\n";
  const taken = await readForm(file, behind);
  assert.deepEqual(taken, { name: "a.txt", text: "small", alt: "seen ".repeat(400) });
  const first = file.slice(0, 70);
  const cut = await readForm(first, file.slice(70) + behind);
  assert.equal(cut.text, "small", "wherever its pieces are cut");
});

Deno.test("what a form makes a listener throw refuses the form, and is no fault of the server's", async () => {
  const headers = new Headers({ "content-type": "multipart/form-data; boundary=x" });
  const part = "--x\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nz\r\n--x--\r\n";
  const thrown = new TypeError("of a form that nobody thought of");
  const take = () => {
    throw thrown;
  };
  const refused = readFormFile(headers, usedAgain(part, "\r\n"), take);
  await assert.rejects(refused, { code: "bad_request", cause: thrown });
});

async function readForm(first: string, rest: string) {
  const headers = new Headers({ "content-type": "multipart/form-data; boundary=x" });
  const take = async ({ name }: FormFile, bytes: ReadableStream<Uint8Array>) => {
    // A disk that is busy: meanwhile all the rest could come.
    for (let turn = 0; turn < 200; turn++) await setImmediate();
    const text = [];
    const decoder = new TextDecoder();
    for await (const piece of bytes) {
      await setImmediate();
      text.push(decoder.decode(piece));
    }
    return { name, text: text.join("") };
  };
  const { taken, fields } = await readFormFile(headers, usedAgain(first, rest), take);
  return { ...taken, ...fields };
}

async function* usedAgain(first: string, rest: string): AsyncGenerator<Uint8Array> {
  const buffers = Array.from({ length: BUFFERS }, () => new Uint8Array(1_024));
  const pieces = [first, ...rest.match(new RegExp(`[^]{1,${LONG}}`, "g"))!];
  for (const [at, piece] of pieces.entries()) {
    await setImmediate();
    const buffer = buffers[at % BUFFERS]!.fill(0);
    const { written } = new TextEncoder().encodeInto(piece, buffer);
    yield buffer.subarray(0, written);
  }
}
