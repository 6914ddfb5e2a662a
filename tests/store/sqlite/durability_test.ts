/** A killed process loses no message that it had acknowledged. */
import assert from "node:assert/strict";
import { openIn, tested, withFolder } from "./support.ts";
import { historyOf } from "../../support/store_reads.ts";

/** Reads lines until one satisfies; the stream ends when the process does. */
async function readAcks(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  enough: number,
): Promise<number[]> {
  const acks: number[] = [];
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    acks.push(...lines.map(Number));
    if (acks.length >= enough) break;
  }
  return acks;
}

tested(
  "every message acknowledged before the process was killed is there afterwards",
  () =>
    withFolder(async (folder) => {
      const writer = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          "--no-check",
          new URL("./endless_writer.ts", import.meta.url).href,
          folder,
        ],
        stdout: "piped",
      }).spawn();
      const acks = await readAcks(writer.stdout, 300);
      writer.kill("SIGKILL");
      await writer.status;
      assert.ok(acks.length >= 300);

      const { store } = await openIn(folder);
      const user = (await store.credentials({ username: "ann" }))!.user;
      const { head } = await store.getRoom({ userId: user.id, room: 1 });
      const seqs = new Set<number>();
      for (let after = 0; after < head;) {
        const page = await historyOf(store, {
          userId: user.id,
          room: 1,
          anchor: { after },
          limit: 100,
        });
        for (const message of page.messages) seqs.add(message.seq);
        after = page.messages.at(-1)!.seq;
      }
      assert.equal(seqs.size, head, "the head has no hole");
      assert.deepEqual(acks.filter((seq) => !seqs.has(seq)), []);
      await store.close();
    }),
);
