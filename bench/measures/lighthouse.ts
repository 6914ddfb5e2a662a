/** What Lighthouse says of the pages, in a phone's circumstances as it simulates them. */
import { fileURLToPath } from "node:url";
import type { Bench } from "../bench.ts";
import { isBuilt } from "../confab.ts";
import { atLeast, type Measure, notMeasured } from "../measure.ts";
import { installOnce } from "../npm.ts";
import { runAnywhere } from "../pinned.ts";
import { median } from "../statistics.ts";

const FOLDER = fileURLToPath(new URL("../lighthouse/", import.meta.url));
const BROWSER = "/usr/bin/chromium";
const MESSAGES = 10_000;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
/** One run varies by several points; Lighthouse's own advice is the middle of five. */
const RUNS = 5;
/** Now and then Lighthouse loses the beginning of a trace, and ends with an error. */
const ATTEMPTS = 3;

interface Report {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { score: number | null; scoreDisplayMode: string }>;
}

interface Run {
  scores: Record<string, number>;
  /** Which audits cost points. */
  failed: string[];
}

interface PageFigures {
  path: string;
  runs: Run[];
}

export const lighthouse: Measure = {
  name: "lighthouse",
  title: "Lighthouse: the lowest score of a category",
  async run(bench) {
    const missing = await whatIsMissing(bench.tree);
    if (missing !== null) {
      const target = { unit: "points", limit: 95, better: "higher" } as const;
      return {
        figures: null,
        targets: [
          notMeasured({ ...target, what: "/login" }, missing),
          notMeasured({ ...target, what: "a room of 10,000 messages" }, missing),
        ],
      };
    }
    await installOnce(FOLDER);
    await using server = await bench.confab({ users: 20, messages: MESSAGES, read: true });
    const origin = `http://127.0.0.1:${server.port}`;
    const login = await lookAt(bench, origin, "/login", {});
    const cookie = `session=${server.accounts[1]!.token}`;
    const room = await lookAt(bench, origin, "/rooms/1", { Cookie: cookie });
    for (const { path, runs } of [login, room]) {
      for (const { scores, failed } of runs) {
        bench.note(`${path}: ${JSON.stringify(scores)}; costs points: ${failed.join(", ")}`);
      }
    }
    return {
      figures: { login, room },
      targets: [
        atLeast(100, "points", "/login", lowest(login)),
        atLeast(95, "points", "a room of 10,000 messages", lowest(room)),
      ],
    };
  },
};

async function whatIsMissing(tree: string): Promise<string | null> {
  if (!await isBuilt(tree)) return "the browser client is not built";
  try {
    await Deno.stat(BROWSER);
    return null;
  } catch {
    return `there is no ${BROWSER}`;
  }
}

async function lookAt(
  bench: Bench,
  origin: string,
  path: string,
  headers: Record<string, string>,
): Promise<PageFigures> {
  const count = bench.quick ? 1 : RUNS;
  const runs: Run[] = [];
  while (runs.length < count) runs.push(await look(bench, origin + path, headers));
  return { path, runs };
}

async function look(bench: Bench, url: string, headers: Record<string, string>): Promise<Run> {
  for (let attempt = 1;; attempt++) {
    try {
      return summary(await runLighthouse(url, headers));
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      bench.note(`Lighthouse failed and looks again: ${String(error).slice(0, 200)}`);
    }
  }
}

async function runLighthouse(url: string, headers: Record<string, string>): Promise<Report> {
  // On all cores, as a browser runs: what it simulates is a phone's processor, not half of ours.
  const output = await runAnywhere(`${FOLDER}node_modules/.bin/lighthouse`, [
    url,
    "--output=json",
    "--quiet",
    `--only-categories=${CATEGORIES.join(",")}`,
    "--chrome-flags=--headless=new --no-sandbox",
    `--extra-headers=${JSON.stringify(headers)}`,
  ], { deadline: 120, env: { CHROME_PATH: BROWSER } });
  return JSON.parse(output);
}

function summary({ categories, audits }: Report): Run {
  return {
    scores: Object.fromEntries(
      Object.entries(categories).map(([name, { score }]) => [name, points(name, score)]),
    ),
    failed: Object.entries(audits)
      .filter(([, { score, scoreDisplayMode }]) =>
        score !== null && score < 0.9 && scoreDisplayMode !== "informative"
      )
      .map(([name]) => name),
  };
}

/** None where an audit failed that the category is made of: that is no score of 0. */
function points(category: string, score: number | null): number {
  if (score === null) throw new Error(`Lighthouse gave no score for ${category}.`);
  return Math.round(score * 100);
}

/** Of the categories' middle scores. */
function lowest({ runs }: PageFigures): number {
  return Math.min(
    ...CATEGORIES.map((category) => median(runs.map(({ scores }) => scores[category]!))),
  );
}
