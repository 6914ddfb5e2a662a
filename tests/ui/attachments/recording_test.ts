import assert from "node:assert/strict";
import type { Ticks } from "../../../lib/protocol/time.ts";
import { MicrophoneError, type Sound } from "../../../lib/ui/attachments/microphone.ts";
import { LONGEST, Recording } from "../../../lib/ui/attachments/recording.ts";

/** A microphone and a clock that the test moves. */
function studio({ most = 1_000_000, bytes = "sound" } = {}) {
  let now = 5_000;
  let due: (() => void) | null = null;
  let broken = () => {};
  const asked = Promise.withResolvers<void>();
  const heard = { level: 0.2, size: 0, stopped: 0 };
  const sound: Sound = {
    level: () => heard.level,
    size: () => heard.size,
    stop() {
      heard.stopped++;
      return Promise.resolve(new Blob([bytes], { type: "audio/webm" }));
    },
  };
  const recording = new Recording({
    microphone: {
      async open(ended) {
        broken = ended;
        await asked.promise;
        return sound;
      },
    },
    clock: {
      ticks: () => now as Ticks,
      setTimeout: (run) => due = run,
      clearTimeout: () => due = null,
    },
    most,
  });
  return {
    recording,
    heard,
    allow: asked.resolve,
    refuse: asked.reject,
    breakOff: () => broken(),
    pass(milliseconds: number) {
      now += milliseconds;
      due?.();
    },
  };
}

const kindOf = ({ state }: Recording) => state.value.kind;

Deno.test("it asks, records, measures, and can then be listened to", async () => {
  const { recording, allow, heard, pass } = studio();
  const begun = recording.begin();
  assert.equal(kindOf(recording), "asking");
  allow();
  await begun;
  assert.equal(kindOf(recording), "recording");
  pass(1_000);
  heard.level = 0.4;
  pass(1_000);
  assert.equal(recording.seconds.value, 2);
  assert.deepEqual(recording.levels.value, [0.2, 0.4]);
  const voice = await recording.stop();
  assert.equal(voice?.note.duration, 2);
  assert.equal(voice?.note.waveform.at(-1), 100);
  assert.equal(voice?.blob.type, "audio/webm");
  assert.equal(kindOf(recording), "recorded");
  assert.equal(heard.stopped, 1);
});

Deno.test("asked twice to stop, it answers the same, and stops the microphone once", async () => {
  const { recording, allow, heard, pass } = studio();
  allow();
  await recording.begin();
  pass(700);
  const [first, second] = await Promise.all([recording.stop(), recording.stop()]);
  assert.equal(first, second);
  assert.equal(heard.stopped, 1);
});

Deno.test("it ends by itself at the longest time and before a file would be too large", async () => {
  for (const by of ["time", "size"] as const) {
    const { recording, allow, heard, pass } = studio();
    allow();
    await recording.begin();
    if (by === "size") heard.size = 999_000;
    pass(by === "time" ? LONGEST * 1000 : 60);
    await recording.stop();
    const state = recording.state.value;
    assert.equal(state.kind === "recorded" && state.voice.cut, "limit", by);
  }
});

Deno.test("a microphone that is pulled out leaves what was said before", async () => {
  const { recording, allow, breakOff, pass } = studio();
  allow();
  await recording.begin();
  pass(3_000);
  breakOff();
  await recording.stop();
  const state = recording.state.value;
  assert.equal(state.kind === "recorded" && state.voice.cut, "broke");
});

Deno.test("a refusal is told as what it is, and anything else as a microphone that cannot be used", async () => {
  for (
    const [error, fault] of [
      [new MicrophoneError("refused"), "refused"],
      [new MicrophoneError("missing"), "missing"],
      [new Error("?"), "busy"],
    ] as const
  ) {
    const { recording, refuse } = studio();
    refuse(error);
    await recording.begin();
    assert.deepEqual(recording.state.value, { kind: "failed", fault });
    assert.equal(await recording.stop(), null);
  }
});

Deno.test("dropped while the browser still asks, it lets go of the microphone when it comes", async () => {
  const { recording, allow, heard } = studio();
  const begun = recording.begin();
  recording.drop();
  allow();
  await begun;
  assert.equal(heard.stopped, 1);
  assert.equal(kindOf(recording), "asking");
});

Deno.test("a recording without a byte is none", async () => {
  const { recording, allow, pass } = studio({ bytes: "" });
  allow();
  await recording.begin();
  pass(500);
  assert.equal(await recording.stop(), null);
  assert.equal(kindOf(recording), "failed");
});
