/** An older database is put back behind an open tab: it shows that one, and nothing of the other. */
import { DatabaseSync } from "node:sqlite";
import { browserTests, type Stage } from "../support/browser.ts";
import { GENERAL } from "../support/browser_account.ts";
import { open, seesMarks, write } from "../support/browser_chat.ts";

const test = browserTests();

/** Chromium's own words about a server, or a network, that is not there. */
const NO_SERVER =
  /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INTERNET_DISCONNECTED)/;

/** "m-3", "m-4" and so on, both ends included. */
const marks = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `m-${from + at}`);

/** As `sqlite3 chat.db ".backup copy.db"` does it, under the running server. */
function backUp({ program }: Stage): void {
  const db = new DatabaseSync(`${program.dataDir}/chat.db`);
  db.exec(`VACUUM INTO '${program.dataDir}/copy.db'`);
  db.close();
}

async function restore({ program }: Stage): Promise<void> {
  await program.kill("SIGTERM");
  await Deno.copyFile(`${program.dataDir}/copy.db`, `${program.dataDir}/chat.db`);
  await program.restart();
}

for (const written of [2, 8]) {
  test(`five messages are taken back by a backup, then ${written} are written`, async (stage) => {
    const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
    await open(ann.page);
    for (const text of marks(1, 4)) await bob.say(text);
    await seesMarks(ann.page, marks(1, 4));
    backUp(stage);
    for (const text of marks(5, 9)) await bob.say(text);
    await seesMarks(ann.page, marks(1, 9));

    stage.tolerate(NO_SERVER);
    // Nobody hears of what is written before the tab is back.
    await ann.context.setOffline(true);
    await restore(stage);
    for (const text of marks(21, 20 + written)) await bob.say(text);
    await ann.context.setOffline(false);
    const now = [...marks(1, 4), ...marks(21, 20 + written)];
    await seesMarks(ann.page, now);
    await write(ann.page, "m-99");
    await seesMarks(ann.page, [...now, "m-99"]);
    await ann.page.goto(`/rooms/${GENERAL}`);
    await seesMarks(ann.page, [...now, "m-99"]);
  });
}
