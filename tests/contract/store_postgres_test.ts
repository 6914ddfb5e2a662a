/** The PostgreSQL store passes the contract. */
import { readAddress } from "../../lib/postgres/address.ts";
import { openPostgresStore } from "../../lib/store/postgres/store.ts";
import { createChatDatabase } from "../support/chat_database.ts";
import { postgresTests } from "../support/postgres.ts";
import { storeContractBy } from "./store.ts";

const test = postgresTests();

storeContractBy("PostgreSQL", (name, run) =>
  test(name, async (postgres) => {
    const url = await createChatDatabase(postgres);
    await run(async (options) => {
      const { store } = await openPostgresStore({
        ...options,
        address: readAddress(url, {}),
        randomId: () => crypto.randomUUID(),
        secret: null,
        randomSecret: () => crypto.randomUUID(),
        log: (message, detail) => {
          if (/fsync is off/.test(detail)) return; // the tests' servers need not survive the power
          throw new Error(`Nothing should be logged, but: ${message} ${detail}`);
        },
      });
      return { store, close: () => store.close() };
    });
  }));
