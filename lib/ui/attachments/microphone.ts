/**
 * The browser's microphone, as a recording needs it: sound as a file, and how loud it is just now. The
 * only file that knows `getUserMedia`, `MediaRecorder` and `AudioContext`; it must not know what is
 * recorded for.
 */
import { loudness } from "./waveform.ts";

export interface Sound {
  /** How loud it is now, 0 to 1. */
  level(): number;
  /** Bytes so far. */
  size(): number;
  /** Ends it; what was recorded, to be played and sent. Never rejects. */
  stop(): Promise<Blob>;
}

export type MicrophoneFault =
  /** The reader, or the browser for them, said no. */
  | "refused"
  /** There is none. */
  | "missing"
  /** Another program has it, or the device failed. */
  | "busy"
  /** Without https browsers give none. */
  | "insecure"
  /** The browser cannot record. */
  | "unable";

export class MicrophoneError extends Error {
  constructor(readonly fault: MicrophoneFault) {
    super(fault);
  }
}

export interface Microphone {
  /** @param ended the sound broke off: the device was pulled out, or another call took it */
  open(ended: () => void): Promise<Sound>;
}

/** The first that the browser can write. All browsers of today play each of them. */
const TYPES = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg"];
/** Bits a second: enough for speech in Opus, a quarter of a megabyte a minute. */
const BIT_RATE = 32_000;
/** Milliseconds after which the browser hands over what it has. */
const SLICE = 1_000;

export const browserMicrophone: Microphone = {
  async open(ended) {
    if (!globalThis.isSecureContext) throw new MicrophoneError("insecure");
    if (!navigator.mediaDevices || !("MediaRecorder" in globalThis)) {
      throw new MicrophoneError("unable");
    }
    const stream = await listen();
    try {
      return record(stream, ended);
    } catch {
      release(stream);
      throw new MicrophoneError("unable");
    }
  },
};

async function listen(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
    });
  } catch (error) {
    throw new MicrophoneError(faultOf(error instanceof Error ? error.name : ""));
  }
}

function faultOf(name: string): MicrophoneFault {
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "missing" : "busy";
}

function record(stream: MediaStream, ended: () => void): Sound {
  const type = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: BIT_RATE,
    ...type ? { mimeType: type } : {},
  });
  const meter = levelMeter(stream);
  const parts: Blob[] = [];
  const finished = Promise.withResolvers<void>();
  recorder.addEventListener("dataavailable", ({ data }) => void parts.push(data));
  recorder.addEventListener("stop", () => finished.resolve());
  recorder.addEventListener("error", () => ended());
  for (const track of stream.getTracks()) track.addEventListener("ended", () => ended());
  recorder.start(SLICE);
  return {
    level: meter.level,
    size: () => parts.reduce((sum, { size }) => sum + size, 0),
    async stop() {
      if (recorder.state === "inactive") finished.resolve();
      else recorder.stop();
      await finished.promise;
      meter.close();
      release(stream);
      // Without the codec, which is no part of a file's type.
      return new Blob(parts, { type: (recorder.mimeType || type || "audio/webm").split(";")[0]! });
    },
  };
}

interface LevelMeter {
  level(): number;
  close(): void;
}

/** Without sound to play by, or where rates differ, a browser may refuse: it records all the same. */
function levelMeter(stream: MediaStream): LevelMeter {
  try {
    return measuring(stream);
  } catch {
    return { level: () => 0, close() {} };
  }
}

function measuring(stream: MediaStream): LevelMeter {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  context.createMediaStreamSource(stream).connect(analyser);
  // A browser may have it wait for a press of a button, which there was.
  context.resume().catch(() => {});
  const samples = new Float32Array(analyser.fftSize);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      return loudness(samples);
    },
    close: () => void context.close().catch(() => {}),
  };
}

/** The browser shows that nobody listens any more. */
function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
