/** The process's own input and outputs, for the commands. */
import type { Terminal } from "./command.ts";

export const terminal: Terminal = {
  print: (text) => writeAll(Deno.stdout, text),
  note: (text) => writeAll(Deno.stderr, text),
  get interactive() {
    return Deno.stderr.isTerminal();
  },
  async readLine() {
    let text = "";
    for await (const part of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
      text += part;
      if (text.includes("\n")) break;
    }
    return text.split(/\r?\n/, 1)[0]!;
  },
};

/** A pipe may take less at a time than it is given, and its reader may have seen enough. */
function writeAll(to: { writeSync(bytes: Uint8Array): number }, text: string): void {
  let bytes = new TextEncoder().encode(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(to.writeSync(bytes));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
