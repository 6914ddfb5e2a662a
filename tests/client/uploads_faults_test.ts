/** Files on their way through bad networks, closed tabs and new histories: all of it once. */
import assert from "node:assert/strict";
import { createMemoryFiles } from "../../lib/client/file_storage.ts";
import { createMemoryStorage } from "../../lib/client/outbox_storage.ts";
import { createMemoryShelf } from "../../lib/client/shelf.ts";
import { type Fate, ModelFiles } from "../support/model_files.ts";
import { FakeClock } from "../support/model_link.ts";
import { sane } from "./outbox_fixture.ts";
import { assertArrived, fileNamed, online, sentFiles, uploadWorld } from "./uploads_fixture.ts";

/** Begun, two parts, described, sent: so many requests and one more. */
const STAGES = 6;
const LARGE = 2_500_000;

/** What one browser keeps, from tab to tab. */
function browser() {
  return {
    kept: createMemoryFiles(),
    storage: createMemoryStorage(),
    shelf: createMemoryShelf(),
    clock: new FakeClock(),
    files: new ModelFiles(),
  };
}

/** The `at`th request, counted from 0, has this fate, and so have the next `times - 1`. */
function once(at: number, fate: Fate, times = 1): () => Fate {
  let asked = 0;
  return () => {
    const here = asked++;
    return here >= at && here < at + times ? fate : "arrives";
  };
}

for (const fate of ["lost", "broken", "unanswered"] as const) {
  Deno.test(`a request that is ${fate}, whichever it is, is made good`, sane, async () => {
    for (let at = 0; at < STAGES; at++) {
      const file = fileNamed("large.bin", LARGE);
      const made = await online(uploadWorld());
      made.files.fate = once(at, fate, 2);
      await made.client.actions.attach(1, [file]);
      made.client.actions.describeAttachment(1, made.attached()[0]!.local, "all of it");
      made.client.actions.send("see");
      await made.until(() => assert.deepEqual(sentFiles(made.server), ["see large.bin"]));
      const [sent] = made.server.rooms.get(1)!.messages[0]!.files;
      await assertArrived(made.files, sent!.id, file);
      assert.equal(sent!.alt, "all of it", `at ${at}`);
      made.client.stop();
    }
  });
}

Deno.test("a part that broke off is not sent again as far as it came", sane, async () => {
  const made = await online(uploadWorld());
  made.files.fate = once(1, "broken");
  await made.client.actions.attach(1, [fileNamed("large.bin", LARGE)]);
  await made.until(() => assert.equal(made.attached()[0]!.state, "ready"));
  assert.deepEqual(made.files.log, [
    "POST /api/files",
    "PATCH 1 0",
    "HEAD 1",
    "PATCH 1 524288",
    "PATCH 1 1572864",
  ]);
  made.client.stop();
});

Deno.test(
  "a tab that is closed at any moment loses nothing: the next one goes on",
  sane,
  async () => {
    for (let at = 0; at < STAGES; at++) {
      const same = browser();
      const file = fileNamed("large.bin", LARGE);
      const first = await online(uploadWorld(same));
      // From here on nothing of this tab reaches the server.
      same.files.fate = once(at, "lost", Infinity);
      await first.client.actions.attach(1, [file]);
      first.client.actions.send("see");
      await first.until(() => assert.ok(at === 0 || same.files.log.length >= Math.min(at, 3)));
      first.close();
      same.files.fate = () => "arrives";
      const second = await online(uploadWorld(same, first.server));
      await second.until(() => assert.deepEqual(sentFiles(first.server), ["see large.bin"]));
      const [sent] = first.server.rooms.get(1)!.messages[0]!.files;
      await assertArrived(same.files, sent!.id, file);
      const begun = same.files.log.filter((asked) => asked.startsWith("POST")).length;
      assert.equal(begun, 1, `at ${at}: it was begun once`);
      await second.until(async () => assert.deepEqual(await same.kept.all(1), []));
      second.client.stop();
    }
  },
);

Deno.test(
  "what was chosen and not sent is there again in the next tab, with its bytes",
  sane,
  async () => {
    const same = browser();
    const first = uploadWorld(same);
    first.client.start();
    const file = fileNamed("a.txt");
    await first.client.actions.attach("1/7", [fileNamed("b.txt"), file]);
    first.client.actions.moveAttachment("1/7", first.attached("1/7")[1]!.local, 0);
    first.client.actions.describeAttachment("1/7", first.attached("1/7")[1]!.local, "a letter");
    await first.until(() => assert.equal(first.attached("1/7")[0]!.name, "a.txt"));
    first.close();
    same.files.fate = () => "arrives";
    const second = await online(uploadWorld(same, first.server));
    await second.until(() => assert.equal(second.attached("1/7")[1]?.state, "ready"));
    const [a, b] = second.attached("1/7");
    assert.deepEqual([a!.name, b!.name, a!.alt], ["a.txt", "b.txt", "a letter"]);
    assert.deepEqual(
      await (await second.client.actions.previewOf(a!.local))!.text(),
      await file.text(),
    );
    second.client.stop();
  },
);

