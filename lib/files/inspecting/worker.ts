/** The entry of the Worker that looks at files. */
import type { InspectorJob } from "./messages.ts";
import { answer, type LoadDecoder, loadSharp } from "./worker_side.ts";

/** The part of a Worker's global scope that is used: the compiler only knows the window's. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<InspectorJob>) => void) | null;
  postMessage(reply: unknown): void;
}

const scope = globalThis as unknown as WorkerScope;
let loading: ReturnType<LoadDecoder> | null = null;
const decoder: LoadDecoder = () =>
  loading ??= loadSharp().then(({ sharp, without }) => {
    scope.postMessage({ kind: "ready", without });
    return sharp;
  });
scope.onmessage = async ({ data }) => scope.postMessage(await answer(data, decoder));
