/**
 * How loud a voice message is, place by place: from what was measured while it was recorded to the few
 * numbers that travel with it. Pure.
 */
import { WAVEFORM } from "../../protocol/limits.ts";

/** What was measured: when, milliseconds from the beginning, and how loud, 0 to 1. */
export interface Loudness {
  readonly at: number;
  readonly level: number;
}

/** A recording in which nobody speaks must not look as if somebody did: this is as loud as nothing. */
const SILENCE = 0.02;

/**
 * At most `WAVEFORM` numbers from 0 to 100, the loudest place 100. A browser measures seldom while its
 * window is hidden: a place without a measurement is as loud as the one before it.
 */
export function waveformOf(measured: readonly Loudness[], milliseconds: number): number[] {
  const count = Math.min(WAVEFORM, measured.length);
  const places = new Array<number>(count).fill(-1);
  for (const { at, level } of measured) {
    const place = Math.min(count - 1, Math.floor(count * at / Math.max(1, milliseconds)));
    places[place] = Math.max(places[place]!, level);
  }
  const loudest = Math.max(SILENCE * 4, ...places);
  let before = 0;
  return places.map((level) => {
    before = level < 0 ? before : level;
    return Math.round(100 * Math.min(1, before / loudest));
  });
}

/**
 * Sound as a number: the root of the mean square of its samples (−1 to 1), bent so that speech and not
 * a knock on the table fills the scale.
 */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  return rms < SILENCE / 4 ? 0 : Math.min(1, Math.sqrt(rms * 1.6));
}
