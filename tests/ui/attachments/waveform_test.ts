import assert from "node:assert/strict";
import { WAVEFORM } from "../../../lib/protocol/limits.ts";
import { loudness, waveformOf } from "../../../lib/ui/attachments/waveform.ts";

Deno.test("a waveform has at most a hundred whole numbers from 0 to 100, the loudest place 100", () => {
  const measured = Array.from({ length: 1_000 }, (_, at) => ({
    at: at * 60,
    level: at === 500 ? 0.4 : 0.1,
  }));
  const waveform = waveformOf(measured, 60_000);
  assert.equal(waveform.length, WAVEFORM);
  assert.ok(waveform.every((level) => Number.isInteger(level) && level >= 0 && level <= 100));
  assert.equal(waveform.indexOf(100), 50);
  assert.equal(waveform[0], 25);
});

Deno.test("a short one has as many numbers as there were measurements, an empty one none", () => {
  const measured = [{ at: 0, level: 0.2 }, { at: 60, level: 0.4 }, { at: 120, level: 0.1 }];
  assert.deepEqual(waveformOf(measured, 180), [50, 100, 25]);
  assert.deepEqual(waveformOf([], 0), []);
});

Deno.test("silence looks like silence, not like somebody who whispers", () => {
  const measured = Array.from({ length: 50 }, (_, at) => ({ at: at * 60, level: 0.004 }));
  assert.ok(waveformOf(measured, 3_000).every((level) => level <= 5));
});

Deno.test("while a hidden window measures once a second, what is between is as loud as before", () => {
  const dense = Array.from({ length: 100 }, (_, at) => ({ at: at * 10, level: 0.5 }));
  const waveform = waveformOf([...dense, { at: 1_900, level: 0.25 }], 2_000);
  assert.deepEqual(waveform.slice(60, 90), new Array(30).fill(100));
  assert.equal(waveform.at(-1), 50);
});

Deno.test("loudness is 0 for nothing, at most 1, and grows with the sound", () => {
  const tone = (peak: number) =>
    Float32Array.from({ length: 2_048 }, (_, at) => peak * Math.sin(at / 5));
  assert.equal(loudness(new Float32Array(2_048)), 0);
  assert.equal(loudness(new Float32Array(0)), 0);
  const levels = [0.05, 0.2, 0.8].map((peak) => loudness(tone(peak)));
  assert.deepEqual(levels, [...levels].sort());
  assert.ok(levels[0]! > 0.1 && loudness(tone(1)) <= 1);
});
