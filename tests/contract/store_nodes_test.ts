/**
 * Three stores over one database pass the contract of one: each call goes to the next of them, so
 * that what is written at one is read, changed and refused at the others.
 */
import { readAddress } from "../../lib/postgres/address.ts";
import { openPostgresStore } from "../../lib/store/postgres/store.ts";
import type { Store, StoreOptions } from "../../lib/store/store.ts";
import { createChatDatabase } from "../support/chat_database.ts";
import { postgresTests } from "../support/postgres.ts";
import { storeContractBy } from "./store.ts";

const NODES = 3;

/**
 * What is announced at one node is in order; between nodes the hub makes one (tests/hub/nodes/).
 * One person's calls keep their order at the node to which they are connected. And a node that is
 * closed closes no other.
 */
const OF_ONE_NODE = [
  "what is announced of a room comes in the order of its head, without a gap",
  "after a removal is announced, no message of the removed follows",
  "many messages at once bring a hidden room back once, before the first",
  "what one person wrote around a group mention is stored in its order",
  "a closed store refuses and finishes what it had begun",
];

const test = postgresTests();

storeContractBy("three nodes", (name, run) => {
  if (OF_ONE_NODE.some((sentence) => name.endsWith(sentence))) return;
  test(name, async (postgres) => {
    const url = await createChatDatabase(postgres);
    await run(async (options) => {
      const nodes = await Promise.all(Array.from({ length: NODES }, () => open(url, options)));
      return {
        store: inTurn(nodes),
        close: async () => void await Promise.all(nodes.map((node) => node.close())),
      };
    });
  });
});

async function open(url: string, options: StoreOptions): Promise<Store> {
  const { store } = await openPostgresStore({
    ...options,
    address: readAddress(url, {}),
    readers: 1, // a connection takes a server sixty milliseconds; three stores read by three
    randomId: () => crypto.randomUUID(),
    secret: null,
    randomSecret: () => crypto.randomUUID(),
    log(message, detail) {
      if (/fsync is off/.test(detail)) return; // the tests' servers need not survive the power
      throw new Error(`Nothing should be logged, but: ${message} ${detail}`);
    },
  });
  return store;
}

/** One store, whose calls are taken by each of these in turn. */
function inTurn(nodes: readonly Store[]): Store {
  let turn = 0;
  return new Proxy(nodes[0]!, {
    get(_, name: keyof Store) {
      const node = nodes[turn++ % nodes.length]!;
      return node[name];
    },
  });
}
