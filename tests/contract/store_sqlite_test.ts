/** The SQLite store passes the contract. */
import { openSqliteStore } from "../../lib/store/sqlite/store.ts";
import { storeContract } from "./store.ts";

storeContract("SQLite", async (options) => {
  const folder = await Deno.makeTempDir({ prefix: "confab-store-" });
  const store = await openSqliteStore({
    ...options,
    path: `${folder}/confab.db`,
    randomId: () => crypto.randomUUID(),
    log: (message, detail) => {
      throw new Error(`Nothing should be logged, but: ${message} ${detail}`);
    },
  });
  return {
    store,
    async close() {
      await store.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
});
