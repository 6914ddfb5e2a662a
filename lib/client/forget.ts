/**
 * Takes away what this browser keeps of a user, for pages on which no engine runs: drafts, and what
 * waited to be sent. The engine does the same with what it holds (`Drafts.clear`, `Outbox.clear`);
 * a test holds the names together.
 */
import type { Environment } from "./environment.ts";
import type { TabNews } from "./outbox_tabs.ts";
import { within } from "./patience.ts";

type Keeper = Pick<
  Environment,
  "shelf" | "storage" | "channel" | "setTimeout" | "clearTimeout"
>;

/** Never rejects, and waits for a silent browser for some seconds at most. */
export async function forgetUser(
  environment: Keeper,
  instance: string,
  userId: number,
): Promise<void> {
  const { shelf, storage } = environment;
  try {
    for (const kind of ["draft", "sending"]) {
      for (const [key] of shelf.all(`confab.${kind}.${userId}.`)) shelf.delete(key);
    }
  } catch {
    // Forbidden: then nothing was put there either.
  }
  const emptied = storage.all(userId).then((records) =>
    Promise.all(records.map(({ clientId }) => storage.delete(clientId)))
  );
  await within(environment, emptied).catch(() => {});
  const news: TabNews = { type: "cleared" };
  const channel = environment.channel?.(`confab-outbox-${instance}-${userId}`, () => {});
  channel?.post(news);
  channel?.close();
}
