/** Progress: one line that is written over on a screen, now and then a line in a log. */
import assert from "node:assert/strict";
import { createProgress, rowsAndRate } from "../../../lib/program/commands/progress.ts";

function told(interactive: boolean) {
  let now = 0;
  let text = "";
  const terminal = { note: (part: string) => void (text += part), interactive };
  const progress = createProgress(terminal, () => now);
  return { progress, at: (time: number) => (now = time), text: () => text };
}

Deno.test("in a log there is a line every five seconds, and none for what is quick", () => {
  const { progress, at, text } = told(false);
  for (let time = 0; time <= 11_000; time += 100) {
    at(time);
    progress.at(() => `at ${time}`);
  }
  progress.end();
  assert.equal(text(), "at 5000\nat 10000\n");
});

Deno.test("on a screen it is one line, which is gone at the end", () => {
  const { progress, at, text } = told(true);
  at(100);
  progress.at(() => "never");
  at(250);
  progress.at(() => "half");
  progress.end();
  assert.equal(text(), "\r\x1b[Khalf\r\x1b[K");
});

Deno.test("rows are told with their rate, of this run alone", () => {
  assert.equal(rowsAndRate(12_345, 67_890, 2_345, 0.5), "12,345 of 67,890 rows, 4,690 a second");
  assert.equal(rowsAndRate(0, 10, 0, 0), "0 of 10 rows");
});
