/** Connections whose other end is gone without a word vanish from presence. */
import assert from "node:assert/strict";
import { ChatSocket } from "../support/chat_client.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { faultTest, report, Scene } from "./scene.ts";

const WITHIN = 60_000;
const KINDS = 3;

faultTest("half-open connections vanish from presence within 60 s", async (random) => {
  await Scene.run(random, { people: 1 + KINDS }, async (scene) => {
    const [ann, mute, deaf, stuck] = scene.people;
    const watcher = await ChatSocket.connect(ann!);
    const open = (person: typeof mute) =>
      RawSocket.open(scene.url, { headers: person!.api.headers as Record<string, string> });
    // One reads and answers nothing; one does not even read; one is in the middle of a frame.
    using _mute = await open(mute);
    using unread = await open(deaf);
    unread.pause();
    using half = await open(stuck);
    await half.write(new Uint8Array([0x81, 0xfe, 0x10, 0x00, 0, 0, 0, 0, 0x7b]));
    const ids = [mute!.id, deaf!.id, stuck!.id];
    const told = (status: string) =>
      ids.every((id) =>
        watcher.all("presence").findLast(({ users }) => users[id] !== undefined)?.users[id] ===
          status
      );
    await watcher.until(() => told("online"), "news that they are here");
    const from = performance.now();
    while (!told("offline")) {
      const spent = performance.now() - from;
      assert.ok(spent < WITHIN, "they are still shown as present");
      // An own round trip: `until` alone would give up long before a minute has passed.
      await watcher.settled();
      await new Promise<void>((resolve) => setTimeout(resolve, 250));
    }
    report(
      `all ${KINDS} kinds were gone after ${((performance.now() - from) / 1000).toFixed(0)} s`,
    );
    await watcher.close();
  });
}, { soakOnly: true });
