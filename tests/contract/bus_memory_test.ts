/** The bus of a single node passes the contract, as far as there is one node. */
import { createMemoryBus } from "../../lib/bus/memory.ts";
import { busContract } from "./bus.ts";

busContract({
  kind: "memory",
  joins: false,
  test: (sentence, run) =>
    Deno.test(`memory: ${sentence}`, () => run(() => Promise.resolve(createMemoryBus()))),
});
