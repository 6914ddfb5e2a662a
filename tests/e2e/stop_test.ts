/** A stop in order while people are in the middle of talking: each hears why, and comes back. */
import assert from "node:assert/strict";
import type { ServerEvent } from "../../lib/protocol/events.ts";
import { faultTest, Scene } from "../faults/scene.ts";
import type { Person } from "../support/chat_client.ts";
import { RawSocket } from "../support/raw_socket.ts";

const TALKERS = 20;
/** Between two frames of one talker: 200 a second, milliseconds. */
const PAUSE = 5;
/** How many frames were under way when the goodbye came. */
const LATE_FRAMES = 10;

/** Goes on sending until it is told to read; knows nothing of what it has not read. */
class Talker implements Disposable {
  readonly heard: string[] = [];
  /** Frames that the connection did not take. */
  failed = 0;
  #socket: RawSocket | null = null;

  constructor(private readonly person: Person) {}

  async connect(): Promise<void> {
    const ready = Promise.withResolvers<void>();
    const { api } = this.person;
    this.#socket = await RawSocket.open(api.url, {
      headers: api.headers,
      onText: (text) => {
        // The cast: what the server sends is what this test asks.
        const types = (JSON.parse(text) as ServerEvent[]).map(({ type }) => type);
        this.heard.push(...types);
        if (!types.includes("ack")) return;
        this.#socket!.pause();
        ready.resolve();
      },
    });
    await this.#socket.send('{"type":"sync","rooms":{}}');
    await ready.promise;
  }

  async talk(frames: number): Promise<void> {
    for (let count = 0; count < frames; count++) {
      if (!await this.#socket!.send('{"type":"pong"}')) this.failed += 1;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  read(): Promise<number> {
    this.#socket!.resume();
    return this.#socket!.closed;
  }

  [Symbol.dispose](): void {
    this.#socket?.[Symbol.dispose]();
  }
}

faultTest("who is still talking when the program stops is told bye, and 1012", async (random) => {
  await Scene.run(random, { people: TALKERS }, async ({ people, program }) => {
    using stack = new DisposableStack();
    const talkers = people.map((person) => stack.use(new Talker(person)));
    await Promise.all(talkers.map((talker) => talker.connect()));
    await Promise.all(talkers.map((talker) => talker.talk(LATE_FRAMES)));
    const stopped = program.kill("SIGTERM");
    await Promise.all(talkers.map((talker) => talker.talk(LATE_FRAMES)));
    const codes = await Promise.all(talkers.map((talker) => talker.read()));
    assert.deepEqual(codes, talkers.map(() => 1012));
    for (const { heard, failed } of talkers) {
      assert.equal(heard.filter((type) => type === "bye").length, 1);
      assert.equal(failed, 0, "nobody was cut off in the middle of a word");
    }
    assert.deepEqual(await stopped, { code: 0, signal: null });
  });
});
