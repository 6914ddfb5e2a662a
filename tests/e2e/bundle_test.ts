/** The bundle that "deno task start" runs, beside the program from its sources. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { buildProject } from "../../build.ts";
import { startProgram } from "../support/program.ts";

const PATHS = ["/login", "/signup", "/", "/nowhere", "/api/rooms", "/healthz", "/readyz"];

Deno.test("the bundle answers as the program does from its sources", async () => {
  await using bundle = await startProgram();
  await using sources = await startProgram({ entry: "main.ts" });
  for (const path of PATHS) {
    const [left, right] = await Promise.all([bundle, sources].map(({ url }) => ask(url + path)));
    assert.deepEqual(left, right, path);
  }
});

Deno.test("nothing in the bundle takes the runtime's timers as it loads", async () => {
  await buildProject();
  const folder = new URL("../../dist/server/", import.meta.url);
  for await (const { name } of Deno.readDir(folder)) {
    assert.doesNotMatch(
      await Deno.readTextFile(new URL(name, folder)),
      /\?\s*setTimeout\s*:/,
      name,
    );
  }
});

Deno.test("the bundle names no package, which Deno would look for at each start", async () => {
  await buildProject();
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "dist/server/main.js"],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
  }).output();
  const { modules }: { modules: { kind: string; specifier: string }[] } = JSON.parse(
    new TextDecoder().decode(stdout),
  );
  assert.ok(modules.some(({ specifier }) => specifier.endsWith("/app.js")));
  assert.deepEqual(modules.filter(({ kind }) => kind === "npm"), []);
});

async function ask(url: string) {
  const headers = { accept: "text/html", "accept-language": "en" };
  const response = await fetch(url, { headers, redirect: "manual" });
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => name !== "date"),
    text: await response.text(),
  };
}
