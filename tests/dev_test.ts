/** Development: one address for Vite and the server, pages that load the sources. */
import assert from "node:assert/strict";

const ROOT = new URL("../", import.meta.url);

Deno.test("dev.ts serves pages of the real server, and the client's sources through Vite", async () => {
  const dataDir = await Deno.makeTempDir();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-prompt", "-P=dev", "dev.ts", "--data-dir", dataDir],
    cwd: ROOT,
    env: { PORT: "0" },
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  try {
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes("\n")) {
      const { value, done } = await reader.read();
      if (done) break;
      text += value;
    }
    const url = /^Confab is at (http\S+)$/m.exec(text)?.[1];
    assert.ok(url, `it says where it is, not "${text}"`);
    const login = await fetch(`${url}/login`);
    assert.equal(login.status, 200);
    assert.match(await login.text(), /<link\s[^>]*href="\/lib\/ui\/styles\/auth\.css"/);
    const source = await fetch(`${url}/client.ts`);
    assert.match(await source.text(), /^import "\/@vite\/client";/);
    assert.ok((await Deno.stat(`${dataDir}/chat.db`)).isFile, "the server behind takes flags too");
    child.kill("SIGTERM");
    while (!(await reader.read()).done);
    assert.equal((await child.status).code, 0);
  } finally {
    endAtOnce(child);
    await child.status;
    await Deno.remove(dataDir, { recursive: true });
  }
});

/** Where an assertion failed, the child still runs; where none did, it has ended. */
function endAtOnce(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}
