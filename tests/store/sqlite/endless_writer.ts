/** Sends messages until it is killed, and prints the seq of each that was acknowledged. */
import { accountInput, messageInput, openIn } from "./support.ts";

const { store } = await openIn(Deno.args[0]!);
const { user } = await store.createAccount(accountInput("ann"));
let count = 0;

async function sendForEver(): Promise<never> {
  for (;;) {
    const { message } = await store.sendMessage(messageInput(user.id, `m${count++}`));
    Deno.stdout.writeSync(new TextEncoder().encode(`${message.seq}\n`));
  }
}

await Promise.all(Array.from({ length: 20 }, sendForEver));
