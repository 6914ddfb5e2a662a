import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import type { Timeline } from "../../../lib/client/model.ts";
import { createMemoryShelf } from "../../../lib/client/shelf.ts";
import { Playback, type SoundPlayer, type Track } from "../../../lib/ui/files/playback.ts";
import { voiceOf } from "./sample_files.ts";

/** Sounds nothing; a test says what happens to it. */
class StillSound extends EventTarget {
  src = "";
  currentTime = 0;
  duration = NaN;
  paused = true;
  playbackRate = 1;

  /** What the next call of `play` answers. */
  answer = Promise.resolve();

  play(): Promise<void> {
    this.paused = false;
    return this.answer;
  }

  pause(): void {
    this.paused = true;
    this.dispatchEvent(new Event("pause"));
  }

  happens(what: string): void {
    this.dispatchEvent(new Event(what));
  }
}

const timeline = signal<Timeline | null>(null);
const ONE: Track = { file: voiceOf(1), message: 101, timeline };
const TWO: Track = { file: voiceOf(2), message: 102, timeline };

function started(shelf = createMemoryShelf()) {
  const sound = new StillSound();
  const heard: number[] = [];
  const playback = new Playback({
    createSound: () => sound as unknown as SoundPlayer, // what is used of one, and no more
    shelf,
    userId: 1,
    nextOf: (track) => track === ONE ? TWO : null,
    onHeard: ({ message }) => heard.push(message),
  });
  return { sound, heard, playback, shelf };
}

Deno.test("a voice message plays, pauses, and goes on where it was", () => {
  const { sound, playback, heard } = started();
  playback.play(ONE);
  assert.equal(sound.src, ONE.file.url);
  assert(playback.playing.value);
  sound.currentTime = 4;
  sound.happens("timeupdate");
  assert.equal(playback.position.value, 4);
  playback.pause();
  assert(!playback.playing.value);
  playback.play(ONE);
  assert.equal(sound.currentTime, 4);
  assert.deepEqual(heard, [101], "once");
});

Deno.test("the next one plays on, and after the last it is over", () => {
  const { sound, playback, heard } = started();
  playback.play(ONE);
  sound.happens("ended");
  assert.equal(playback.track.value, TWO);
  assert.equal(playback.position.value, 0);
  assert(playback.playing.value);
  sound.happens("ended");
  assert.equal(playback.track.value, null);
  assert(!playback.playing.value);
  assert.deepEqual(heard, [101, 102]);
});

Deno.test("the speed is remembered in this browser, and a damaged one is none", () => {
  const { sound, playback, shelf } = started();
  playback.play(ONE);
  playback.turnSpeed();
  playback.turnSpeed();
  assert.equal(sound.playbackRate, 1.5);
  const later = started(shelf).playback;
  later.recall();
  assert.equal(later.speed.value, 1.5);
  for (const [key] of shelf.all("confab.voice.")) shelf.put(key, "fast");
  const damaged = started(shelf).playback;
  damaged.recall();
  assert.equal(damaged.speed.value, 1);
  for (let turn = 0; turn < 5; turn++) damaged.turnSpeed();
  assert.equal(damaged.speed.value, 1, "after the fastest comes the first again");
});

Deno.test("what cannot be played is said of the one that could not, until it is tried again", () => {
  const { sound, playback } = started();
  playback.play(ONE);
  sound.happens("error");
  assert.equal(playback.failed.value, 1);
  assert(!playback.playing.value);
  playback.play(TWO);
  assert.equal(playback.failed.value, null);
});

Deno.test("a message that another one took the turn of, still on its way, does not stop that one", async () => {
  const { sound, playback } = started();
  const { promise, reject } = Promise.withResolvers<void>();
  sound.answer = promise;
  playback.play(ONE);
  sound.answer = Promise.resolve();
  playback.play(TWO);
  reject(new DOMException("The play() request was interrupted by a new load.", "AbortError"));
  await promise.catch(() => {});
  await Promise.resolve();
  assert(playback.playing.value);
});

Deno.test("what the browser refuses to play does not look as if it played", async () => {
  const { sound, playback } = started();
  sound.answer = Promise.reject(new DOMException("Nobody has clicked.", "NotAllowedError"));
  sound.play = () => sound.answer;
  playback.play(ONE);
  await sound.answer.catch(() => {});
  await Promise.resolve();
  assert(!playback.playing.value);
});

Deno.test("what a keyboard's own keys pause and go on with is shown so", () => {
  const { sound, playback } = started();
  playback.play(ONE);
  sound.happens("pause");
  assert(!playback.playing.value);
  sound.happens("play");
  assert(playback.playing.value);
});
