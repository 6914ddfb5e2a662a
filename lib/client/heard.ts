/**
 * Which voice messages were heard: asked for when players want to know, many at once, and kept up by
 * events from then on. Fetched with the first player.
 */
import type { Signal } from "@preact/signals";
import type { HeardList } from "../protocol/heard.ts";
import type { Api } from "./api.ts";
import type { FileCalls } from "./files_model.ts";
import type { HeardLater } from "./heard_later.ts";

export type HeardMarks = Signal<ReadonlyMap<number, boolean>>;

/** As many as the server answers at once. */
const AT_ONCE = 100;

export function createHearing(
  api: Api,
  heard: HeardMarks,
  later: Pick<HeardLater, "tell" | "has">,
): Pick<FileCalls, "askHeard" | "hear"> {
  const wanted = new Set<number>();

  function apply(answers: Iterable<[number, boolean]>): void {
    const next = new Map(heard.peek());
    // An event may have overtaken an answer, and the server may not know yet: heard stays heard.
    for (const [id, is] of answers) next.set(id, is || next.get(id) === true || later.has(id));
    heard.value = next;
  }

  async function ask(): Promise<void> {
    const some = [...wanted].slice(0, AT_ONCE);
    for (const id of some) wanted.delete(id);
    if (some.length === 0) return;
    try {
      const answer = await api<HeardList>("GET", `/api/me/heard?messages=${some.join(",")}`);
      apply(some.map((id) => [id, answer.heard.includes(id)]));
    } catch {
      // Whoever is shown next asks again; what waited on would keep them from it.
      return wanted.clear();
    }
    await ask();
  }

  return {
    async askHeard(messages) {
      const isFirst = wanted.size === 0;
      for (const id of messages) if (!heard.peek().has(id)) wanted.add(id);
      // Players of one conversation ask in the same moment.
      if (isFirst) await Promise.resolve().then(ask);
    },
    async hear(message) {
      if (heard.peek().get(message) === true) return;
      apply([[message, true]]);
      if (await later.tell(message)) return;
      // Told once more when it is played again.
      heard.value = new Map(heard.peek()).set(message, false);
    },
  };
}
