/** This checkout and another in turn (A B B A …), so that what disturbs the machine disturbs both. */
import type { Bench } from "./bench.ts";
import type { Pair } from "./measure.ts";

export interface Turns<T> {
  own: T[];
  /** Empty where there is no other checkout. */
  other: T[];
}

/** Runs once for each checkout in every round. `run` is given the place of the checkout. */
export async function inTurn<T>(
  { tree, against, rounds }: Pick<Bench, "tree" | "against" | "rounds">,
  run: (tree: string) => Promise<T>,
): Promise<Turns<T>> {
  const turns: Turns<T> = { own: [], other: [] };
  for (let i = 0; i < rounds; i++) {
    const own = async () => turns.own.push(await run(tree));
    const other = async () => against !== null && turns.other.push(await run(against));
    for (const turn of i % 2 === 0 ? [own, other] : [other, own]) await turn();
  }
  return turns;
}

/** One number of each turn, as a pair of the report; none where there is no other checkout. */
export function pairOf<T>(
  { own, other }: Turns<T>,
  what: string,
  unit: string,
  of: (figures: T) => number,
): Pair[] {
  return other.length === 0 ? [] : [{ what, unit, own: own.map(of), other: other.map(of) }];
}

/**
 * What `start` starts, once for each checkout. All end together, and those that have started with
 * the one that does not.
 */
export async function startEach<T extends AsyncDisposable>(
  { tree, against }: Pick<Bench, "tree" | "against">,
  start: (tree: string) => Promise<T>,
) {
  await using stack = new AsyncDisposableStack();
  const byTree = new Map<string, T>();
  for (const each of [tree, ...(against === null ? [] : [against])]) {
    byTree.set(each, stack.use(await start(each)));
  }
  const kept = stack.move();
  return {
    all: [...byTree.values()],
    of: (each: string) => byTree.get(each)!, // started above
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
