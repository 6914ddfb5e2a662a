/** This checkout and another in turn (A B B A …), so that what disturbs the machine disturbs both. */
import type { Bench } from "./bench.ts";

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
