/**
 * Limits of time are set on a machine at rest; where tests run, it may be a third as fast, and
 * others may have half of it. What they are to find is a calculation whose time grows with the
 * square of its input, and that passes any limit.
 */

/**
 * What `calculation` takes on the machine on which the limits were set, milliseconds. Reckoned, not
 * measured there: 2.8 on one where a plain page took 2.6 times as long.
 */
const THERE = 1.1;
/** Slower than that, limits stay: a test that waits for minutes finds nothing. */
const SLOWEST = 6;
/** The first ones take four times as long: the engine has not compiled them yet. */
const ROUNDS = 16;

/**
 * So many milliseconds there are how many here, at this moment? Never fewer. For calculations alone:
 * what people are promised is the same on every machine.
 */
export function atOwnSpeed(milliseconds: number): number {
  const here = Math.min(...Array.from({ length: ROUNDS }, calculation));
  return milliseconds * Math.min(Math.max(here / THERE, 1), SLOWEST);
}

/** Strings, objects and a pattern, as most of what is limited. */
function calculation(): number {
  const began = performance.now();
  let length = 0;
  for (let round = 0; round < 40; round++) {
    const words = Array.from({ length: 200 }, (_, at) => ({ at, word: `word ${at * round}` }));
    const text = JSON.stringify(words);
    length += JSON.parse(text).length + text.replace(/\d+/g, (found) => `<${found}>`).length;
  }
  if (length === 0) throw new Error("What has no result may be left out by the engine.");
  return performance.now() - began;
}
