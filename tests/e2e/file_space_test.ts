/** How much files may take together: also of forms that do not say how long they are. */
import assert from "node:assert/strict";
import type { Problem } from "../support/api_client.ts";
import { type Api, signUp } from "../support/chat_client.ts";
import { eventually } from "../support/eventually.ts";
import { beginUpload, postForm, sendPart, someBytes } from "../support/file_client.ts";
import { type Program, startProgram } from "../support/program.ts";
import { connectTo, latin1, requestText, writeAll } from "../support/raw_http.ts";

const MIB = 1024 * 1024;
const HEAD = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n';
const END = "\r\n--x--\r\n";

interface Room {
  limit: number;
  scope: string;
}

/** A form without a length, of which so many bytes are sent; it ends when it is told to. */
async function openForm({ url, headers }: Api, bytes: number) {
  const connection = await connectTo(url);
  const about = {
    ...headers,
    host: new URL(url).host,
    "content-type": "multipart/form-data; boundary=x",
    "transfer-encoding": "chunked",
  };
  const piece = async (bytes: Uint8Array) => {
    await writeAll(connection, latin1(`${bytes.length.toString(16)}\r\n`));
    await writeAll(connection, bytes);
    await writeAll(connection, latin1("\r\n"));
  };
  await writeAll(connection, latin1(requestText("POST", "/api/files", about)));
  const send = async () => {
    await piece(latin1(HEAD));
    for (let sent = 0; sent < bytes; sent += 65_536) await piece(someBytes(65_536));
  };
  const close = () => {
    try {
      connection.close();
    } catch {
      // It was closed by its answer.
    }
  };
  // Whoever is refused is read no further: then writing would wait for ever.
  const sent = send().then(() => true, () => false);
  const answer = readAnswer(connection).finally(close);
  const end = async () => {
    if (!await sent) return;
    await piece(latin1(END)).then(() => piece(new Uint8Array())).catch(() => {});
  };
  return { sent, answer, end, close };
}

/** Its status, and of a problem what there was no room for. */
async function readAnswer(connection: Deno.Conn): Promise<[status: number, room: Partial<Room>]> {
  const buffer = new Uint8Array(4_096);
  let text = "";
  for (;;) {
    const length = await connection.read(buffer).catch(() => null);
    if (length === null) break;
    text += new TextDecoder().decode(buffer.subarray(0, length));
    if (text.includes("}")) break;
  }
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0);
  const { limit, scope } = JSON.parse(/\{.*\}/s.exec(text)?.[0] ?? "{}") as Partial<Room>;
  return [status, status === 413 ? { limit: limit!, scope: scope! } : {}];
}

/** Bytes of all that is kept. */
async function onDisk({ dataDir }: Pick<Program, "dataDir">): Promise<number> {
  return await bytesIn(`${dataDir}/files`).catch(() => 0); // made with the first file
}

async function bytesIn(folder: string): Promise<number> {
  let sum = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    const bytes = isDirectory ? bytesIn(path) : Deno.stat(path).then(({ size }) => size);
    sum += await bytes.catch(() => 0); // it went meanwhile
  }
  return sum;
}

async function startWithLimits(): Promise<Program> {
  return await startProgram({
    env: {
      CONFAB_FILES_PER_USER: "4",
      CONFAB_FILES_TOTAL: "6",
      CONFAB_FREE_DISK: "0",
    },
  });
}

Deno.test("forms that do not say how long they are take no more than the limit, many at once too", async () => {
  await using program = await startWithLimits();
  const ann = await signUp(program.url, "ann");
  const forms = await Promise.all([1, 2, 3, 4, 5, 6].map(() => openForm(ann.api, 3 * MIB)));
  let [most, over] = [0, false];
  const answers = Promise.all(forms.map(async ({ end, answer }) => {
    await Promise.race([end(), answer]);
    return await answer;
  })).finally(() => over = true);
  while (!over) most = Math.max(most, await onDisk(program));
  assert.ok(most > MIB && most <= 4 * MIB, `${most} bytes were on the disk`);
  const refused = (await answers).filter(([status]) => status !== 201);
  assert.ok(refused.length >= 5);
  for (const [status, room] of refused) {
    assert.deepEqual([status, room], [413, { limit: 4 * MIB, scope: "user" }]);
  }
  // All that they had is free again, but for what has come whole.
  const left = (refused.length === 6 ? 4 : 1) * MIB;
  assert.equal(
    (await sendPart(ann.api, await beginUpload(ann.api, "b", left), 0, someBytes(left))).status,
    200,
  );
});

Deno.test("a form that is kept open keeps what it has taken, and gives it back when it breaks off", async () => {
  await using program = await startWithLimits();
  const [ann, bob] = [await signUp(program.url, "ann"), await signUp(program.url, "bob")];
  const form = await openForm(ann.api, 2 * MIB);
  assert.ok(await form.sent);
  const reserve = async (api: Api, size: number) => {
    const wish = { name: "b", size, type: "" };
    const answer = await api.request<Problem & Room & { id: number }>("POST", "/api/files", wish);
    if (answer.status === 201) await api.delete(`/api/files/${answer.body.id}`);
    const { limit, scope } = answer.body;
    return answer.status === 201 ? 201 : [answer.status, { limit, scope }];
  };
  await eventually(async () =>
    assert.ok(await onDisk(program) > MIB, "it has come to its next step")
  );
  assert.deepEqual(await reserve(ann.api, 1), [413, { limit: 4 * MIB, scope: "user" }]);
  assert.deepEqual(await reserve(bob.api, 2 * MIB + 1), [413, { limit: 6 * MIB, scope: "all" }]);
  assert.equal(await reserve(bob.api, 2 * MIB), 201);
  form.close();
  await form.answer;
  await eventually(async () => assert.equal(await reserve(ann.api, 4 * MIB), 201));
  await eventually(async () => assert.equal(await onDisk(program), 0));
});

Deno.test("a short form that says no length fits into the last room, and a long one that does too", async () => {
  await using program = await startWithLimits();
  const ann = await signUp(program.url, "ann");
  const form = await openForm(ann.api, 65_536);
  await form.end();
  assert.deepEqual(await form.answer, [201, {}]);
  // The file alone must fit: what is around it in its form is not kept.
  const left = 4 * MIB - 65_536;
  assert.equal((await postForm(ann.api, someBytes(left))).status, 201);
  const full = await openForm(ann.api, 65_536);
  await full.end();
  assert.deepEqual(await full.answer, [413, { limit: 4 * MIB, scope: "user" }]);
  const empty = await openForm(ann.api, 0);
  await empty.end();
  assert.deepEqual(await empty.answer, [201, {}], "nothing needs no room");
});
