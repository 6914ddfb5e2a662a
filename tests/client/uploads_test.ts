/** Files on their way: what goes with a draft, and with the message that it becomes. */
import assert from "node:assert/strict";
import { createMemoryFiles } from "../../lib/client/file_storage.ts";
import { ModelFiles } from "../support/model_files.ts";
import { sane } from "./outbox_fixture.ts";
import { assertArrived, fileNamed, online, sentFiles, uploadWorld } from "./uploads_fixture.ts";

Deno.test(
  "a file that was chosen shows at once, and is sent before its message is",
  sane,
  async () => {
    const { client, files, server, attached, until } = await online(uploadWorld());
    await client.actions.attach(1, [fileNamed("a.txt")]);
    assert.equal(attached()[0]!.name, "a.txt");
    await until(() => assert.equal(attached()[0]!.state, "ready"));
    assert.deepEqual(sentFiles(server), []);
    await assertArrived(files, 1, fileNamed("a.txt"));
    assert.equal(client.actions.send(""), true);
    assert.deepEqual(attached(), []);
    await until(() => assert.deepEqual(sentFiles(server), [" a.txt"]));
    assert.deepEqual(client.state.pending.value, []);
    client.stop();
  },
);

Deno.test("a message waits for its files, and no other message waits for them", sane, async () => {
  const { client, files, server, link, until } = await online(uploadWorld());
  let isHeld = true;
  files.fate = (asked) => isHeld && asked.startsWith("PATCH") ? "lost" : "arrives";
  client.actions.openRoom(1);
  await client.actions.attach(1, [fileNamed("slow.bin")]);
  client.actions.send("with a file");
  client.actions.send("without");
  await until(() => assert.deepEqual(sentFiles(server), ["without"]));
  const [waiting] = client.state.pending.value;
  assert.deepEqual(waiting!.attachments.map(({ name }) => name), ["slow.bin"]);
  isHeld = false;
  await until(() => assert.deepEqual(sentFiles(server), ["without", "with a file slow.bin"]));
  assert.equal(link.commands("send").length, 2);
  client.stop();
});

Deno.test("files go in the order in which the reader has put them", sane, async () => {
  const { client, server, attached, until } = await online(uploadWorld());
  await client.actions.attach(1, ["a", "b", "c"].map((name) => fileNamed(name)));
  client.actions.moveAttachment(1, attached()[2]!.local, 0);
  await until(() => assert.deepEqual(attached().map(({ name }) => name), ["c", "a", "b"]));
  client.actions.send("see");
  await until(() => assert.deepEqual(sentFiles(server), ["see c a b"]));
  client.stop();
});

Deno.test(
  "what a file shows is told before its message is sent, also after it has arrived",
  sane,
  async () => {
    const { client, server, attached, until } = await online(uploadWorld());
    await client.actions.attach(1, [fileNamed("a.jpg"), fileNamed("b.jpg")]);
    client.actions.describeAttachment(1, attached()[0]!.local, "a cat");
    await until(() => assert.ok(attached().every(({ state }) => state === "ready")));
    client.actions.describeAttachment(1, attached()[1]!.local, " a dog ");
    client.actions.send("");
    await until(() => assert.equal(sentFiles(server).length, 1));
    const [message] = server.rooms.get(1)!.messages;
    assert.deepEqual(message!.files.map(({ alt }) => alt), ["a cat", "a dog"]);
    client.stop();
  },
);

Deno.test(
  "what is taken out again is taken back there, too, also in the middle",
  sane,
  async () => {
    const { client, files, attached, until, kept } = await online(uploadWorld());
    files.fate = (asked) => asked.startsWith("PATCH") ? "lost" : "arrives";
    await client.actions.attach(1, [fileNamed("a"), fileNamed("b")]);
    await until(() => assert.equal(files.uploads.size, 2));
    client.actions.detach(1, attached()[0]!.local);
    await until(() => assert.deepEqual([...files.uploads.values()].map(({ name }) => name), ["b"]));
    assert.deepEqual(attached().map(({ name }) => name), ["b"]);
    assert.equal((await kept.all(1)).length, 1);
    client.stop();
  },
);

Deno.test(
  "what the server refuses has failed, and the limit is told; nothing is sent with it",
  sane,
  async () => {
    const { client, server, attached, until } = await online(
      uploadWorld({ files: new ModelFiles(5) }),
    );
    await client.actions.attach(1, [fileNamed("large", 10)]);
    await until(() => assert.equal(attached()[0]!.state, "failed"));
    assert.deepEqual(attached()[0]!.error, { code: "too_large", message: "too_large", limit: 5 });
    assert.equal(client.actions.send("see"), false);
    client.actions.detach(1, attached()[0]!.local);
    await until(() => assert.deepEqual(attached(), []));
    assert.equal(client.actions.send("see"), true);
    await until(() => assert.deepEqual(sentFiles(server), ["see"]));
    client.stop();
  },
);

