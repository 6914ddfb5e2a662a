/** How the file of a database is opened: without a harm to those who have it open already. */
import assert from "node:assert/strict";
import { openReader, openWriter } from "../../../lib/store/sqlite/open.ts";
import { tryAlone } from "../../support/other_program.ts";
import { withFolder } from "./support.ts";

Deno.test("a connection that opens takes no lock from one that is there", () =>
  withFolder(async (folder) => {
    const path = `${folder}/chat.db`;
    const first = await openWriter(path, "epoch-1");
    const log = () => Deno.statSync(`${path}-wal`).ino;
    const before = log();
    const others = [openReader(path), await openWriter(path, "epoch-1")];
    assert.match(await tryAlone(path), /locked/);
    assert.equal(log(), before);
    for (const each of [...others, first]) each.close();
    assert.equal(await tryAlone(path), "exclusive");
  }));

Deno.test("a new file is its owner's alone, and one that exists keeps its mode", () =>
  withFolder(async (folder) => {
    const path = `${folder}/chat.db`;
    const mode = () => Deno.statSync(path).mode! & 0o777;
    (await openWriter(path, "epoch-1")).close();
    assert.equal(mode(), 0o600);
    Deno.chmodSync(path, 0o640);
    (await openWriter(path, "epoch-1")).close();
    assert.equal(mode(), 0o640);
  }));
