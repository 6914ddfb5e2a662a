/** What a measure has at hand: servers to start, loads to run, and how much patience there is. */
import { type Confab, type ConfabOptions, startConfab } from "./confab.ts";
import { generate } from "./generator.ts";
import { note } from "./print.ts";
import type { Server } from "./pinned.ts";
import { type PeerName, startEmptyServe, startPeer } from "./peers.ts";

export interface Bench {
  /** The checkout that is measured. */
  tree: string;
  /** Fewer rounds and shorter ones: to see that it works, not to compare. */
  quick: boolean;
  /** How often each pair runs. */
  rounds: number;
  /** How long a load runs before it counts: until compilers have seen what is hot. */
  warmup: number;
  /** How long a load is measured. */
  seconds: number;
  confab(options: Omit<ConfabOptions, "tree">): Promise<Confab>;
  peer(name: PeerName): Promise<Server>;
  emptyServe(): Promise<Server>;
  generate: typeof generate;
  note(line: string): void;
}

export function createBench({ tree, quick }: { tree: string; quick: boolean }): Bench {
  return {
    tree,
    quick,
    rounds: quick ? 1 : 3,
    warmup: quick ? 1.5 : 6,
    seconds: quick ? 2 : 4,
    confab: (options) => startConfab({ ...options, tree }),
    peer: startPeer,
    emptyServe: startEmptyServe,
    generate,
    note: (line) => note(`  ${line}`),
  };
}
