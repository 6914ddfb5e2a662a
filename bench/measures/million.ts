/** What a reader asks for must not grow with the room: 1,000,000 messages against 10,000. */
import type { Bench } from "../bench.ts";
import { refused } from "../faults.ts";
import { atMost, type Measure } from "../measure.ts";
import { median, round } from "../statistics.ts";
import type { RequestFigures } from "./sends.ts";

const LARGE = 1_000_000;
const SMALL = 10_000;
const USERS = 100;

/** What is asked for in a room of so many messages. Nobody has read anything in it. */
const QUESTIONS = {
  "a page of history": (messages: number) =>
    places(messages).map((seq) => `/api/rooms/1/messages?before=${seq}`),
  "a resume, 200 messages behind": (messages: number) => [
    `/api/rooms/1/changes?since=${messages - 200}`,
  ],
  "unread counts": () => ["/api/rooms"],
};

type Question = keyof typeof QUESTIONS;

/** Spread over the whole room, in no order that a cache could guess. */
function places(messages: number): number[] {
  return Array.from({ length: 500 }, (_, i) => 100 + (i * 7919 * 1009) % (messages - 100));
}

export const million: Measure = {
  name: "million",
  title: "A room of 1,000,000 messages against one of 10,000",
  async run(bench) {
    const ratios: Record<string, number[]> = {};
    const figures: unknown[] = [];
    let wrong = 0;
    await using large = await bench.confab({ users: USERS, messages: LARGE });
    await using small = await bench.confab({ users: USERS, messages: SMALL });
    for (let i = 0; i < bench.rounds; i++) {
      for (const question of Object.keys(QUESTIONS) as Question[]) { // the table's own keys
        const [ofLarge, ofSmall] = [
          await ask(bench, large, QUESTIONS[question](LARGE)),
          await ask(bench, small, QUESTIONS[question](SMALL)),
        ];
        (ratios[question] ??= []).push(ofLarge.cpuMicros / ofSmall.cpuMicros);
        wrong += refused(ofLarge.statuses) + refused(ofSmall.statuses);
        figures.push({ question, large: ofLarge, small: ofSmall });
        bench.note(
          `${question}: p50 ${ofLarge.p50} against ${ofSmall.p50} ms, ` +
            `CPU ${ofLarge.cpuMicros} against ${ofSmall.cpuMicros} µs`,
        );
      }
    }
    return {
      figures,
      targets: [
        ...Object.entries(ratios).map(([question, each]) =>
          atMost(1.5, "×", `${question}, CPU`, round(median(each)))
        ),
        atMost(0, "", "requests that failed", wrong),
      ],
    };
  },
};

function ask(
  bench: Bench,
  { port, pid, accounts }: Awaited<ReturnType<Bench["confab"]>>,
  paths: string[],
): Promise<RequestFigures> {
  return bench.generate("requests", {
    port,
    pid,
    accounts,
    paths,
    options: { method: "GET", connections: 4, seconds: bench.seconds / 2, warmup: 1 },
  });
}
