/** Which voice messages were heard: asked for together, marked at once, kept up by events. */
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { createHearing, type HeardMarks } from "../../lib/client/heard.ts";
import { HeardLater } from "../../lib/client/heard_later.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { createMemoryShelf } from "../../lib/client/shelf.ts";
import type { Api } from "../../lib/client/api.ts";

function scene(answer: (path: string) => unknown) {
  const asked: string[] = [];
  const heard: HeardMarks = signal(new Map());
  const api = ((method: string, path: string) => {
    asked.push(`${method} ${path}`);
    return Promise.resolve().then(() => answer(path));
  }) as Api; // the tests' answers are of the type that is asked for
  const environment = { shelf: createMemoryShelf(), random: () => 0, setTimeout: () => 0 };
  const later = new HeardLater({
    bootstrap: { me: { id: 1 } },
    environment,
    api,
    epoch: signal(null),
  });
  return { asked, heard, ...createHearing(api, heard, later) };
}

Deno.test("players that ask in one moment ask together, and nobody asks for what is known", async () => {
  const { asked, heard, askHeard } = scene(() => ({ heard: [2] }));
  await Promise.all([askHeard([1]), askHeard([2, 3]), askHeard([1])]);
  assert.deepEqual(asked, ["GET /api/me/heard?messages=1,2,3"]);
  assert.deepEqual([...heard.value], [[1, false], [2, true], [3, false]]);
  await askHeard([1, 2]);
  assert.equal(asked.length, 1);
});

Deno.test("more than the server answers at once are asked for one after another", async () => {
  const { asked, heard, askHeard } = scene(() => ({ heard: [] }));
  await askHeard(Array.from({ length: 150 }, (_, index) => index + 1));
  assert.equal(asked.length, 2);
  assert.equal(heard.value.size, 150);
});

Deno.test("where an answer fails, who wants to know asks again, however many they are", async () => {
  let fails = true;
  const { asked, heard, askHeard } = scene(() => {
    if (fails) throw new TypeError("The network is gone.");
    return { heard: [] };
  });
  const all = Array.from({ length: 150 }, (_, index) => index + 1);
  await askHeard(all);
  assert.equal(asked.length, 1);
  fails = false;
  await askHeard(all);
  assert.equal(heard.value.size, 150);
});

Deno.test("what an event says is not taken back by an answer that it has overtaken", async () => {
  const { heard, askHeard } = scene(() => {
    heard.value = new Map([[1, true]]);
    return { heard: [] };
  });
  await askHeard([1]);
  assert.equal(heard.value.get(1), true);
});

Deno.test("what one listens to is heard at once, told once, and again where that was refused", async () => {
  let fails = true;
  const { asked, heard, hear } = scene(() => {
    if (fails) throw new RequestError("not_found", "There is no such message.");
  });
  const first = hear(7);
  assert.equal(heard.value.get(7), true);
  await first;
  assert.equal(heard.value.get(7), false);
  fails = false;
  await hear(7);
  await hear(7);
  assert.equal(heard.value.get(7), true);
  assert.deepEqual(asked, ["PUT /api/messages/7/heard", "PUT /api/messages/7/heard"]);
});

Deno.test("what one listens to while the network is away stays heard, whatever the server still says", async () => {
  const { heard, hear, askHeard } = scene((path) => {
    if (path.endsWith("/heard")) throw new TypeError("The network is gone.");
    return { heard: [] };
  });
  await hear(7);
  assert.equal(heard.value.get(7), true);
  heard.value = new Map(); // as after a reload
  await askHeard([7]);
  assert.equal(heard.value.get(7), true);
});
