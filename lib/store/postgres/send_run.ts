/** A run of messages and what became of each. Knows no database. */
import { type BatchOutcome, unavailable, type WireError } from "../commit/wire.ts";
import type { NewMessage } from "../contract/messages.ts";
import { mayMentionGroup } from "../operations/parts/mentions.ts";

/**
 * Whether the shared operation has to store it: the send function knows neither groups nor files,
 * and plans nothing.
 */
export function goesAlone({ text, files, previews }: NewMessage): boolean {
  return files !== undefined || previews === true || mayMentionGroup(text);
}

/** The messages of a run and what became of each. */
export class SendRun {
  readonly #outcomes: unknown[];
  readonly #errors = new Map<number, WireError>();
  readonly #settled = new Set<number>();
  readonly #order: number[] = [];

  constructor(readonly inputs: readonly NewMessage[]) {
    this.#outcomes = new Array<unknown>(inputs.length);
  }

  store(index: number, outcome: unknown): void {
    this.keep(index, outcome);
    this.#order.push(index);
  }

  /** As it was stored before. */
  keep(index: number, outcome: unknown): void {
    this.#outcomes[index] = outcome;
    this.#settled.add(index);
  }

  refuse(index: number, error: WireError): void {
    this.#errors.set(index, error);
    this.#settled.add(index);
  }

  outcome(): BatchOutcome {
    return { outcomes: this.#outcomes, errors: this.#errors, failure: null, order: this.#order };
  }

  halted(failure: string | null): BatchOutcome {
    for (const index of this.inputs.keys()) {
      if (!this.#settled.has(index)) this.#errors.set(index, unavailable());
    }
    return { ...this.outcome(), failure, halted: true };
  }
}

/**
 * Parts what goes now from what has to wait: the same clientId twice, what goes alone behind others of
 * the same person in the same room, and what they wrote there behind either.
 */
export function partRun(
  inputs: readonly NewMessage[],
  indexes: readonly number[],
): { now: number[]; parted: number[] } {
  const now: number[] = [];
  const parted: number[] = [];
  const clientIds = new Set<string>();
  const ahead = new Set<string>();
  const behind = new Set<string>();
  for (const index of indexes) {
    const { room, userId, clientId } = inputs[index]!;
    const message = `${userId} ${clientId}`;
    const sender = `${userId} in ${room}`;
    const waits = ahead.has(sender) && goesAlone(inputs[index]!);
    if (waits || clientIds.has(message) || behind.has(sender)) {
      behind.add(sender);
      parted.push(index);
    } else {
      clientIds.add(message);
      ahead.add(sender);
      now.push(index);
    }
  }
  return { now, parted };
}
