/**
 * Accounts with a session each, put into a database before the program starts: thousands of
 * people without thousands of password hashes. Nobody of them can log in with a password.
 */
import { createTokens } from "../../lib/auth/token.ts";
import { openSqliteStore } from "../../lib/store/sqlite/store.ts";
import { Api, type Person } from "./chat_client.ts";

/** To be given to the program as CONFAB_SECRET. */
export const SECRET = "a secret that only tests know, 0123456789";
const DAY = 24 * 60 * 60 * 1000;

/** Makes `chat.db` in the folder; the first person owns the place. */
export async function seedPeople(
  dataDir: string,
  count: number,
): Promise<(url: string) => Person[]> {
  const now = Date.now();
  const expiresAt = Math.floor((now + 30 * DAY) / 1000) * 1000;
  const tokens = createTokens({ secret: new TextEncoder().encode(SECRET), now: () => now });
  const store = await openSqliteStore({
    path: `${dataDir}/chat.db`,
    randomId: () => crypto.randomUUID(),
    onCommit: () => {},
    log: () => {},
  });
  const open = async (number: number) => {
    const username = `person-${String(number).padStart(4, "0")}`;
    const { user, sessionId } = await store.createAccount({
      username,
      displayName: username,
      passwordHash: "none",
      session: { device: "test", address: "127.0.0.1", expiresAt },
      firstOnly: false,
      now,
    });
    const token = await tokens.issue({ userId: user.id, sessionId, issuedAt: now, expiresAt });
    return { user, token };
  };
  // The first one alone, since it makes the room that everybody joins.
  const made = [await open(1)];
  made.push(...await Promise.all(Array.from({ length: count - 1 }, (_, index) => open(index + 2))));
  await store.close();
  return (url) =>
    made.map(({ user, token }) => ({
      user,
      id: user.id,
      username: user.username,
      password: "",
      token,
      cookie: "", // no browser of theirs is asked for
      api: new Api(url, { authorization: `Bearer ${token}` }),
    }));
}
