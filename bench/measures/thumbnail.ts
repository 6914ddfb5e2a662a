/** A thumbnail of a phone's photo, and whether the event loop goes on meanwhile. */
import sharp from "sharp";
import { eventLoop } from "../../lib/event_loop.ts";
import { InspectorDesk } from "../../lib/files/inspecting/desk.ts";
import { INSPECTOR_WORKER } from "../../lib/program/places.ts";
import { atMost, type Measure } from "../measure.ts";
import { median, round } from "../statistics.ts";

/** 12 megapixels with some detail everywhere, as photos have. */
async function photo(path: string): Promise<void> {
  const [width, height] = [4_000, 3_000];
  const noise = { type: "gaussian", mean: 128, sigma: 30 } as const;
  const create = { width: width / 4, height: height / 4, channels: 3, background: "#777" } as const;
  await sharp({ create: { ...create, noise } }).resize(width, height).jpeg({ quality: 85 })
    .toFile(path);
}

const TIMES = 9;
/** Between two looks at the clock (ms). */
const TICK = 2;

export const thumbnail: Measure = {
  name: "thumbnail",
  title: "A thumbnail of 12 megapixels, made in a Worker",
  async run(bench) {
    const folder = await Deno.makeTempDir();
    const desk = new InspectorDesk({
      createWorker: () => new Worker(INSPECTOR_WORKER, { type: "module" }),
      loop: eventLoop,
      log: (message, detail) => bench.note(`${message} ${detail}`),
    });
    try {
      await photo(`${folder}/photo`);
      const first = await took(desk, `${folder}/photo`);
      const gaps = watchGaps();
      const times: number[] = [];
      for (let time = 0; time < TIMES; time++) times.push(await took(desk, `${folder}/photo`));
      const longest = gaps();
      bench.note(`first ${round(first)} ms, then ${round(median(times))} ms, gap ${longest} ms`);
      return {
        figures: { first, times, longestGap: longest },
        targets: [
          atMost(500, "ms", "a photo of 12 megapixels", round(median(times))),
          atMost(20, "ms", "the longest gap of the event loop meanwhile", longest),
        ],
      };
    } finally {
      desk.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
};

/** Milliseconds from the asking to the thumbnail. */
async function took(desk: InspectorDesk, path: string): Promise<number> {
  const since = performance.now();
  const { thumbnail } = await desk.inspect(path, { name: "photo.jpg", type: "image/jpeg" });
  if (thumbnail === null) throw new Error("There is no thumbnail.");
  return performance.now() - since;
}

/** Looks at the clock until the returned function is called, which tells the longest gap in ms. */
function watchGaps(): () => number {
  let [last, longest] = [performance.now(), 0];
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - TICK);
    last = now;
  }, TICK);
  return () => {
    clearInterval(timer);
    return round(longest);
  };
}
