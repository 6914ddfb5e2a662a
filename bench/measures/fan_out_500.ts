/** A large room in a storm: more than plain sends can hold. */
import { cpuRatio, faults, floorBeside, medianOf, pairsOf, runFanOut } from "../fan_out.ts";
import { atMost, type Measure } from "../measure.ts";

export const fanOut500: Measure = {
  name: "fanout-500",
  title: "1,000 clients in a room, 500 messages a second",
  async run(bench) {
    const figures = await runFanOut(bench, {
      connections: 1000,
      rate: 500,
      peers: ["bun", "deno"],
    });
    return {
      figures,
      targets: [
        {
          ...atMost(0.55, "× Bun publish", "CPU a delivery", cpuRatio(figures, "bun")),
          beside: floorBeside(figures),
        },
        atMost(60, "ms", "p99 of a delivery", medianOf(figures, "p99")),
        atMost(0, "", "lost, doubled or out of order", faults(figures)),
      ],
      pairs: pairsOf(figures),
    };
  },
};
