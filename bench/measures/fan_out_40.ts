/** A large room in conversation: one frame for each message. */
import { cpuRatio, faults, runFanOut } from "../fan_out.ts";
import { atMost, type Measure } from "../measure.ts";

export const fanOut40: Measure = {
  name: "fanout-40",
  title: "1,000 clients in a room, 40 messages a second",
  async run(bench) {
    const figures = await runFanOut(bench, {
      connections: 1000,
      rate: 40,
      peers: ["bun", "socketio", "ws"],
    });
    return {
      figures,
      targets: [
        atMost(1.5, "× Bun publish", "CPU a delivery", cpuRatio(figures, "bun")),
        atMost(0.75, "× Socket.IO", "CPU a delivery", cpuRatio(figures, "socketio")),
        atMost(0, "", "lost, doubled or out of order", faults(figures)),
      ],
    };
  },
};