Deno.test(
  "chosen and sent without a connection, it goes when there is one, once",
  sane,
  async () => {
    const made = uploadWorld();
    made.client.start();
    await made.client.actions.attach(1, [fileNamed("a.txt")]);
    assert.equal(made.client.actions.send("see"), true);
    assert.deepEqual(made.files.log, []);
    await made.until(() => assert.deepEqual(sentFiles(made.server), ["see a.txt"]));
    assert.equal(made.link.commands("send").length, 1);
    made.client.stop();
  },
);

Deno.test(
  "an ack that was lost does not double the message, nor send its files again",
  sane,
  async () => {
    const made = await online(uploadWorld());
    await made.client.actions.attach(1, [fileNamed("a.txt")]);
    await made.until(() => assert.equal(made.attached()[0]!.state, "ready"));
    made.client.actions.send("see");
    await made.link.clock.advance(0);
    made.link.toServer();
    made.link.cut();
    await made.until(() => assert.deepEqual(made.client.state.pending.value, []));
    assert.deepEqual(sentFiles(made.server), ["see a.txt"]);
    assert.equal(made.files.log.length, 2);
    assert.deepEqual(await made.kept.all(1), []);
    made.client.stop();
  },
);

Deno.test(
  "files that the server has dropped meanwhile are sent again with their message",
  sane,
  async () => {
    const made = await online(uploadWorld());
    await made.client.actions.attach(1, [fileNamed("a.txt"), fileNamed("b.txt")]);
    await made.until(() => assert.ok(made.attached().every(({ state }) => state === "ready")));
    made.files.uploads.delete(1);
    made.client.actions.send("see");
    await made.until(() => assert.deepEqual(sentFiles(made.server), ["see a.txt b.txt"]));
    assert.deepEqual(made.server.rooms.get(1)!.messages[0]!.files.map(({ id }) => id), [3, 2]);
    made.client.stop();
  },
);

Deno.test(
  "a file that the server has dropped is sent again when it is described",
  sane,
  async () => {
    const made = await online(uploadWorld());
    await made.client.actions.attach(1, [fileNamed("a.jpg")]);
    await made.until(() => assert.equal(made.attached()[0]!.state, "ready"));
    made.files.uploads.delete(1);
    made.client.actions.describeAttachment(1, made.attached()[0]!.local, "a cat");
    made.client.actions.send("see");
    await made.until(() => assert.deepEqual(sentFiles(made.server), ["see a.jpg"]));
    const [sent] = made.server.rooms.get(1)!.messages[0]!.files;
    assert.deepEqual([sent!.id, sent!.alt], [2, "a cat"]);
    assert.equal(made.files.log.filter((asked) => asked === "PATCH /api/files/1").length, 1);
    made.client.stop();
  },
);

Deno.test(
  "a file that does not get through is tried no sooner for what is written",
  sane,
  async () => {
    const made = await online(uploadWorld());
    let tries = 0;
    made.files.fate = (asked) => {
      if (!asked.startsWith("PATCH")) return "arrives";
      tries++;
      return "lost";
    };
    await made.client.actions.attach(2, [fileNamed("a.txt")]);
    for (let seconds = 0; seconds < 60; seconds += 0.5) {
      made.client.actions.send("hello");
      await made.link.drain();
      await made.link.clock.advance(500);
    }
    assert.equal(sentFiles(made.server).length, 120);
    assert.ok(tries > 2 && tries < 20, `${tries} tries in a minute`);
    made.client.stop();
  },
);

Deno.test("what cannot be described is tried again ever more seldom", sane, async () => {
  const made = await online(uploadWorld());
  await made.client.actions.attach(1, [fileNamed("a.jpg")]);
  await made.until(() => assert.equal(made.attached()[0]!.state, "ready"));
  let tries = 0;
  made.files.fate = (asked) => {
    if (asked !== "PATCH /api/files/1") return "arrives";
    tries++;
    return "lost";
  };
  made.client.actions.describeAttachment(1, made.attached()[0]!.local, "a cat");
  for (let seconds = 0; seconds < 60; seconds += 0.5) {
    await made.link.drain();
    await made.link.clock.advance(500);
  }
  assert.ok(tries > 2 && tries < 20, `${tries} tries in a minute`);
  made.client.stop();
});

