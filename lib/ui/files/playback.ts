/**
 * The voice message that plays: one for the whole page, which goes on while its message is out of
 * sight, and with the next one when it ends. It must not know what a player looks like.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Shelf } from "../../client/shelf.ts";
import type { File } from "../../protocol/files.ts";
import type { View } from "../view.ts";
import { hear } from "./heard.ts";

/** What plays sound: the browser's `Audio`, or a test's. */
export type SoundPlayer = Pick<
  HTMLAudioElement,
  | "src"
  | "currentTime"
  | "duration"
  | "paused"
  | "playbackRate"
  | "play"
  | "pause"
  | "addEventListener"
>;

export interface Track {
  file: File;
  /** Its message. */
  message: number;
  /** The room's, or the thread's, in which the message stands. */
  timeline: View["state"]["timeline"];
}

const SPEEDS = [1, 1.25, 1.5, 1.75, 2] as const;

export interface PlaybackOptions {
  createSound: () => SoundPlayer;
  shelf: Shelf;
  userId: number;
  /** What is to be played after it, if anything. */
  nextOf: (track: Track) => Track | null;
  /** Somebody listens to it now. */
  onHeard: (track: Track) => void;
}

export class Playback {
  readonly #options: PlaybackOptions;
  #sound: SoundPlayer | null = null;
  readonly #track = signal<Track | null>(null);
  readonly #playing = signal(false);
  readonly #position = signal(0);
  readonly #failed = signal<number | null>(null);
  readonly #speed = signal<number>(1);

  constructor(options: PlaybackOptions) {
    this.#options = options;
  }

  /** What is played, or paused. */
  get track(): ReadonlySignal<Track | null> {
    return this.#track;
  }

  get playing(): ReadonlySignal<boolean> {
    return this.#playing;
  }

  /** Seconds. */
  get position(): ReadonlySignal<number> {
    return this.#position;
  }

  /** The id of the file that could not be played. */
  get failed(): ReadonlySignal<number | null> {
    return this.#failed;
  }

  get speed(): ReadonlySignal<number> {
    return this.#speed;
  }

  /** Plays it, or goes on with it. @param from seconds; where it stands if not given */
  play(track: Track, from?: number): void {
    const sound = this.#sound ??= this.#createSound();
    const isOther = this.#track.value?.file.id !== track.file.id;
    this.#failed.value = null;
    if (isOther) {
      this.#track.value = track;
      this.#position.value = from ?? 0;
      sound.src = track.file.url;
    }
    if (from !== undefined) this.seek(from);
    sound.playbackRate = this.#speed.value;
    this.#playing.value = true;
    // Refused. Where another one took its turn, that one is not paused, and goes on.
    sound.play().catch(() => {
      if (sound.paused) this.#playing.value = false;
    });
    if (isOther) this.#options.onHeard(track);
  }

  pause(): void {
    this.#sound?.pause();
    this.#playing.value = false;
  }

  /** Pauses, and nothing is at hand to go on with. */
  stop(): void {
    this.pause();
    this.#track.value = null;
    this.#position.value = 0;
  }

  /** @param seconds within what is played or paused */
  seek(seconds: number): void {
    this.#position.value = seconds;
    if (this.#sound !== null) this.#sound.currentTime = seconds;
  }

  /** Takes the speed that was chosen last, in this browser. */
  recall(): void {
    try {
      const key = this.#key();
      const kept = Number(this.#options.shelf.all(key).find(([name]) => name === key)?.[1]);
      this.#speed.value = SPEEDS.find((speed) => speed === kept) ?? this.#speed.value;
    } catch {
      // The browser keeps nothing: then it is as fast as somebody speaks.
    }
  }

  /** The next one of `SPEEDS`, and the first after the last. */
  turnSpeed(): void {
    const at = SPEEDS.findIndex((speed) => speed === this.#speed.value);
    this.#speed.value = SPEEDS[(at + 1) % SPEEDS.length]!;
    if (this.#sound !== null) this.#sound.playbackRate = this.#speed.value;
    this.#keepSpeed();
  }

  #createSound(): SoundPlayer {
    const sound = this.#options.createSound();
    sound.addEventListener("timeupdate", () => {
      if (this.#playing.value) this.#position.value = sound.currentTime;
    });
    // By whomever: also a keyboard's own keys, and headphones, pause it and go on.
    sound.addEventListener("play", () => this.#playing.value = true);
    sound.addEventListener("pause", () => this.#playing.value = false);
    sound.addEventListener("ended", () => this.#ended());
    sound.addEventListener("error", () => {
      this.#failed.value = this.#track.value?.file.id ?? null;
      this.#playing.value = false;
    });
    return sound;
  }

  #ended(): void {
    const track = this.#track.value;
    const next = track && this.#options.nextOf(track);
    if (next) this.play(next, 0);
    else this.stop();
  }

  #keepSpeed(): void {
    try {
      this.#options.shelf.put(this.#key(), String(this.#speed.value));
    } catch {
      // Then it is as fast as ever after the next reload.
    }
  }

  /** In step with `lib/client/forget.ts`. */
  #key(): string {
    return `confab.voice.${this.#options.userId}.speed`;
  }
}

/** The page's own: made when it is first asked for. */
export function playbackOf(view: View): Playback {
  const before = view.fetched.get(Playback) as Playback | undefined;
  if (before !== undefined) return before;
  const made = new Playback({
    createSound: () => new Audio(),
    shelf: view.shelf,
    userId: view.state.me.peek().id,
    nextOf: nextVoice,
    onHeard: ({ message }) => hear(view, message),
  });
  view.fetched.set(Playback, made);
  stopWhatIsGone(made, view.state);
  return made;
}

/** What was deleted, or is in a room that the reader lost, shows no button any more that would pause it. */
function stopWhatIsGone(playback: Playback, { lostRoom, deleted }: View["state"]): void {
  // For as long as there is the page, as the sound.
  effect(() => {
    const track = playback.track.value;
    if (track === null) return;
    if (lostRoom.value !== null || deleted.value.has(track.message)) playback.stop();
  });
}

/** The next voice message of the same conversation, as far as it is loaded. */
function nextVoice({ file: { id }, message, timeline }: Track): Track | null {
  const messages = timeline.peek()?.messages ?? [];
  const tracks = messages.filter(({ deletedAt }) => deletedAt === null).flatMap((one) =>
    one.files.filter(({ voice }) => voice !== undefined).map((file) => ({
      file,
      message: one.id,
      timeline,
    }))
  );
  const at = tracks.findIndex((one) => one.file.id === id && one.message === message);
  return at < 0 ? null : tracks[at + 1] ?? null;
}
