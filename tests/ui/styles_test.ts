/** What holds for every style sheet, whoever writes it. */
import assert from "node:assert/strict";

const STYLES = new URL("../../lib/ui/styles/", import.meta.url);

/** `selector { … }` of one sheet, those in a media query among them. */
function rulesOf(sheet: string): { selector: string; body: string }[] {
  const plain = sheet.replace(/\/\*[^]*?\*\//g, "");
  return [...plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector, body]) => ({
    selector: selector!.trim(),
    body: body!,
  }));
}

Deno.test("whatever scrolls is the place of the hidden texts in it", async () => {
  const without: string[] = [];
  let scrolling = 0;
  for await (const { name } of Deno.readDir(STYLES)) {
    if (!name.endsWith(".css")) continue;
    for (const { selector, body } of rulesOf(await Deno.readTextFile(new URL(name, STYLES)))) {
      if (!/overflow(-[xy])?:[^;]*\b(auto|scroll)\b/.test(body)) continue;
      scrolling++;
      if (!/position:\s*(relative|fixed|absolute|sticky)/.test(body)) {
        without.push(`${name}: ${selector}`);
      }
    }
  }
  assert(scrolling >= 4, "the sheets were read");
  assert.deepEqual(without, []);
});

Deno.test("no view scrolls anything but its own pane", async () => {
  const found: string[] = [];
  async function walk(folder: URL): Promise<void> {
    for await (const entry of Deno.readDir(folder)) {
      const url = new URL(entry.name + (entry.isDirectory ? "/" : ""), folder);
      if (entry.isDirectory) await walk(url);
      else if (/\.tsx?$/.test(entry.name) && entry.name !== "pane.ts") {
        if ((await Deno.readTextFile(url)).includes("scrollIntoView")) found.push(entry.name);
      }
    }
  }
  for (const folder of ["../../lib/ui/", "../../islands/"]) {
    await walk(new URL(folder, import.meta.url));
  }
  assert.deepEqual(found, []);
});

/** Sheets that the first view weighs for, and what little in them stays lit a moment after a touch. */
const WEIGHED = ["attachments", "composer", "links", "message", "people", "shown_files", "text"]
  .concat("threads", "voice").map((name) => `${name}.css`);

/** A sheet without what it says for pointers that hover. */
function touched(sheet: string): string {
  const blocks = /@media \(hover: hover\)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g;
  return sheet.replace(/\/\*[^]*?\*\//g, "").replace(blocks, "");
}

Deno.test("what was touched does not stay lit as if a pointer were over it", async () => {
  const found: string[] = [];
  let hovering = 0;
  for await (const { name } of Deno.readDir(STYLES)) {
    if (!name.endsWith(".css")) continue;
    const sheet = await Deno.readTextFile(new URL(name, STYLES));
    if (sheet.includes(":hover")) hovering++;
    if (touched(sheet).includes(":hover") && !WEIGHED.includes(name)) found.push(name);
  }
  assert(hovering > WEIGHED.length, "the sheets were read");
  assert.deepEqual(found, []);
});
