/** What becomes of files where sharp cannot be loaded, as in one executable. */
import assert from "node:assert/strict";
import sharp from "sharp";
import { answer } from "../../../lib/files/inspecting/worker_side.ts";

const SMALL = { create: { width: 60, height: 40, channels: 3, background: "#c86432" } } as const;
const WISH = { width: 32, height: 32, fit: "cover", most: 65_536 } as const;

Deno.test("without sharp a picture is known and cleaned, and has no thumbnail", async () => {
  const path = await Deno.makeTempFile();
  try {
    const exif = { IFD3: { GPSMapDatum: "the place" } };
    await Deno.writeFile(path, await sharp(SMALL).withExif(exif).jpeg().toBuffer());
    const reply = await answer({ kind: "inspect", path, said: { name: "", type: "" } }, null);
    assert.ok(reply.kind === "inspected");
    const { type, width, height, thumbnail, blur } = reply.inspected;
    assert.deepEqual([type, width, height], ["image/jpeg", 60, 40]);
    assert.deepEqual([thumbnail, blur], [null, null]);
    const after = new TextDecoder("latin1").decode(await Deno.readFile(path));
    assert.doesNotMatch(after, /the place/);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("without sharp a small picture is the original within limits, cleaned; a larger one is refused", async () => {
  const exif = { IFD3: { GPSMapDatum: "the place" } };
  const source = new Uint8Array(await sharp(SMALL).withExif(exif).png().toBuffer());
  const reply = await answer({ kind: "shrink", source, wish: WISH }, null);
  assert.ok(reply.kind === "shrunk");
  const { bytes, type, width, height } = reply.picture;
  assert.deepEqual([type, width, height], ["image/png", 60, 40]);
  assert.doesNotMatch(new TextDecoder("latin1").decode(bytes), /the place/);
  const most = source.length - 1;
  const refused = await answer({ kind: "shrink", source, wish: { ...WISH, most } }, null);
  assert.equal(refused.kind, "refused");
});

Deno.test("bytes that are no picture are refused, with sharp and without", async () => {
  const source = new TextEncoder().encode("GIF89a<script>alert(1)</script>");
  for (const decoder of [sharp, null]) {
    assert.equal((await answer({ kind: "shrink", source, wish: WISH }, decoder)).kind, "refused");
  }
});
