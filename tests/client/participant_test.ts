/** A bot's end, and what it keeps in its folder, against the program as its users run it. */
import assert from "node:assert/strict";
import { FolderStorage } from "../../lib/client/folder_storage.ts";
import { connect, type Message, type Participant, RequestError } from "../../lib/client/mod.ts";
import { fetchRoom, type Person, signUp } from "../support/chat_client.ts";
import { type Program, startProgram } from "../support/program.ts";

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const parent = await Deno.makeTempDir();
  await run(`${parent}/bot`);
  await Deno.remove(parent, { recursive: true });
}

const offline = (error: unknown) => error instanceof RequestError && error.code === "offline";

async function textsOf({ api }: Person): Promise<string[]> {
  return (await fetchRoom(api, 1)).messages.map(({ text }) => text);
}

/** Sends where no server is: the message waits in the folder. */
async function leaveBehind(program: Program, chat: Participant, text: string): Promise<void> {
  await program.kill();
  const sending = assert.rejects(chat.send(1, text), offline);
  // The file is written by the time that the end is over.
  await chat.close();
  await sending;
}

Deno.test("who sends after the end is told so at once", async () => {
  await using program = await startProgram();
  const ping = await signUp(program.url, "ping");
  const chat = await connect(program.url, { token: ping.token });
  await chat.close();
  assert.equal(await chat.ended, "closed");
  await assert.rejects(chat.send(1, "too late"), offline);
  assert.deepEqual(await textsOf(ping), []);
});

Deno.test("a second answer with another text is none, also in the same run", async () => {
  await using program = await startProgram();
  const [ping, ann] = [await signUp(program.url, "ping"), await signUp(program.url, "ann")];
  const chat = await connect(program.url, { token: ping.token });
  const asked = await ann.api.post<Message>("/api/rooms/1/messages", { text: "!time" });
  const first = await chat.reply(asked, "noon");
  assert.deepEqual(await chat.reply(asked, "noon"), first);
  assert.equal(await chat.reply(asked, "midnight"), null);
  assert.deepEqual(await textsOf(ping), ["!time", "noon"]);
  await chat.close();
});

Deno.test("a listener that throws leaves no session open", async () => {
  await using program = await startProgram();
  const [ping, ann] = [await signUp(program.url, "ping"), await signUp(program.url, "ann")];
  const { username, password } = ping;
  const chat = await connect(program.url, { username, password });
  const sessions = async () =>
    (await ping.api.get<{ sessions: unknown[] }>("/api/me/sessions")).sessions.length;
  assert.equal(await sessions(), 2);
  chat.onMessage(() => {
    throw new Error("This bot is broken.");
  });
  await ann.api.post("/api/rooms/1/messages", { text: "hello" });
  await assert.rejects(chat.ended, /broken/);
  assert.equal(await sessions(), 1);
});

Deno.test("what waits for one server is not sent to another with the same folder", () =>
  withFolder(async (folder) => {
    await using first = await startProgram();
    await using second = await startProgram();
    const [ping, other] = [await signUp(first.url, "ping"), await signUp(second.url, "ping")];
    assert.equal(ping.id, other.id);
    const chat = await connect(first.url, { token: ping.token }, { folder });
    await leaveBehind(first, chat, "for the first server alone");

    const elsewhere = await connect(second.url, { token: other.token }, { folder });
    await elsewhere.send(1, "for the second");
    assert.deepEqual(await textsOf(other), ["for the second"]);
    await elsewhere.close();

    await first.restart();
    const again = await connect(first.url, { token: ping.token }, { folder });
    await again.send(1, "behind it");
    assert.deepEqual(await textsOf(ping), ["for the first server alone", "behind it"]);
    await again.close();
  }));

Deno.test("what a former run was refused is sent anew when it is asked for again", () =>
  withFolder(async (folder) => {
    await using program = await startProgram();
    const ping = await signUp(program.url, "ping");
    const { instance } = await ping.api.get<{ instance: string }>("/api/me");
    const clientId = "refused-by-the-server";
    // The program ended between the refusal and the moment when it was told.
    await new FolderStorage(`${folder}/${instance}`).put({
      ...{ userId: ping.id, clientId, room: 1, text: "then", replyTo: null },
      ...{ createdAt: 1, order: 1, state: "failed", error: "forbidden" },
    });
    const chat = await connect(program.url, { token: ping.token }, { folder });
    await chat.send(1, "now", { clientId });
    assert.deepEqual(await textsOf(ping), ["now"]);
    await chat.close();
    assert.deepEqual([...Deno.readDirSync(`${folder}/${instance}`)], []);
  }));
