/** Files on their way in several tabs of one browser: each is sent by one, and all see the same. */
import assert from "node:assert/strict";
import { createMemoryFiles } from "../../lib/client/file_storage.ts";
import { createMemoryStorage } from "../../lib/client/outbox_storage.ts";
import { createMemoryShelf } from "../../lib/client/shelf.ts";
import { ModelFiles } from "../support/model_files.ts";
import { FakeClock } from "../support/model_link.ts";
import { ModelServer } from "../support/model_server.ts";
import { modelTabs } from "../support/model_tabs.ts";
import { sane } from "./outbox_fixture.ts";
import { assertArrived, fileNamed, online, sentFiles, uploadWorld } from "./uploads_fixture.ts";

async function twoTabs() {
  const server = new ModelServer([1, 2], [1, 2]);
  const shared = {
    storage: createMemoryStorage(),
    kept: createMemoryFiles(),
    shelf: createMemoryShelf(),
    clock: new FakeClock(),
    files: new ModelFiles(),
    environment: modelTabs(),
  };
  const first = await online(uploadWorld({ ...shared, name: "first" }, server));
  const second = await online(uploadWorld({ ...shared, name: "second" }, server));
  await first.client.actions.loadUploads();
  await second.client.actions.loadUploads();
  const until = (check: () => void) =>
    first.until(() => {
      void second.link.drain();
      check();
    });
  return { server, first, second, ...shared, until };
}

const stop = (...tabs: { client: { stop(): void } }[]) => tabs.forEach((tab) => tab.client.stop());

Deno.test("what one tab attaches the other shows, and one of them sends it", sane, async () => {
  const { server, first, second, files, until } = await twoTabs();
  await first.client.actions.attach(1, [fileNamed("a.txt"), fileNamed("b.txt")]);
  await until(() => {
    const states = second.attached().map(({ name, state }) => `${name} ${state}`);
    assert.deepEqual(states, ["a.txt ready", "b.txt ready"]);
  });
  assert.deepEqual(files.log, ["POST /api/files", "POST /api/files", "PATCH 1 0", "PATCH 2 0"]);
  second.client.actions.detach(1, second.attached()[0]!.local);
  await until(() => assert.equal(first.attached().length, 1));
  second.client.actions.send("see");
  await until(() => assert.deepEqual(sentFiles(server), ["see b.txt"]));
  await until(() => assert.deepEqual([first.attached(), second.attached()], [[], []]));
  stop(first, second);
});

Deno.test("when the tab that sends is closed, another goes on where it was", sane, async () => {
  const { server, first, second, files, clock, until } = await twoTabs();
  const large = fileNamed("large.bin", 2_500_000);
  files.fate = (asked) => asked === "PATCH 1 1048576" ? "lost" : "arrives";
  await second.client.actions.attach(1, [large]);
  second.client.actions.send("see");
  await until(() => assert.ok(files.log.includes("PATCH 1 0")));
  second.link.cut();
  second.client.stop();
  files.fate = () => "arrives";
  await clock.advance(60_000);
  await first.until(() => assert.deepEqual(sentFiles(server), ["see large.bin"]));
  await assertArrived(files, 1, large);
  assert.equal(files.log.filter((asked) => asked === "PATCH 1 0").length, 1);
  stop(first);
});

Deno.test("what one tab takes back is a draft in both, and lost in none", sane, async () => {
  const { server, first, second, files, kept, until } = await twoTabs();
  first.client.actions.openRoom(1);
  files.fate = () => "lost";
  await second.client.actions.attach(1, [fileNamed("a.txt")]);
  second.client.actions.send("see");
  await until(() => assert.equal(first.client.state.pending.value.length, 1));
  first.client.actions.takeBack(first.client.state.pending.value[0]!.clientId);
  files.fate = () => "arrives";
  for (const tab of [first, second]) {
    await until(() => assert.equal(tab.attached()[0]?.state, "ready"));
  }
  assert.equal((await kept.all(1)).length, 1);
  first.client.actions.send("see again");
  await until(() => assert.deepEqual(sentFiles(server), ["see again a.txt"]));
  await until(() => assert.deepEqual([first.attached(), second.attached()], [[], []]));
  stop(first, second);
});

