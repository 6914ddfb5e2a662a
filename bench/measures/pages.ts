/**
 * What a page and a call cost the server: its CPU, all threads together, by the request. Two
 * hundred people who are in sixty rooms ask in turn, so that nobody's kept page is measured but
 * what a class costs; live, nothing that one reader was given before holds. Beside each stands the runtime's floor: an empty program that sends the same
 * bytes with the same headers.
 */
import type { Bench } from "../bench.ts";
import { isBuilt } from "../confab.ts";
import { refused } from "../faults.ts";
import { atMost, type Measure, notMeasured } from "../measure.ts";
import { headersOf, PAGE_ROWS, type Row } from "../page_rows.ts";
import type { RecordedAnswer } from "../peers.ts";
import type { Server } from "../pinned.ts";
import { cookieNameOf, rawGet } from "../raw_get.ts";
import type { Account } from "../seed.ts";
import { median, round } from "../statistics.ts";
import { TEXTS } from "../talk.ts";
import { inTurn, pairOf, startEach } from "../turns.ts";
import type { RequestFigures } from "./sends.ts";

const READERS = 200;
const SCHOOL = { rooms: 60, messages: 260 };
/** At once: so few that no request waits for the ones before it alone. */
const CALLERS = 4;
/** Seconds of CPU: until compilers have seen what is hot, once for a server; then each window. */
const FIRST_WARMUP = 3;
const WARMUP = 0.3;
const WINDOW = 1;
/** How often the floor is measured. */
const FLOORS = 3;

const WHAT = "the server's CPU, all threads";

export const pages: readonly Measure[] = PAGE_ROWS.map((row) => ({
  name: `pages-${row.name}`,
  title: `A request's CPU: ${row.what}`,
  run: (bench) => measureRow(bench, row),
}));

async function measureRow(bench: Bench, row: Row) {
  const target = { what: WHAT, unit: "ms", limit: row.limit, better: "lower" } as const;
  const missing = (reason: string) => ({ figures: null, targets: [notMeasured(target, reason)] });
  if (!await isBuilt(bench.tree)) return missing("the browser client is not built");
  await using servers = await startEach(bench, (tree) => startSchool(bench, tree));
  const own = servers.of(bench.tree);
  const answer = await recorded(own, row);
  if (answer === null) return missing("there is no tag to ask with yet");
  await using empty = await bench.floor(answer);
  const floor: School = { ...own, server: empty };

  for (const each of [...servers.all, floor]) await ask(bench, each, row, FIRST_WARMUP);
  const turns = await inTurn(bench, (tree) => ask(bench, servers.of(tree), row, WARMUP));
  const least: PageFigures[] = [];
  for (let i = 0; i < FLOORS; i++) {
    least.push(await ask(bench, floor, { ...row, messageEvery: 0 }, WARMUP));
  }

  const cost = turns.own.map(millis);
  const beside = `the runtime's floor: ${round(median(least.map(millis)) * 1000, 0)} µs`;
  const wrong = turns.own.reduce((sum, figures) => sum + wrongAnswers(row, figures), 0);
  bench.note(`${row.what}: ${cost.join(", ")} ms; ${beside}`);
  bench.note(`  ${JSON.stringify(turns.own.at(-1))}`);
  return {
    figures: { own: turns.own, floor: least },
    targets: [
      { ...atMost(row.limit, "ms", WHAT, round(median(cost), 3)), beside },
      atMost(0, "", `… failed`, wrong + wrongKind(row, answer)),
    ],
    pairs: pairOf(turns, row.what, "ms", millis),
  };
}

/** A server and who asks it. */
interface School {
  server: Server;
  accounts: readonly Account[];
  cookie: string;
}

interface PageFigures extends RequestFigures {
  bytesEach: number;
}

function millis({ cpuMicros }: PageFigures): number {
  return round(cpuMicros / 1000, 4);
}

/** On a school of its own. */
async function startSchool({ confab }: Bench, tree: string): Promise<School & AsyncDisposable> {
  const server = await confab({ users: READERS, school: SCHOOL }, tree);
  const { accounts, port } = server;
  const cookie = await cookieNameOf(port, accounts[0]!.token);
  return { server, accounts, cookie, [Symbol.asyncDispose]: () => server.stop() };
}

/** The answer to a reader; null where it needs a tag, and there is none. */
async function recorded(
  { server: { port }, accounts, cookie }: School,
  row: Row,
): Promise<RecordedAnswer | null> {
  const { token } = accounts[0]!;
  const headers: Record<string, string> = Object.fromEntries(
    headersOf(row).map((line) => line.split(": ", 2) as [string, string]),
  );
  if (row.session === "cookie") headers.cookie = `${cookie}=${token}`;
  if (row.session === "bearer") headers.authorization = `Bearer ${token}`;
  // The first time the server also writes down where the reader is.
  await rawGet(port, row.path, headers);
  const answer = await rawGet(port, row.path, headers);
  if (!row.unchanged) return withOwnHeaders(answer);
  const { etag } = answer.headers;
  if (etag === undefined) return null;
  headers["if-none-match"] = etag;
  return withOwnHeaders(await rawGet(port, row.path, headers));
}

/** Without what the runtime says by itself. */
function withOwnHeaders({ status, headers, body }: RecordedAnswer): RecordedAnswer {
  const own = Object.entries(headers).filter(([name]) =>
    !["date", "content-length", "transfer-encoding", "connection", "keep-alive"].includes(name)
  );
  return { status, headers: Object.fromEntries(own), body };
}

/** 1 where the answer is not of the kind that the row is about. */
function wrongKind({ brotli, unchanged }: Row, { status, headers }: RecordedAnswer): number {
  const fits = status === (unchanged ? 304 : 200) &&
    headers["content-encoding"] === (brotli ? "br" : undefined);
  return fits ? 0 : 1;
}

/** Those that failed, and those that were sent again without having changed. */
function wrongAnswers({ unchanged }: Row, { statuses }: PageFigures): number {
  const again = unchanged ? Math.max(0, (statuses["200"] ?? 0) - 2 * READERS) : 0;
  return refused(statuses) + again;
}

async function ask(
  bench: Bench,
  { server: { port, pid }, accounts, cookie }: School,
  row: Row,
  warmup: number,
): Promise<PageFigures> {
  return await bench.generate<PageFigures>("requests", {
    port,
    pid,
    ...(row.session === "none" ? {} : { accounts }),
    paths: [row.path],
    headers: headersOf(row),
    texts: TEXTS,
    options: {
      ...{ connections: CALLERS, turns: 1, byCpu: 1, seconds: WINDOW, warmup },
      cookie: row.session === "cookie" ? cookie : "",
      conditional: row.unchanged ? 1 : 0,
      postEvery: row.messageEvery ?? 0,
    },
  });
}
