// deno-lint-ignore-file no-console -- a program on its own says what it does
/**
 * A bot to start from: it answers `!ping` and anyone who mentions it, each message once, including
 * messages sent while the server or the bot was down.
 *
 *     CONFAB_URL=https://chat.example.org CONFAB_USER=ping CONFAB_PASSWORD=… deno run \
 *       --allow-env=CONFAB_URL,CONFAB_USER,CONFAB_PASSWORD --allow-net=chat.example.org \
 *       --allow-read=./ping-data --allow-write=./ping-data docs/examples/ping_bot.ts
 */
import { connect, type Message } from "../../lib/client/mod.ts";

const [url, username, password] = ["CONFAB_URL", "CONFAB_USER", "CONFAB_PASSWORD"].map(setting);
const chat = await connect(url!, { username: username!, password: password! }, {
  folder: "./ping-data",
});
console.log(`I am @${chat.me.username}, in ${chat.rooms.size} rooms.`);

chat.onMessage(async (message) => {
  const answer = answerTo(message);
  if (answer !== null) await chat.reply(message, answer);
});
Deno.addSignalListener("SIGTERM", () => void chat.close());
console.log(`The end: ${await chat.ended}.`);

function answerTo({ text, mentions, username }: Message): string | null {
  if (text.trim() === "!ping") return "pong";
  if (mentions.includes(chat.me.id)) return `Hello @${username}! Say !ping, and I say pong.`;
  return null;
}

function setting(name: string): string {
  return Deno.env.get(name) ?? (console.error(`Set ${name}.`), Deno.exit(2));
}
