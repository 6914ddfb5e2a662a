/** When sharp is loaded, and what becomes of files where it cannot be, as in one executable. */
import assert from "node:assert/strict";
import sharp from "sharp";
import { answer } from "../../../lib/files/inspecting/worker_side.ts";

const SMALL = { create: { width: 60, height: 40, channels: 3, background: "#c86432" } } as const;
const WISH = { width: 32, height: 32, fit: "cover", most: 65_536 } as const;

const none = () => Promise.resolve(null);

Deno.test("without sharp a picture is known and cleaned, and has no thumbnail", async () => {
  const path = await Deno.makeTempFile();
  try {
    const exif = { IFD3: { GPSMapDatum: "the place" } };
    await Deno.writeFile(path, await sharp(SMALL).withExif(exif).jpeg().toBuffer());
    const reply = await answer({ kind: "inspect", path, said: { name: "", type: "" } }, none);
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
  const reply = await answer({ kind: "shrink", source, wish: WISH }, none);
  assert.ok(reply.kind === "shrunk");
  const { bytes, type, width, height } = reply.picture;
  assert.deepEqual([type, width, height], ["image/png", 60, 40]);
  assert.doesNotMatch(new TextDecoder("latin1").decode(bytes), /the place/);
  const most = source.length - 1;
  const refused = await answer({ kind: "shrink", source, wish: { ...WISH, most } }, none);
  assert.equal(refused.kind, "refused");
});

Deno.test("bytes that are no picture are refused, with sharp and without", async () => {
  const source = new TextEncoder().encode("GIF89a<script>alert(1)</script>");
  for (const decoder of [() => Promise.resolve(sharp), none]) {
    assert.equal((await answer({ kind: "shrink", source, wish: WISH }, decoder)).kind, "refused");
  }
});

Deno.test("sharp is loaded for a picture, and for no other file", async () => {
  let loaded = 0;
  const decoder = () => {
    loaded += 1;
    return Promise.resolve(sharp);
  };
  const typeOf = async (bytes: Uint8Array) => {
    const path = await Deno.makeTempFile();
    try {
      await Deno.writeFile(path, bytes);
      const said = { name: "picture.png", type: "image/png" };
      const reply = await answer({ kind: "inspect", path, said }, decoder);
      assert.ok(reply.kind === "inspected");
      return reply.inspected.type;
    } finally {
      await Deno.remove(path);
    }
  };
  const text = (each: string) => new TextEncoder().encode(each);
  assert.equal(await typeOf(text("%PDF-1.7\n")), "application/pdf");
  for (const each of ["only words", "GIF89a<script>", "\0\0\0"]) await typeOf(text(each));
  await answer({ kind: "shrink", source: text("only words"), wish: WISH }, decoder);
  assert.equal(loaded, 0);
  assert.equal(await typeOf(await sharp(SMALL).png().toBuffer()), "image/png");
  assert.equal(loaded, 1);
});
