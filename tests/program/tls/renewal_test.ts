/** Renewed files: taken up once they are whole, and the ones in use kept for as long as they are not. */
import assert from "node:assert/strict";
import { createLogger } from "../../../lib/program/log.ts";
import type { CertifiedKey } from "../../../lib/program/tls/certified_key.ts";
import { Renewal } from "../../../lib/program/tls/renewal.ts";

const pair = (name: string): CertifiedKey => ({ cert: `cert ${name}`, key: `key ${name}` });

function stage() {
  const lines: string[] = [];
  const used: string[] = [];
  const disk: { now: CertifiedKey | Error } = { now: pair("one") };
  const renewal = new Renewal({
    current: pair("one"),
    read: () => disk.now instanceof Error ? Promise.reject(disk.now) : Promise.resolve(disk.now),
    renew: ({ cert }) => Promise.resolve(void used.push(cert)),
    log: createLogger({ level: "info", now: () => 0, write: (line) => lines.push(line) }),
  });
  const find = async (...found: (CertifiedKey | Error)[]) => {
    for (const each of found) {
      disk.now = each;
      await renewal.look();
    }
  };
  return { find, used, lines };
}

Deno.test("files that are as they were change nothing and are not spoken of", async () => {
  const { find, used, lines } = stage();
  await find(pair("one"), pair("one"), pair("one"));
  assert.deepEqual([used, lines], [[], []]);
});

Deno.test("a new pair is used once, when two looks have found the same", async () => {
  const { find, used, lines } = stage();
  await find(pair("two"));
  assert.deepEqual(used, []);
  await find(pair("two"), pair("two"), pair("two"));
  assert.deepEqual(used, ["cert two"]);
  assert.equal(lines.length, 1);
  await find(pair("three"), pair("three"));
  assert.deepEqual(used, ["cert two", "cert three"]);
});

Deno.test("a moment between the writing of the two files is no fault", async () => {
  const { find, used, lines } = stage();
  await find(new Error("The key does not belong."), pair("two"), pair("two"));
  assert.deepEqual(used, ["cert two"]);
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, / info /);
});

Deno.test("a pair that stays broken is told once, and the one in use stays", async () => {
  const { find, used, lines } = stage();
  const broken = new Error("The key does not belong.");
  await find(broken, broken, broken, broken);
  assert.deepEqual(used, []);
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, / error .*stays in use fault="The key does not belong\."/);
  await find(pair("one"), pair("one"), broken, broken);
  assert.equal(lines.length, 2, "it was mended in between");
  await find(pair("two"), pair("two"));
  assert.deepEqual(used, ["cert two"]);
});
