/**
 * A bus between several nodes in one test: a node's own listeners at once, the others' later, on the
 * test's own event loop, as JSON. What is lost, and for how long somebody is cut off, the test says.
 */
import type { Bus, NoticeListener } from "../../lib/bus/bus.ts";
import type { EventLoop } from "../../lib/event_loop.ts";

export interface NetworkBus<Notice> extends Bus<Notice> {
  cutOff(): void;
  comeBack(): void;
}

export class Network<Notice> {
  /** What was published, as other nodes get it. */
  readonly sent: Notice[] = [];
  /** How long a notice is on its way, ms. */
  delay = 5;
  /** Whether this one is lost on its way to one of the others. */
  loses: (notice: Notice) => boolean = () => false;
  readonly #nodes = new Set<(text: string) => void>();

  constructor(private readonly loop: Pick<EventLoop, "after">) {}

  /** Another node's bus. */
  join(): NetworkBus<Notice> {
    const listeners = new Set<NoticeListener<Notice>>();
    const returns = new Set<() => void>();
    let connected = true;
    const receive = (text: string) => {
      for (const listener of listeners) if (connected) listener(JSON.parse(text), "elsewhere");
    };
    this.#nodes.add(receive);
    return {
      publish: (notices) => {
        for (const listener of listeners) listener(notices, "here");
        if (!connected) return;
        this.sent.push(...notices);
        for (const node of this.#nodes) if (node !== receive) this.#carry(notices, node);
      },
      subscribe: (listener) => addTo(listeners, listener),
      onReturn: (listener) => addTo(returns, listener),
      state: () => ({ kind: "redis", connected }),
      cutOff: () => void (connected = false),
      comeBack() {
        connected = true;
        for (const listener of returns) listener();
      },
      close: () => {
        listeners.clear();
        this.#nodes.delete(receive);
        return Promise.resolve();
      },
    };
  }

  #carry(notices: Notice[], receive: (text: string) => void): void {
    const kept = notices.filter((notice) => !this.loses(notice));
    if (kept.length === 0) return;
    const text = JSON.stringify(kept);
    this.loop.after(this.delay, () => receive(text));
  }
}

function addTo<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
