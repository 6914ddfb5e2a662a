/**
 * What a reply costs next to a plain message, in the whole program: it changes two messages, itself
 * and its root, and everybody is told of both.
 */
import { sendFaults } from "../faults.ts";
import { atMost, type Measure } from "../measure.ts";
import { median, round } from "../statistics.ts";
import { overSocket, type SendFigures } from "./sends.ts";

export const replies: Measure = {
  name: "replies",
  title: "Acknowledged replies over WebSocket, each sender to one message in a room of its own",
  async run(bench) {
    const [plain, answers]: [SendFigures[], SendFigures[]] = [[], []];
    for (let i = 0; i < bench.rounds; i++) {
      plain.push(await overSocket(bench, "new messages"));
      answers.push(await overSocket(bench, "replies"));
    }
    const ratios = answers.map(({ cpuMicros }, round) => cpuMicros / plain[round]!.cpuMicros);
    return {
      figures: { plain, replies: answers },
      targets: [
        atMost(1.5, "×", "the server's CPU for a reply, next to a message", round(median(ratios))),
        atMost(0, "", "sends without an ack, errors", sendFaults([...plain, ...answers], [])),
      ],
    };
  },
};
