/** What makes a page live leaves the processors to its first frame. */
import assert from "node:assert/strict";
import { afterFirstFrame } from "../../../lib/ui/browser/first_frame.ts";

type Told = () => void;

/** A page for as long as it runs: `paint` is what the browser says of its frame, `pass` so much time. */
function inPage(
  visibilityState: "visible" | "hidden",
  run: (page: { paint: () => void; pass: (ms: number) => void }) => void,
): void {
  const observers: Told[] = [];
  let timers: { task: Told; due: number }[] = [];
  let now = 0;
  class PerformanceObserver {
    constructor(readonly told: Told) {}
    observe(options: { type: string }) {
      if (options.type === "paint") observers.push(this.told);
    }
  }
  const replaced = {
    document: { visibilityState },
    PerformanceObserver,
    setTimeout: (task: Told, delay = 0) => timers.push({ task, due: now + delay }),
  };
  const before = Object.keys(replaced).map((name) =>
    [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const
  );
  for (const [name, value] of Object.entries(replaced)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  try {
    run({
      paint: () => observers.forEach((told) => told()),
      pass(ms) {
        now += ms;
        const due = timers.filter((each) => each.due <= now);
        timers = timers.filter((each) => each.due > now);
        due.forEach(({ task }) => task());
      },
    });
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    }
  }
}

Deno.test("it waits until something is seen, and then runs once, in a task of its own", () =>
  inPage("visible", ({ paint, pass }) => {
    let runs = 0;
    afterFirstFrame(() => runs++);
    pass(100);
    assert.equal(runs, 0);
    paint();
    assert.equal(runs, 0);
    pass(0);
    assert.equal(runs, 1);
    paint();
    pass(1_000);
    assert.equal(runs, 1);
  }));

Deno.test("a window that paints nothing wakes after half a second, a hidden one at once", () => {
  inPage("visible", ({ pass }) => {
    let runs = 0;
    afterFirstFrame(() => runs++);
    pass(499);
    assert.equal(runs, 0);
    pass(1);
    assert.equal(runs, 1);
  });
  inPage("hidden", ({ pass }) => {
    let runs = 0;
    afterFirstFrame(() => runs++);
    pass(0);
    assert.equal(runs, 1);
  });
});
