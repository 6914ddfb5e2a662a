/** Letters on their way: what happens to the queue when the mail server is slow, away, or refuses. */
import assert from "node:assert/strict";
import { type Letter, MailFault } from "../../lib/mail/letter.ts";
import { Postman } from "../../lib/mail/postman.ts";
import type { ReadyLetter } from "../../lib/store/contract/letters.ts";

/** A queue in memory, and a mail server that does as the test says. */
function setUp(send: (letter: Letter) => Promise<void>) {
  const waiting: number[] = [];
  const sent: number[] = [];
  const log: string[] = [];
  let look = () => {};
  const ready = (id: number): ReadyLetter => ({
    kind: "reset",
    to: `${id}@example.org`,
    username: "ann",
    language: "en",
    detail: {},
  });
  const note = (message: string) => void log.push(message);
  const postman = new Postman({
    store: {
      takeLetters: ({ limit }) =>
        Promise.resolve(waiting.splice(0, limit).map((id) => ({ id, tries: 1 }))),
      readyLetter: ({ id }) => Promise.resolve(id < 0 ? null : ready(id)),
      sentLetter: ({ id }) => Promise.resolve(void sent.push(id)),
    },
    open: () => Promise.resolve({ send, close() {} }),
    write: ({ to }) => Promise.resolve({ to, subject: "", text: "", html: "" }),
    newToken: () => Promise.resolve({ token: "token", hash: "hash" }),
    now: () => 5,
    loop: {
      every: (_ms, task) => {
        look = task;
        return () => {};
      },
    },
    log: { error: note, info: note, warn: note },
  });
  return { postman, waiting, sent, log, look: () => look() };
}

/** All that is done without waiting for anybody. */
const settled = async () => {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
};

Deno.test("what waits is sent, three at a time, and what is for nobody is not", async () => {
  let most = 0;
  let now = 0;
  const { postman, waiting, sent } = setUp(async () => {
    most = Math.max(most, ++now);
    await Promise.resolve();
    now--;
  });
  waiting.push(1, 2, -3, 4, 5, 6, 7);
  postman.wake();
  await settled();
  assert.deepEqual(sent.sort(), [1, 2, 4, 5, 6, 7]);
  assert.equal(most, 3);
  assert.deepEqual(postman.state(), { failing: null, sent: 6 });
  await postman.close();
});

Deno.test("a server that is away is told once, asked again later, and told when it is back", async () => {
  let away = true;
  const { postman, waiting, sent, log, look } = setUp(() =>
    away ? Promise.reject(new MailFault("server", "no answer")) : Promise.resolve()
  );
  waiting.push(1, 2, 3, 4);
  postman.wake();
  await settled();
  assert.deepEqual(waiting, [4], "the rest is not tried at once");
  look();
  await settled();
  assert.equal(log.filter((line) => line.includes("takes no letters")).length, 1);
  assert.deepEqual(postman.state().failing, { since: 5, reason: "no answer" });
  away = false;
  waiting.push(1, 2, 3, 4);
  look();
  await settled();
  assert.deepEqual(sent.sort(), [1, 2, 3, 4]);
  assert.equal(log.at(-1), "the mail server takes letters again");
  assert.equal(postman.state().failing, null);
  await postman.close();
});

Deno.test("an address that takes nothing is given up, and holds nobody else up", async () => {
  const { postman, waiting, sent, log } = setUp(({ to }) =>
    to.startsWith("2")
      ? Promise.reject(new MailFault("recipient", "no such user"))
      : Promise.resolve()
  );
  waiting.push(1, 2, 3, 4);
  postman.wake();
  await settled();
  assert.deepEqual(sent.sort(), [1, 2, 3, 4]);
  assert.equal(postman.state().failing, null);
  assert.equal(log.length, 1);
  assert.ok(!log[0]!.includes("@"));
  await postman.close();
});

Deno.test("the end waits for nothing that is being sent, and begins nothing more", async () => {
  const { promise, reject } = Promise.withResolvers<void>();
  const { postman, waiting, sent, log } = setUp(() => promise);
  waiting.push(1);
  postman.wake();
  await settled();
  const closed = postman.close();
  reject(new MailFault("server", "the program stops"));
  await closed;
  waiting.push(2);
  postman.wake();
  await settled();
  assert.deepEqual([sent, log], [[], []]);
});