Deno.test(
  "a tab that is first with another's new file leaves it to the one that has its bytes",
  sane,
  async () => {
    const { server, first, second, kept, clock, until } = await twoTabs();
    const { environment } = first.link;
    const { put } = kept;
    // The tab is slow, and so is the browser's storage.
    const stored = Promise.withResolvers<void>();
    kept.put = (record, bytes) => stored.promise.then(() => put(record, bytes));
    const { lock } = environment;
    environment.lock = (...asked) => {
      let release = () => {};
      const timer = clock.setTimeout(() => release = lock!(...asked), 100);
      return () => {
        clock.clearTimeout(timer);
        release();
      };
    };
    await first.client.actions.attach(1, [fileNamed("a.txt")]);
    await until(() => assert.equal(second.attached().length, 1));
    await clock.advance(2_000);
    await until(() => assert.equal(first.attached()[0]?.state, "ready"));
    stored.resolve();
    first.client.actions.send("see");
    await until(() => assert.deepEqual(sentFiles(server), ["see a.txt"]));
    stop(first, second);
  },
);

Deno.test(
  "a file whose tab went before the browser kept it is lost, after a while",
  sane,
  async () => {
    const { first, second, kept, clock, until } = await twoTabs();
    kept.put = () => new Promise(() => {});
    first.link.environment.lock = () => () => {};
    await first.client.actions.attach(1, [fileNamed("a.txt")]);
    await until(() => assert.equal(second.attached().length, 1));
    first.client.stop();
    await clock.advance(5_000);
    assert.notEqual(second.attached()[0]!.state, "failed");
    await clock.advance(20_000);
    await second.until(() => assert.equal(second.attached()[0]!.error?.code, "lost"));
    stop(second);
  },
);

Deno.test("a tab that was put to sleep with a file does not keep it", sane, async () => {
  const { first, second, until } = await twoTabs();
  second.files.fate = (asked) => asked.startsWith("PATCH") ? "lost" : "arrives";
  await second.client.actions.attach(1, [fileNamed("a.txt")]);
  await until(() => assert.equal(first.attached()[0]?.state, "waiting"));
  // Its clock stands still, and it keeps what it holds.
  second.link.environment.setTimeout = () => 0;
  second.link.cut();
  second.files.fate = () => "arrives";
  await until(() => assert.equal(first.attached()[0]?.state, "ready"));
  stop(first, second);
});

Deno.test("who tries again takes it from a tab that does nothing", sane, async () => {
  const { first, second, files, until } = await twoTabs();
  let isStuck = true;
  files.fate = (asked) => isStuck && asked.startsWith("PATCH") ? "lost" : "arrives";
  await second.client.actions.attach(1, [fileNamed("a.txt")]);
  await until(() => assert.equal(first.attached()[0]?.state, "waiting"));
  second.link.cut();
  isStuck = false;
  first.client.actions.retryUpload(first.attached()[0]!.local);
  await until(() => assert.equal(first.attached()[0]?.state, "ready"));
  stop(first, second);
});

Deno.test("after a logout on another page no tab shows or sends anything", sane, async () => {
  const { first, second, files, environment, until } = await twoTabs();
  files.fate = () => "lost";
  await first.client.actions.attach(1, [fileNamed("a.txt")]);
  await until(() => assert.equal(second.attached().length, 1));
  const page = environment.channel("confab-files-model-1", () => {})!;
  page.post({ type: "cleared" });
  page.close();
  assert.deepEqual([first.attached(), second.attached()], [[], []]);
  files.fate = () => "arrives";
  await first.link.clock.advance(60_000);
  await first.link.drain();
  assert.deepEqual(files.log, []);
  stop(first, second);
});
