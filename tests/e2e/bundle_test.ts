/** The bundle that "deno task start" runs, beside the program from its sources. */
import assert from "node:assert/strict";
import { startProgram } from "../support/program.ts";

const PATHS = ["/login", "/signup", "/", "/nowhere", "/api/rooms", "/healthz", "/readyz"];

Deno.test("the bundle answers as the program does from its sources", async () => {
  await using bundle = await startProgram();
  await using sources = await startProgram({ entry: "main.ts" });
  for (const language of ["en", "ru"]) {
    for (const path of PATHS) {
      const [left, right] = await Promise.all(
        [bundle, sources].map(({ url }) => ask(url + path, language)),
      );
      assert.deepEqual(left, right, `${path} in ${language}`);
    }
  }
});

Deno.test("the bundle is in ASCII, which the engine takes as it is", async () => {
  const folder = new URL("../../dist/server/", import.meta.url);
  for await (const { name } of Deno.readDir(folder)) {
    assert.doesNotMatch(await Deno.readTextFile(new URL(name, folder)), /\P{ASCII}/u, name);
  }
});

async function ask(url: string, language: string) {
  const headers = { accept: "text/html", "accept-language": language };
  const response = await fetch(url, { headers, redirect: "manual" });
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => name !== "date"),
    text: await response.text(),
  };
}
