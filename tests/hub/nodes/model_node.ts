/** A node of the model: a real hub over the model's database, a lane that commits, a bus that lies. */
import type { Bus, NoticeListener } from "../../../lib/bus/bus.ts";
import { Tail } from "../../../lib/bus/tail.ts";
import type { Chat } from "../../../lib/chat/chat.ts";
import type { DurableChange, Notice } from "../../../lib/chat/notice.ts";
import type { EventLoop } from "../../../lib/event_loop.ts";
import { createHub, type Hub } from "../../../lib/hub/hub.ts";
import { joinNodes } from "../../../lib/hub/nodes/join.ts";
import type { Ticks } from "../../../lib/protocol/time.ts";
import type { Random } from "../../support/random.ts";
import type { Commit, ModelDatabase } from "./model_database.ts";

/** A network that loses, repeats, delays and reorders what it carries, as much as it is told. */
export class LyingNetwork {
  readonly #nodes = new Map<object, (text: string) => void>();
  /** From 0 to 1: how much is lost. */
  losing = 0;

  constructor(private readonly random: Random, private readonly loop: Pick<EventLoop, "after">) {}

  join(): Bus<Notice> {
    const me = {};
    const listeners = new Set<NoticeListener<Notice>>();
    this.#nodes.set(me, (text) => {
      for (const listener of listeners) listener(JSON.parse(text), "elsewhere");
    });
    return {
      publish: (notices) => {
        for (const listener of listeners) listener(notices, "here");
        for (const [other, hear] of this.#nodes) if (other !== me) this.#carry(notices, hear);
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      state: () => ({ kind: "redis", connected: true }),
      onReturn: () => () => {},
      close: () => Promise.resolve(),
    };
  }

  #carry(notices: Notice[], hear: (text: string) => void): void {
    for (const notice of notices) {
      if (this.random.next() < this.losing) continue;
      const times = this.random.next() < 0.1 ? 2 : 1;
      for (let i = 0; i < times; i++) {
        const late = this.random.next() < 0.1 ? this.random.below(400) : this.random.below(6);
        this.loop.after(late, () => hear(JSON.stringify([notice])));
      }
    }
  }
}

export class ModelNode {
  readonly hub: Hub;
  readonly #tail: Tail<DurableChange>;
  readonly #bus: Bus<Notice>;
  readonly #loop: EventLoop;
  #frozen: (() => void)[] | null = null;
  #lane: Promise<unknown> = Promise.resolve();

  private constructor(
    database: ModelDatabase,
    network: LyingNetwork,
    loop: EventLoop,
    private readonly random: Random,
  ) {
    this.#loop = this.#freezable(loop);
    this.#bus = network.join();
    this.#tail = new Tail<DurableChange>({
      read: (mark) => this.#thawed(database.newEvents(mark)),
      wake: () => this.#bus.publish([{ type: "events" }]),
      every: this.#loop.every,
      log: (message, error) => {
        throw new Error(`${message}: ${error}`);
      },
    });
    const moved = database.watch();
    this.hub = createHub({
      chat: {
        run: (name: string, actor: { userId: number }) => {
          if (name !== "snapshot") throw new Error(`The model cannot ${name}.`);
          return this.#thawed(database.snapshot(actor.userId));
        },
      } as unknown as Chat, // connections of the model ask nothing else of it
      bus: {
        ...this.#bus,
        subscribe: (listener) =>
          this.#bus.subscribe((notices, from) => this.#whenThawed(() => listener(notices, from))),
      },
      instance: "instance",
      epoch: "epoch",
      authenticate: () => Promise.resolve(null),
      isValid: (sessionId) => this.#thawed(database.isValid(sessionId)),
      memberRooms: (room, userIds) => this.#thawed(database.memberRooms(room, userIds)),
      changes: (room, since) => this.#thawed(database.changes(room, since)),
      joinNodes: joinNodes({
        tail: this.#tail,
        moved: (served) => this.#thawed(moved(served)),
        random: () => random.next(),
      }),
      now: () => loop.now(),
      loop: this.#loop,
      limits: { perUser: 0, perAddress: 0, frameRate: () => 0 },
      log: () => {},
    });
  }

  static async start(
    ...parts: [ModelDatabase, LyingNetwork, EventLoop, Random]
  ): Promise<ModelNode> {
    const node = new ModelNode(...parts);
    for (;;) {
      try {
        await node.#tail.start();
        return node;
      } catch {
        // the database did not answer
      }
    }
  }

  /** Commits one thing after another; tells of each when its events were read back. */
  write(commit: () => Commit | null): void {
    this.#lane = this.#lane.then(async () => {
      await this.#pause();
      const done = commit();
      if (done === null) return;
      await this.#pause();
      await this.#tail.committed(done.events);
      if (done.signals.length > 0) this.#whenThawed(() => this.#bus.publish(done.signals));
    });
  }

  /** Nothing of it runs for a while; then everything at once, in any order. */
  freeze(ms: number, loop: EventLoop): void {
    if (this.#frozen !== null) return;
    this.#frozen = [];
    loop.after(ms, () => {
      const tasks = this.#frozen ?? [];
      this.#frozen = null;
      while (tasks.length > 0) tasks.splice(this.random.below(tasks.length), 1)[0]!();
    });
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#loop.after(this.random.below(5), resolve));
  }

  #whenThawed(task: () => void): void {
    if (this.#frozen === null) task();
    else this.#frozen.push(task);
  }

  async #thawed<T>(answer: Promise<T>): Promise<T> {
    const settled = await answer.then((value) => ({ value }), (error) => ({ error }));
    await new Promise<void>((resolve) => this.#whenThawed(resolve));
    if ("error" in settled) throw settled.error;
    return settled.value;
  }

  #freezable(loop: EventLoop): EventLoop {
    return {
      now: () => loop.now() as Ticks,
      immediate: (task) => loop.immediate(() => this.#whenThawed(task)),
      after: (ms, task) => loop.after(ms, () => this.#whenThawed(task)),
      every: (ms, task) => loop.every(ms, () => this.#whenThawed(task)),
      afterStart: (begin) => loop.afterStart(begin),
    };
  }
}
