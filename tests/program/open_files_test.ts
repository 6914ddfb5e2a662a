import assert from "node:assert/strict";
import { createLogger } from "../../lib/program/log.ts";
import { checkOpenFiles } from "../../lib/program/open_files.ts";
import { startProgram } from "../support/program.ts";

/** A system that lets so many be open, and what the log says then. */
async function check(limit: number, connectionsPerAddress: number) {
  const lines: string[] = [];
  let [open, most] = [0, 0];
  await checkOpenFiles({
    config: { connectionsPerAddress },
    log: createLogger({ level: "warn", now: () => 0, write: (line) => lines.push(line) }),
    open() {
      if (open >= limit) throw new Error("Too many open files (os error 24)");
      most = Math.max(most, ++open);
      return { [Symbol.dispose]: () => void open-- };
    },
    pause: () => Promise.resolve(),
  });
  assert.equal(open, 0, "all are closed again");
  return { lines, most };
}

Deno.test("where one address could use up all files, the log says what to do", async () => {
  const { lines } = await check(1_000, 2_000);
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, /LimitNOFILE=.*CONFAB_CONNECTIONS_PER_ADDRESS possible=1000 wanted=2256/);
});

Deno.test("where there are enough nothing is said, and no more are tried than that", async () => {
  assert.deepEqual(await check(1_000_000, 2_000), { lines: [], most: 2_256 });
  assert.deepEqual(await check(1_000_000, 0), { lines: [], most: 4_096 });
});

Deno.test({
  name: "the program notices how few files it may open",
  ignore: Deno.build.os === "windows",
  sanitizeOps: true,
  sanitizeResources: true,
  async fn() {
    await using few = await startProgram({ openFiles: 300 });
    await using enough = await startProgram();
    const deadline = performance.now() + 20_000;
    while (!few.stderr().includes("LimitNOFILE") && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.match(few.stderr(), /warn one address could use up all .* possible=\d+ wanted=2256/);
    assert.ok((await fetch(`${few.url}/healthz`).then((answer) => answer.json())).status === "ok");
    assert.doesNotMatch(enough.stderr(), /LimitNOFILE/);
  },
});
