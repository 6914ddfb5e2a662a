/**
 * Which emoji somebody used last, and in which skin tone: kept on the browser's shelf for this
 * account, until it logs out. Nothing depends on it: where the shelf is forbidden or damaged, there
 * are no habits.
 */
import type { Shelf } from "../../client/shelf.ts";
import { withoutTone } from "./tones.ts";

export interface Habits {
  /** The last used first, without tones. */
  readonly recent: readonly string[];
  /** An index of `TONES`. */
  readonly tone: number;
}

/** Two rows of the picker. */
const KEPT = 18;

const NONE: Habits = { recent: [], tone: 0 };

export function readHabits(shelf: Shelf, userId: number): Habits {
  try {
    const key = keyOf(userId);
    const written = shelf.all(key).find(([name]) => name === key)?.[1];
    const { recent, tone } = JSON.parse(written ?? "{}") as Partial<Record<keyof Habits, unknown>>;
    return {
      recent: Array.isArray(recent)
        ? recent.filter((one): one is string => typeof one === "string").slice(0, KEPT)
        : [],
      tone: Number.isInteger(tone) && Number(tone) >= 0 && Number(tone) <= 5 ? Number(tone) : 0,
    };
  } catch {
    return NONE;
  }
}

export function noteUsed(shelf: Shelf, userId: number, emoji: string): void {
  const { recent, tone } = readHabits(shelf, userId);
  const used = withoutTone(emoji);
  const others = recent.filter((one) => one !== used);
  write(shelf, userId, { recent: [used, ...others].slice(0, KEPT), tone });
}

export function keepTone(shelf: Shelf, userId: number, tone: number): void {
  write(shelf, userId, { ...readHabits(shelf, userId), tone });
}

function write(shelf: Shelf, userId: number, habits: Habits): void {
  try {
    shelf.put(keyOf(userId), JSON.stringify(habits));
  } catch {
    // The browser keeps nothing: then nothing is remembered.
  }
}

/** In step with `lib/client/forget.ts`. */
function keyOf(userId: number): string {
  return `confab.emoji.${userId}.habits`;
}
