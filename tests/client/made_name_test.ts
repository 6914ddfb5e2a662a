/** A picture in a new form is called by it. */
import assert from "node:assert/strict";
import { madeName } from "../../lib/client/made_name.ts";

Deno.test("the ending of a name follows what the picture has become", () => {
  const names: [name: string, type: string, expected: string][] = [
    ["IMG_1.HEIC", "image/jpeg", "IMG_1.jpg"],
    ["IMG_1.JPG", "image/jpeg", "IMG_1.JPG"],
    ["photo.jpeg", "image/jpeg", "photo.jpeg"],
    ["screen.shot.png", "image/webp", "screen.shot.webp"],
    ["image", "image/jpeg", "image.jpg"],
    [".png", "image/webp", ".png.webp"],
    ["снимок.bmp", "image/webp", "снимок.webp"],
    ["v1.final version", "image/jpeg", "v1.final version.jpg"],
    ["odd.xyz", "image/unknown", "odd.xyz"],
  ];
  for (const [name, type, expected] of names) assert.equal(madeName(name, type), expected);
});
