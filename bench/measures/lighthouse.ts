/** What Lighthouse says of the pages, in a phone's circumstances as it simulates them. */
import { fileURLToPath } from "node:url";
import { isBuilt } from "../confab.ts";
import { atLeast, type Measure, notMeasured } from "../measure.ts";
import { installOnce } from "../npm.ts";
import { runAnywhere } from "../pinned.ts";

const FOLDER = fileURLToPath(new URL("../lighthouse/", import.meta.url));
const BROWSER = "/usr/bin/chromium";
const MESSAGES = 10_000;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

interface Report {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { score: number | null; scoreDisplayMode: string }>;
}

interface PageFigures {
  path: string;
  scores: Record<string, number>;
  /** Which audits cost points. */
  failed: string[];
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
    const login = await look(origin, "/login", {});
    const cookie = `session=${server.accounts[1]!.token}`;
    const room = await look(origin, "/rooms/1", { Cookie: cookie });
    for (const { path, scores, failed } of [login, room]) {
      bench.note(`${path}: ${JSON.stringify(scores)}; costs points: ${failed.join(", ")}`);
    }
    return {
      figures: { login, room },
      targets: [
        atLeast(95, "points", "/login", lowest(login)),
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

async function look(
  origin: string,
  path: string,
  headers: Record<string, string>,
): Promise<PageFigures> {
  // On all cores, as a browser runs: what it simulates is a phone's processor, not half of ours.
  const output = await runAnywhere(`${FOLDER}node_modules/.bin/lighthouse`, [
    origin + path,
    "--output=json",
    "--quiet",
    `--only-categories=${CATEGORIES.join(",")}`,
    "--chrome-flags=--headless=new --no-sandbox",
    `--extra-headers=${JSON.stringify(headers)}`,
  ], { deadline: 120, env: { CHROME_PATH: BROWSER } });
  const { categories, audits }: Report = JSON.parse(output);
  return {
    path,
    scores: Object.fromEntries(
      Object.entries(categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]),
    ),
    failed: Object.entries(audits)
      .filter(([, { score, scoreDisplayMode }]) =>
        score !== null && score < 0.9 && scoreDisplayMode !== "informative"
      )
      .map(([name]) => name),
  };
}

function lowest({ scores }: PageFigures): number {
  return Math.min(...Object.values(scores));
}