Deno.test(
  "what is larger than a file may be is refused before anything is sent, offline too",
  sane,
  async () => {
    const { client, files, attached, until } = uploadWorld();
    client.start();
    const large = fileNamed("large");
    Object.defineProperty(large, "size", { value: 104_857_601 });
    await client.actions.attach(1, [large]);
    await until(() => assert.equal(attached()[0]!.error?.code, "too_large"));
    assert.equal(attached()[0]!.error?.limit, 104_857_600);
    assert.deepEqual(files.log, []);
    client.stop();
  },
);

Deno.test("one file too many waits until there is a place for it", sane, async () => {
  const { client, attached, until } = await online(uploadWorld());
  await client.actions.attach(1, Array.from({ length: 11 }, (_, at) => fileNamed(`${at}`)));
  assert.equal(attached()[10]!.error?.code, "too_many");
  await until(() => assert.equal(attached()[9]!.state, "ready"));
  client.actions.detach(1, attached()[0]!.local);
  await until(() => assert.equal(attached()[9]!.name, "10"));
  await until(() => assert.ok(attached().every(({ state }) => state === "ready")));
  client.stop();
});

Deno.test(
  "a message whose file is refused is not sent, and comes back to the draft with it",
  sane,
  async () => {
    const files = new ModelFiles(5);
    const { client, server, attached, until } = await online(uploadWorld({ files }));
    client.actions.openRoom(1);
    files.fate = () => "lost";
    await client.actions.attach(1, [fileNamed("large", 10), fileNamed("small", 3)]);
    client.actions.send("see");
    files.fate = () => "arrives";
    await until(() => assert.equal(client.state.pending.value[0]?.state, "failed"));
    client.actions.takeBack(client.state.pending.value[0]!.clientId);
    await until(() => assert.deepEqual(attached().map(({ name }) => name), ["large", "small"]));
    assert.equal(client.state.drafts.value.get(1)?.text, "see");
    client.actions.detach(1, attached()[0]!.local);
    await until(() => assert.equal(attached()[0]?.state, "ready"));
    client.actions.send("see");
    await until(() => assert.deepEqual(sentFiles(server), ["see small"]));
    client.stop();
  },
);

Deno.test("a picture is sent smaller, or as it is where the reader wants that", sane, async () => {
  const made = new Blob([new Uint8Array(4)], { type: "image/jpeg" });
  const measure = () => Promise.resolve({ width: 40, height: 30, made });
  const { client, files, attached, until } = await online(uploadWorld({ measure }));
  await client.actions.attach(1, [fileNamed("a.HEIC", 10, "image/heic")]);
  await until(() => assert.equal(attached()[0]!.state, "ready"));
  const { name, type, size, chosen, smaller, width } = attached()[0]!;
  assert.deepEqual({ name, type, size, chosen, smaller, width }, {
    name: "a.jpg",
    type: "image/jpeg",
    size: 4,
    chosen: 10,
    smaller: 4,
    width: 40,
  });
  client.actions.sendOriginal(1, attached()[0]!.local, true);
  await until(() => assert.equal(attached()[0]!.file?.name, "a.HEIC"));
  assert.deepEqual([...files.uploads.values()].map(({ size }) => size), [10], "the other is gone");
  client.stop();
});

Deno.test("a voice message says how long and how loud it is", sane, async () => {
  const { client, files, server, until } = await online(uploadWorld());
  const voice = { duration: 1.5, waveform: [0, 50, 100] };
  await client.actions.attach(1, [fileNamed("voice.webm", 10, "audio/webm")], { voice });
  client.actions.send("");
  await until(() => assert.deepEqual(sentFiles(server), [" voice.webm"]));
  assert.deepEqual(files.uploads.get(1)!.voice?.waveform, [0, 50, 100]);
  client.stop();
});

Deno.test(
  "what is sent another way takes its files along once all have arrived",
  sane,
  async () => {
    const { client, attached, files, until, kept } = await online(uploadWorld());
    await client.actions.attach(1, [fileNamed("a"), fileNamed("b")]);
    const ready = client.actions.filesReady(1);
    await until(() => assert.ok(attached().every(({ state }) => state === "ready")));
    assert.deepEqual(await ready, [1, 2]);
    files.uploads.delete(1);
    const anew = client.actions.filesReady(1, true);
    await until(async () => assert.equal((await files.file(3))?.name, "a"));
    assert.deepEqual(await anew, [3, 2]);
    client.actions.attachmentsSent(1);
    await until(() => assert.deepEqual(attached(), []));
    assert.deepEqual(await kept.all(1), []);
    client.stop();
  },
);

Deno.test(
  "a browser that keeps no files says so once, and sends them all the same",
  sane,
  async () => {
    const kept = createMemoryFiles();
    kept.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
    const { client, server, until } = await online(uploadWorld({ kept }));
    await client.actions.attach(1, [fileNamed("a"), fileNamed("b")]);
    client.actions.send("see");
    await until(() => assert.deepEqual(sentFiles(server), ["see a b"]));
    assert.deepEqual(client.state.withheld.value, ["files"]);
    client.stop();
  },
);
