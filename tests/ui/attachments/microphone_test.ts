/** A recording, where a browser lacks or refuses what is only for show. */
import assert from "node:assert/strict";
import { browserMicrophone } from "../../../lib/ui/attachments/microphone.ts";

/** Of a browser, what a recording asks for; as Firefox it writes Ogg or WebM, and no MP4. */
class Recorder extends EventTarget {
  static isTypeSupported(type: string): boolean {
    return /webm|ogg/.test(type);
  }
  state = "inactive";
  readonly mimeType: string;
  constructor(_stream: unknown, { mimeType = "" }: { mimeType?: string }) {
    super();
    this.mimeType = mimeType;
  }
  start(): void {
    this.state = "recording";
  }
  stop(): void {
    this.state = "inactive";
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data: new Blob(["sound"]) }));
    this.dispatchEvent(new Event("stop"));
  }
}

class RefusedContext {
  constructor() {
    throw new DOMException("no sound here", "NotSupportedError");
  }
}

for (
  const [what, context] of [["no meter", undefined], ["a refused meter", RefusedContext]] as const
) {
  Deno.test(`with ${what} of loudness a voice message is recorded all the same`, async () => {
    using browser = new DisposableStack();
    const give = (target: object, name: string, value: unknown) => {
      const before = Object.getOwnPropertyDescriptor(target, name);
      Object.defineProperty(target, name, { value, configurable: true, writable: true });
      browser.defer(() => {
        if (before) Object.defineProperty(target, name, before);
        else Reflect.deleteProperty(target, name);
      });
    };
    let released = 0;
    const track = Object.assign(new EventTarget(), { stop: () => void released++ });
    const stream = { getTracks: () => [track] };
    give(globalThis, "isSecureContext", true);
    give(globalThis, "MediaRecorder", Recorder);
    give(globalThis, "AudioContext", context);
    give(navigator, "mediaDevices", { getUserMedia: () => Promise.resolve(stream) });

    const sound = await browserMicrophone.open(() => {});
    assert.equal(sound.level(), 0);
    const blob = await sound.stop();
    assert.deepEqual([await blob.text(), blob.type], ["sound", "audio/webm"]);
    assert.equal(released, 1, "nobody listens any more");
  });
}
