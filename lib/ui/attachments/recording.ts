/**
 * A voice message while it is recorded and listened to: asks for the microphone, measures time and
 * loudness, ends at its limits. It must not know what it looks like, nor how it is sent.
 */
import { batch, signal } from "@preact/signals";
import type { VoiceNote } from "../../client/uploads_model.ts";
import type { Ticks } from "../../protocol/time.ts";
import {
  type Microphone,
  MicrophoneError,
  type MicrophoneFault,
  type Sound,
} from "./microphone.ts";
import { type Loudness, waveformOf } from "./waveform.ts";

/** Milliseconds between two measurements. */
const MEASURES_EVERY = 60;
/** How many measurements are shown while it records. */
const SHOWN = 120;
/** Seconds: nobody listens to more. */
export const LONGEST = 3600;
/** Seconds: less is a finger that slipped. */
export const SHORTEST = 0.5;

export type RecordingState =
  | { kind: "asking" }
  | { kind: "recording" }
  /** It can be listened to, and sent. */
  | { kind: "recorded"; voice: Recorded }
  | { kind: "failed"; fault: MicrophoneFault };

export interface Recorded {
  blob: Blob;
  note: VoiceNote;
  /** Why it ended where nobody had asked for that. */
  cut: "limit" | "broke" | null;
}

/** What measuring needs. */
export interface RecordingClock {
  ticks(): Ticks;
  setTimeout(run: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

export interface RecordingOptions {
  microphone: Microphone;
  clock: RecordingClock;
  /** Bytes of the largest file. */
  most: number;
}

export class Recording {
  readonly state = signal<RecordingState>({ kind: "asking" });
  /** Recorded so far. */
  readonly seconds = signal(0);
  /** The last measurements, 0 to 1, the newest at the end. */
  readonly levels = signal<readonly number[]>([]);
  readonly #options: RecordingOptions;
  readonly #measured: Loudness[] = [];
  #sound: Sound | null = null;
  #since = 0 as Ticks;
  #timer: unknown = null;
  #isDropped = false;
  #ending: Promise<Recorded | null> | null = null;

  constructor(options: RecordingOptions) {
    this.#options = options;
  }

  /** Never rejects: what went wrong is its state. */
  async begin(): Promise<void> {
    const { microphone, clock } = this.#options;
    try {
      const sound = await microphone.open(() => void this.stop("broke"));
      if (this.#isDropped) return void await sound.stop();
      this.#sound = sound;
      this.#since = clock.ticks();
      this.state.value = { kind: "recording" };
      this.#measureSoon();
    } catch (error) {
      const fault = error instanceof MicrophoneError ? error.fault : "busy";
      if (!this.#isDropped) this.state.value = { kind: "failed", fault };
    }
  }

  /** Ends it. Null where nothing was recorded; called again, it answers the same. */
  stop(cut: Recorded["cut"] = null): Promise<Recorded | null> {
    const sound = this.#sound;
    if (sound === null) return Promise.resolve(null);
    this.#ending ??= this.#end(sound, cut);
    return this.#ending;
  }

  /** The microphone is let go of, and nothing is kept. */
  drop(): void {
    this.#isDropped = true;
    this.#rest();
    void this.stop();
  }

  async #end(sound: Sound, cut: Recorded["cut"]): Promise<Recorded | null> {
    this.#rest();
    this.#measure();
    const milliseconds = this.#elapsed();
    const blob = await sound.stop();
    const duration = Math.round(milliseconds / 100) / 10;
    if (blob.size === 0) {
      if (!this.#isDropped) this.state.value = { kind: "failed", fault: "busy" };
      return null;
    }
    const note = { duration, waveform: waveformOf(this.#measured, milliseconds) };
    const voice = { blob, note, cut };
    if (!this.#isDropped) this.state.value = { kind: "recorded", voice };
    return voice;
  }

  #measureSoon(): void {
    this.#timer = this.#options.clock.setTimeout(() => {
      this.#measure();
      if (this.seconds.peek() >= LONGEST || this.#isFull()) return void this.stop("limit");
      this.#measureSoon();
    }, MEASURES_EVERY);
  }

  #measure(): void {
    const level = this.#sound?.level() ?? 0;
    const at = this.#elapsed();
    this.#measured.push({ at, level });
    batch(() => {
      this.seconds.value = at / 1000;
      this.levels.value = [...this.levels.peek(), level].slice(-SHOWN);
    });
  }

  /** With room for what the browser has not handed over yet. */
  #isFull(): boolean {
    return (this.#sound?.size() ?? 0) > this.#options.most - 65_536;
  }

  #elapsed(): number {
    return this.#options.clock.ticks() - this.#since;
  }

  #rest(): void {
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }
}
