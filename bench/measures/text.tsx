/** What a message's text costs: read and rendered by the views themselves, as for a page, here. */
import { signal } from "@preact/signals";
import { renderToString } from "preact-render-to-string";
import { hasMarkup } from "../../lib/protocol/markup.ts";
import { catalogue } from "../../lib/ui/catalogue/catalogue.ts";
import { SERVER_CLOCK } from "../../lib/ui/dates.ts";
import { MessageText } from "../../lib/ui/text/MessageText.tsx";
import { type View, ViewContext } from "../../lib/ui/view.ts";
import { fakeClient } from "../../tests/ui/fake_client.ts";
import { atMost, type Measure } from "../measure.ts";
import { median, round } from "../statistics.ts";

const PLAIN = [
  "could you bring the small iron tomorrow?",
  "Да, в восемь у входа. Захвачу и чай, и стаканы.",
  "see https://example.org/a/b?c=d#e, it says 2 * 3 = 6 and snake_case, @ann",
  "one line\nand another, somewhat longer than the first one, as people write when they explain",
];

const MARKED = [
  "**Done**: the door is _painted_, see [the picture](https://example.org/p) and `door.ts`",
  "- [x] order the wood\n- [ ] paint the **door**\n- ask @ann about #garden",
  "> the station opens at eight\n\nand then? https://example.org/plan",
  "| where | voltage |\n|:--|--:|\n| load | 11.96 V |\n| battery | **12.60 V** |",
  "```ts\nexport function add(a: number, b: number): number {\n  return a + b;\n}\n```\nthat is all",
];

const RUNS = 400;

/** What the views of a text look at. */
const VIEW = {
  ...fakeClient([]),
  language: "en",
  words: catalogue("en"),
  clock: signal(SERVER_CLOCK),
  mounted: signal(false),
  unfolded: new Set<string>(),
  fetched: new Map<unknown, unknown>(),
  navigate: () => {},
} as unknown as View; // what dialogs and panes need is not looked at here

export const text: Measure = {
  name: "text",
  title: "A message's text, read and rendered, here",
  run(bench) {
    if (PLAIN.some(hasMarkup) || !MARKED.every(hasMarkup)) {
      throw new Error("The texts are not what they are measured as.");
    }
    const plain = medianOf(PLAIN);
    const marked = medianOf(MARKED);
    bench.note(JSON.stringify({ plain, marked }));
    return Promise.resolve({
      figures: { plain, marked },
      targets: [
        atMost(.1, "ms", "a plain message, median", plain),
        atMost(1, "ms", "a message with markup, median", marked),
      ],
    });
  },
};

/** Milliseconds; the first tenth of the runs only warms up. */
function medianOf(texts: readonly string[]): number {
  const times: number[] = [];
  for (let at = 0; at < RUNS; at++) {
    for (const each of texts) {
      const start = performance.now();
      renderToString(
        <ViewContext.Provider value={VIEW}>
          <MessageText text={each} mentions={[1]} />
        </ViewContext.Provider>,
      );
      if (at >= RUNS / 10) times.push(performance.now() - start);
    }
  }
  return round(median(times), 4);
}
