/** What a measure has at hand: servers to start, loads to run, and how much patience there is. */
import { type Confab, type ConfabOptions, startConfab } from "./confab.ts";
import { generate } from "./generator.ts";
import { note } from "./print.ts";
import type { Server } from "./pinned.ts";
import {
  type PeerName,
  type RecordedAnswer,
  startEmptyServe,
  startFloor,
  startPeer,
  startPlainGreeting,
} from "./peers.ts";

export interface Bench {
  /** The checkout that is measured. */
  tree: string;
  /** Another one, to be measured in turn with it by what can do that. */
  against: string | null;
  /** Fewer rounds and shorter ones: to see that it works, not to compare. */
  quick: boolean;
  /** How often each pair runs. */
  rounds: number;
  /** How long a load runs before it counts: until compilers have seen what is hot. */
  warmup: number;
  /** How long a load is measured. */
  seconds: number;
  /** Of the checkout that is measured, or of the named one. */
  confab(options: Omit<ConfabOptions, "tree">, tree?: string): Promise<Confab>;
  peer(name: PeerName): Promise<Server>;
  emptyServe(): Promise<Server>;
  floor(answer: RecordedAnswer): Promise<Server>;
  /** @param dataDir with the database that it greets from */
  plainGreeting(dataDir: string): Promise<Server>;
  generate: typeof generate;
  note(line: string): void;
}

export interface BenchOptions {
  tree: string;
  against: string | null;
  quick: boolean;
}

export function createBench({ tree, against, quick }: BenchOptions): Bench {
  return {
    tree,
    against,
    quick,
    // Two checkouts differ by less than a checkout's own rounds do.
    rounds: (quick ? 1 : 3) + (against === null ? 0 : quick ? 1 : 7),
    warmup: quick ? 1.5 : 6,
    seconds: quick ? 2 : 4,
    confab: (options, named = tree) => startConfab({ ...options, tree: named }),
    peer: startPeer,
    emptyServe: startEmptyServe,
    floor: startFloor,
    plainGreeting: startPlainGreeting,
    generate,
    note: (line) => note(`  ${line}`),
  };
}
