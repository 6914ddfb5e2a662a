/** The bot of docs/examples, run as its page says, against the program as its users run it. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { ChatSocket, fetchRoom, type Person, signUp } from "../support/chat_client.ts";
import { eventually } from "../support/browser.ts";
import { startProgram } from "../support/program.ts";

const BOT = fileURLToPath(new URL("../../docs/examples/ping_bot.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../../deno.json", import.meta.url));

interface Bot extends AsyncDisposable {
  /** Sends a signal and waits for the end; gives back what it wrote. */
  end(signal: Deno.Signal): Promise<string>;
}

/** With the permissions that the page names, and no others. */
function startBot(url: string, bot: Person, folder: string): Bot {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      `--config=${CONFIG}`,
      "--allow-env=CONFAB_URL,CONFAB_USER,CONFAB_PASSWORD",
      `--allow-net=${new URL(url).host}`,
      "--allow-read=./ping-data",
      "--allow-write=./ping-data",
      BOT,
    ],
    cwd: folder,
    env: { CONFAB_URL: url, CONFAB_USER: bot.username, CONFAB_PASSWORD: bot.password },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = child.output();
  const end = async (signal: Deno.Signal) => {
    try {
      child.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended already
    }
    const { stdout, stderr } = await output;
    return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  };
  return { end, [Symbol.asyncDispose]: async () => void await end("SIGKILL") };
}

Deno.test("the bot answers once what was said before it, with it, without the server and without it", async () => {
  await using program = await startProgram();
  const [ann, ping] = [await signUp(program.url, "ann"), await signUp(program.url, "ping")];
  const folder = await Deno.makeTempDir();
  const say = async (text: string) => {
    await using socket = await ChatSocket.connect(ann);
    return await socket.send(1, text);
  };
  const answers = async () => {
    const { messages } = await fetchRoom(ann.api, 1);
    return messages.filter(({ userId }) => userId === ping.id)
      .map(({ text, replyTo }) => [replyTo, text]);
  };
  const expected: [number, string][] = [];
  const answered = () => eventually(async () => assert.deepEqual(await answers(), expected));
  const ask = async (text: string, answer: string) => {
    expected.push([(await say(text)).id, answer]);
  };

  await ask("!ping", "pong");
  const first = startBot(program.url, ping, folder);
  await answered();
  await ask("@ping are you there?", "Hello @ann! Say !ping, and I say pong.");
  await say("nobody answers this");
  await answered();

  // The server ends in the middle, and is spoken to again before the bot is back.
  await program.kill("SIGKILL");
  await program.restart();
  await ask("!ping", "pong");
  await answered();

  // The bot ends in the middle, perhaps before it could say how far it had come.
  await ask("!ping", "pong");
  await answered();
  await first.end("SIGKILL");
  await ask(" !ping ", "pong");
  const second = startBot(program.url, ping, folder);
  await answered();
  await ask("!ping", "pong");
  await answered();
  assert.match(await second.end("SIGTERM"), /I am @ping, in 1 rooms\.\nThe end: closed\./);

  // What was answered stays so: a third run finds nothing to do but the last question.
  await ask("!ping", "pong");
  await using third = startBot(program.url, ping, folder);
  await answered();
  await third.end("SIGTERM");
  await answered();
  await Deno.remove(folder, { recursive: true });
});
