/** A lively room for what looks at the page as a whole: axe, the layout, screenshots. */
import { type Account, createRoom, GENERAL } from "./browser_account.ts";
import type { Person, Stage } from "./browser.ts";

export interface LivelyRoom {
  ann: Person;
  bob: Account;
  carol: Account;
}

/** Ann looks on; the others talk, in "general" and elsewhere, with all that can be in a room. */
export async function livelyRoom(stage: Stage): Promise<LivelyRoom> {
  const ann = await stage.person("ann");
  const [bob, carol] = [await stage.account("bob"), await stage.account("Ольга")];
  await name(ann.account, "Ann Lindqvist");
  await name(bob, "Bob Okafor");
  await name(carol, "Ольга Петрова");
  await ann.account.call("PATCH", `/rooms/${GENERAL}`, { topic: "What everybody should know" });
  await otherRooms(ann.account, bob, carol);

  const plan = await bob.say("Morning! The new boards came in. Who has time to solder today?");
  await ann.account.say("I do, after lunch. How many are there?");
  await react(plan.id, "🎉", ann.account, carol);
  const list = await bob.say(
    "Twelve. The list, with the changes since last week, is at " +
      "https://example.org/boards/2026-11?sort=number and the notes are beside it.",
  );
  await react(list.id, "👍", ann.account, bob, carol);
  await react(list.id, "👀", carol);
  const question = await carol.say("Do we still need the `RESET` pin? I would rather drop it.");
  await ann.account.call("POST", `/rooms/${GENERAL}/messages`, {
    text: "Keep it, please: the test rig uses it.",
    replyTo: question.id,
  });
  const wrong = await bob.say("wrong room, sorry");
  await bob.call("DELETE", `/messages/${wrong.id}`);
  const edited = await carol.say("Then lets keep it");
  await carol.call("PATCH", `/messages/${edited.id}`, { text: "Then let us keep it." });
  await carol.say(
    "One more thing. I measured the supply again with the long cable, at both ends, cold and warm: " +
      "it sags by 80 mV at most, which is well inside what the regulator takes. So the short " +
      "cables can stay in the drawer, and nobody has to crimp new ones before Friday.",
  );
  await carol.say("```\nidle   12.04 V\nload   11.96 V\n```");
  await bob.say("@ann could you bring the small iron? 🙏");
  return { ann, bob, carol };
}

async function otherRooms(ann: Account, bob: Account, carol: Account): Promise<void> {
  const hardware = await createRoom(bob, "hardware");
  const board = await createRoom(ann, "board meeting", "private");
  await createRoom(ann, "random");
  await ann.call("PUT", `/rooms/${hardware}/members/${ann.id}`);
  await ann.call("PUT", `/rooms/${board}/members/${carol.id}`);
  const direct = await ann.call("POST", "/rooms", { kind: "direct", users: [carol.id] });
  await ann.call("POST", "/rooms", { kind: "direct", users: [bob.id, carol.id] });
  for (let at = 0; at < 3; at++) await bob.say("Measured again.", hardware);
  await carol.say("See you on Friday?", (direct as { id: number }).id);
}

async function name(account: Account, displayName: string): Promise<void> {
  await account.call("PATCH", "/me", { displayName });
}

async function react(message: number, emoji: string, ...people: Account[]): Promise<void> {
  for (const account of people) {
    await account.call("PUT", `/messages/${message}/reactions/${encodeURIComponent(emoji)}`);
  }
}
