/** What a text says otherwise than the one before: word by word. Pure functions. */

export interface Difference {
  kind: "same" | "added" | "removed";
  text: string;
}

/**
 * Steps of the comparison. Of longer texts only where they begin and end alike is found, so that the
 * longest messages take some milliseconds.
 */
const MOST_STEPS = 1_000_000;

/** In scripts without spaces each character is a word. */
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}\p{M}_]+|\s+|./gsu;

export function differences(before: string, after: string): Difference[] {
  const old: string[] = before.match(WORDS) ?? [];
  const now: string[] = after.match(WORDS) ?? [];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (
    end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)
  ) end++;
  const middle = compare(
    old.slice(start, old.length - end),
    now.slice(start, now.length - end),
  );
  return joined([
    ...now.slice(0, start).map((text): Difference => ({ kind: "same", text })),
    ...middle,
    ...now.slice(now.length - end).map((text): Difference => ({ kind: "same", text })),
  ]);
}

/** By the longest words that both have in one order. */
function compare(old: readonly string[], now: readonly string[]): Difference[] {
  if (old.length * now.length > MOST_STEPS) {
    return [{ kind: "removed", text: old.join("") }, { kind: "added", text: now.join("") }];
  }
  const width = now.length + 1;
  // How many words are common from here to the end.
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      common[i * width + j] = old[i] === now[j]
        ? common[(i + 1) * width + j + 1]! + 1
        : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const pieces: Difference[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      pieces.push({ kind: "same", text: now[j++]! });
      i++;
    } else if (
      j === now.length ||
      (i < old.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
    ) {
      pieces.push({ kind: "removed", text: old[i++]! });
    } else {
      pieces.push({ kind: "added", text: now[j++]! });
    }
  }
  return pieces;
}

function joined(pieces: readonly Difference[]): Difference[] {
  const whole: Difference[] = [];
  for (const piece of pieces) {
    if (piece.text === "") continue;
    const last = whole.at(-1);
    if (last?.kind === piece.kind) last.text += piece.text;
    else whole.push({ ...piece });
  }
  return whole;
}
