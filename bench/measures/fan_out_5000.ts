/** A small room in which programs talk: storing and acknowledging weigh as much as telling. */
import { cpuRatio, faults, floorBeside, pairsOf, runFanOut } from "../fan_out.ts";
import { atMost, type Measure } from "../measure.ts";

export const fanOut5000: Measure = {
  name: "fanout-5000",
  title: "100 clients in a room, 5,000 messages a second",
  async run(bench) {
    const figures = await runFanOut(bench, {
      connections: 100,
      rate: 5000,
      peers: ["bun", "deno"],
    });
    return {
      figures,
      targets: [
        {
          ...atMost(0.7, "× Bun publish", "CPU a delivery", cpuRatio(figures, "bun")),
          beside: floorBeside(figures),
        },
        atMost(0, "", "lost, doubled or out of order", faults(figures)),
      ],
      pairs: pairsOf(figures),
    };
  },
};
