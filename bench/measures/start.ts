/** From the command to the first page, on a database that is there. */
import { isBuilt } from "../confab.ts";
import { atMost, type Measure, notMeasured } from "../measure.ts";
import { median, round } from "../statistics.ts";

export const start: Measure = {
  name: "start",
  title: "Cold start to the first page",
  async run(bench) {
    const built = await isBuilt(bench.tree);
    const confab: number[] = [];
    const empty: number[] = [];
    for (let i = 0; i < (bench.quick ? 3 : 9); i++) {
      await using server = await bench.confab({ users: 2, path: built ? "/login" : "/readyz" });
      confab.push(round(server.startedIn, 1));
      await using other = await bench.emptyServe();
      empty.push(round(other.startedIn, 1));
    }
    bench.note(`Confab ${median(confab)} ms, an empty Deno.serve ${median(empty)} ms`);
    const target = atMost(
      3,
      "× an empty Deno.serve",
      "until /login answers",
      round(median(confab) / median(empty)),
    );
    return {
      figures: { confab, empty },
      targets: [built ? target : notMeasured(target, "the browser client is not built")],
    };
  },
};
