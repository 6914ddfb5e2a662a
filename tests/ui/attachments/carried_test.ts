import assert from "node:assert/strict";
import {
  type Carried,
  carriesFiles,
  droppedFiles,
  pastedFiles,
} from "../../../lib/ui/attachments/carried.ts";

function carried(
  files: File[],
  texts: Record<string, string> = {},
  folders: boolean[] = files.map(() => false),
): Carried {
  return {
    types: [...Object.keys(texts), ...files.length > 0 ? ["Files"] : []],
    files,
    items: [
      { kind: "string", webkitGetAsEntry: () => null },
      ...folders.map((isDirectory) => ({
        kind: "file",
        // No more of an entry than is asked for.
        webkitGetAsEntry: () => ({ isDirectory }) as FileSystemEntry,
      })),
    ],
    getData: (type) => texts[type] ?? "",
  };
}

const picture = new File(["x"], "image.png", { type: "image/png" });
const report = new File(["x"], "report 1.pdf", { type: "application/pdf" });

Deno.test("a copied picture is pasted as a file, also with the address that it came from", () => {
  assert.deepEqual(pastedFiles(carried([picture])), [picture]);
  const html = { "text/html": '<img src="https://a.example/x.png">' };
  assert.deepEqual(pastedFiles(carried([picture], html)), [picture]);
});

Deno.test("cells and text that bring a picture of themselves are pasted as text", () => {
  const texts = { "text/plain": "1\t2\n3\t4", "text/html": "<table></table>" };
  assert.deepEqual(pastedFiles(carried([picture], texts)), []);
  assert.deepEqual(pastedFiles(carried([], { "text/plain": "hello" })), []);
  assert.deepEqual(pastedFiles(null), []);
});

Deno.test("files copied in a file manager are files, though their names come along as text", () => {
  for (
    const names of ["image.png\nreport 1.pdf", "/home/ann/image.png", "C:\\files\\report 1.pdf"]
  ) {
    const files = [picture, report];
    assert.deepEqual(pastedFiles(carried(files, { "text/plain": names })), files, names);
  }
  assert.deepEqual(pastedFiles(carried([picture], { "text/plain": "image.png and more" })), []);
});

Deno.test("folders are told apart from the files that are dropped with them", () => {
  const folder = new File([], "holiday");
  const data = carried([picture, folder, report], {}, [false, true, false]);
  assert.deepEqual(droppedFiles(data), { files: [picture, report], folders: ["holiday"] });
  assert.deepEqual(droppedFiles(null), { files: [], folders: [] });
});

Deno.test("text that is dragged is not taken for files", () => {
  assert.equal(carriesFiles({ types: ["text/plain", "text/uri-list"] }), false);
  assert.equal(carriesFiles({ types: ["Files"] }), true);
  assert.equal(carriesFiles(null), false);
});