Deno.test(
  "a message that the server refuses whatever is done with its files stays refused",
  sane,
  async () => {
    const made = await online(uploadWorld());
    made.server.fileOf = () => undefined;
    made.client.actions.openRoom(1);
    await made.client.actions.attach(1, [fileNamed("a.txt")]);
    made.client.actions.send("see");
    await made.until(() => assert.equal(made.client.state.pending.value[0]?.state, "failed"));
    assert.ok(made.link.commands("send").length <= 3);
    made.server.fileOf = (id) => made.files.file(id);
    made.client.actions.resend(made.client.state.pending.value[0]!.clientId);
    await made.until(() => assert.deepEqual(sentFiles(made.server), ["see a.txt"]));
    made.client.stop();
  },
);

Deno.test(
  "after a restored backup no number of before is used: it may be another's",
  sane,
  async () => {
    const made = await online(uploadWorld());
    const backup = made.server.backUp();
    await made.client.actions.attach(1, [fileNamed("mine.txt")]);
    await made.until(() => assert.equal(made.attached()[0]!.state, "ready"));
    made.link.cut();
    made.server.restore(backup);
    // The same number is somebody else's now.
    const upload = made.files.uploads.get(1)!;
    made.files.uploads.set(1, { ...upload, name: "other.txt" });
    made.client.actions.send("see");
    await made.until(() => assert.deepEqual(sentFiles(made.server), ["see mine.txt"]));
    made.client.stop();
  },
);

Deno.test("a proxy that lets only little through is given little", sane, async () => {
  const made = await online(uploadWorld());
  const refusal = { status: 413, body: "<html>too large</html>" };
  made.files.fate = (asked) => {
    if (asked === "PATCH 1 0" && made.files.log.length < 3) made.files.refusals = [refusal];
    return "arrives";
  };
  await made.client.actions.attach(1, [fileNamed("large.bin", LARGE)]);
  await made.until(() => assert.equal(made.attached()[0]!.state, "ready"));
  await assertArrived(made.files, 1, fileNamed("large.bin", LARGE));
  made.client.stop();
});

Deno.test(
  "bytes that can no longer be read have failed, unless the browser has a copy",
  sane,
  async () => {
    for (const hasCopy of [true, false]) {
      const same = browser();
      if (!hasCopy) same.kept.put = () => Promise.reject(new DOMException("full"));
      const made = uploadWorld(same);
      made.client.start();
      const file = fileNamed("a.txt");
      const whole = new Blob([await file.arrayBuffer()]);
      same.kept.bytes = () => Promise.resolve(hasCopy ? whole : null);
      file.slice = () =>
        Object.assign(new Blob(), {
          arrayBuffer: () => Promise.reject(new DOMException("gone", "NotReadableError")),
        });
      await made.client.actions.attach(1, [file]);
      await made.until(() => {
        const { state, error } = made.attached()[0]!;
        if (hasCopy) assert.equal(state, "ready");
        else assert.equal(error?.code, "unreadable");
      });
      made.client.stop();
    }
  },
);

Deno.test(
  "what waited for weeks is not dropped before it is known that its message waits, too",
  sane,
  async () => {
    const same = browser();
    const first = uploadWorld(same);
    first.client.start();
    await first.client.actions.attach(1, [fileNamed("a.txt")]);
    same.files.fate = () => "lost";
    first.client.actions.send("see");
    await first.until(async () => assert.equal((await same.storage.all(1)).length, 1));
    first.close();
    same.files.fate = () => "arrives";
    await same.clock.advance(60 * 86_400_000);
    const all = same.storage.all;
    const held = Promise.withResolvers<void>();
    same.storage.all = async (userId) => {
      await held.promise;
      return await all(userId);
    };
    const second = await online(uploadWorld(same, first.server));
    await second.client.actions.loadUploads();
    await same.clock.advance(5_000);
    held.resolve();
    await second.until(() => assert.deepEqual(sentFiles(first.server), ["see a.txt"]));
    second.client.stop();
  },
);

Deno.test("a storage that answers late is heard, and forgets nothing meanwhile", sane, async () => {
  const same = browser();
  const first = uploadWorld(same);
  first.client.start();
  await first.client.actions.attach(1, [fileNamed("a.txt")]);
  await first.until(async () => assert.equal((await same.kept.all(1)).length, 1));
  first.close();
  same.files.fate = () => "arrives";
  const { all } = same.kept;
  const held = Promise.withResolvers<void>();
  same.kept.all = async (userId) => {
    await held.promise;
    return await all(userId);
  };
  const second = await online(uploadWorld(same, first.server));
  await second.client.actions.loadUploads();
  await same.clock.advance(10_000);
  assert.deepEqual(second.attached(), []);
  assert.equal(same.shelf.all("confab.files.").length, 1, "the next page looks again");
  held.resolve();
  await second.until(() => assert.equal(second.attached()[0]?.state, "ready"));
  second.client.stop();
});
