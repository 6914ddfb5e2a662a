/** The function that stores messages: never changed under the same name, and made once. */
import assert from "node:assert/strict";
import { DEFINITION, SEND_FUNCTION } from "../../../lib/store/postgres/send_function.ts";
import { postgresTests } from "../../support/postgres.ts";
import { openStore } from "./nodes.ts";

const test = postgresTests();

/**
 * Each version's own text, as SHA-256 in hexadecimal. Whoever changes the function after its release
 * gives it the next number and adds a line; a line is never changed.
 */
const VERSIONS: Record<string, string> = {
  confab_send_1: "6b1d8b3ecf71b94dc836d36884298c054822b90ddbc8eb02215bc85220f694d7",
  confab_send_2: "337d2de4653318a2c222a32afafb8273fdaabc9b26bc8d936c485db7b0fbec8d",
  confab_send_3: "2cd0f8bcc5bf2f9b09621c74cc8dcdf844ab0f5b1aa1e47a56e67e4cc6f0b520",
};

Deno.test("the text of a version of the send function stays as it was released", async () => {
  const bytes = new TextEncoder().encode(DEFINITION);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  assert.equal(VERSIONS[SEND_FUNCTION], digest);
});

test("nodes that start at once make the function once, and leave that of another version alone", async (postgres) => {
  const url = await postgres.createDatabase();
  const logged: string[] = [];
  const open = () => openStore(url, logged, () => {});
  await (await open()).close();
  await postgres.query(
    "CREATE FUNCTION confab_send_999() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    url,
  );
  await postgres.query(`DROP FUNCTION ${SEND_FUNCTION}`, url);
  const stores = await Promise.all([open(), open(), open(), open()]);
  await Promise.all(stores.map((store) => store.close()));
  const functions = await postgres.query(
    "SELECT proname FROM pg_proc WHERE proname LIKE 'confab_send_%' ORDER BY 1",
    url,
  );
  assert.deepEqual(functions.split("\n"), [SEND_FUNCTION, "confab_send_999"]);
  assert.deepEqual(logged, []);
});
