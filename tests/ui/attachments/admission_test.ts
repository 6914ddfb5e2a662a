import assert from "node:assert/strict";
import { admit } from "../../../lib/ui/attachments/admission.ts";

const LIMITS = { fileSize: 1_000, filesPerMessage: 3 };
const file = (name: string, size: number, type = "") => ({ name, size, type });

Deno.test("what fits is taken, in its order, and what is too large is refused by name", () => {
  const files = [file("a.txt", 1_000), file("b.zip", 1_001), file("c.txt", 0)];
  const { taken, refused } = admit(files, 0, LIMITS);
  assert.deepEqual(taken, [files[0], files[2]]);
  assert.deepEqual(refused, [{ name: "b.zip", reason: "large" }]);
});

Deno.test("a message takes no more files than it may have, with those that it has", () => {
  const files = [file("a", 1), file("b", 1)];
  assert.deepEqual(admit(files, 2, LIMITS), {
    taken: [files[0]],
    refused: [{ name: "b", reason: "many" }],
  });
  assert.deepEqual(admit(files, 3, LIMITS).taken, []);
});

Deno.test("a picture that can be made smaller may be larger, other pictures may not", () => {
  const photo = file("a.jpg", 3_000, "image/jpeg");
  assert.deepEqual(admit([photo], 0, LIMITS).taken, [photo]);
  for (const type of ["image/gif", "image/svg+xml", "image/heic", "video/mp4", ""]) {
    assert.deepEqual(admit([file("a", 3_000, type)], 0, LIMITS).taken, [], type);
  }
  assert.deepEqual(admit([file("a.jpg", 5_000, "image/jpeg")], 0, LIMITS).taken, []);
});
