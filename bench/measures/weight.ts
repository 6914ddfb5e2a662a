/** What a browser has to load before it can do anything, as it comes over the wire. */
import { atMost, type Measure, notMeasured, type Target } from "../measure.ts";
import { isBuilt } from "../confab.ts";
import { round } from "../statistics.ts";
import { rawGet } from "../raw_get.ts";

interface Asset {
  path: string;
  kind: "script" | "style";
  bytes: number;
  encoding: string;
}

const KILOBYTE = 1000;

export const weight: Measure = {
  name: "weight",
  title: "Script and style that a page loads, with Brotli",
  async run(bench) {
    if (!await isBuilt(bench.tree)) return { figures: null, targets: unbuilt() };
    await using server = await bench.confab({ users: 2 });
    const token = server.accounts[0]!.token;
    const cookie = `session=${token}`;
    const chat = await assetsOf(server.port, "/rooms/1", { cookie, "accept-language": "en" });
    const russian = await assetsOf(server.port, "/rooms/1", { cookie, "accept-language": "ru" });
    const login = await assetsOf(server.port, "/login", {});
    bench.note(`chat ${sum(chat) / KILOBYTE} KB, in Russian ${sum(russian) / KILOBYTE} KB`);
    bench.note(`login ${sum(login) / KILOBYTE} KB`);
    const script = login.filter(({ kind }) => kind === "script");
    return {
      figures: { chat, russian, login },
      targets: [
        atMost(60, "KB", "the chat page", round(sum(chat) / KILOBYTE, 1)),
        atMost(60, "KB", "the chat page in Russian", round(sum(russian) / KILOBYTE, 1)),
        atMost(0, "bytes of script", "the login page", sum(script)),
      ],
    };
  },
};

function unbuilt(): Target[] {
  const reason = "the browser client is not built";
  return [
    notMeasured({ what: "the chat page", unit: "KB", limit: 60, better: "lower" }, reason),
    notMeasured(
      { what: "the chat page in Russian", unit: "KB", limit: 60, better: "lower" },
      reason,
    ),
    notMeasured(
      { what: "the login page", unit: "bytes of script", limit: 0, better: "lower" },
      reason,
    ),
  ];
}

function sum(assets: readonly Asset[]): number {
  return assets.reduce((total, { bytes }) => total + bytes, 0);
}

/** Every script and style that the page names, also those that it only preloads. */
async function assetsOf(
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<Asset[]> {
  const page = await rawGet(port, path, headers);
  if (page.status !== 200) throw new Error(`${path} answered with ${page.status}`);
  const html = new TextDecoder().decode(page.body);
  const found = new Map<string, Asset["kind"]>();
  for (const [tag] of html.matchAll(/<(?:script|link)\b[^>]*>/g)) {
    const address = /\b(?:src|href)="([^"]+)"/.exec(tag)?.[1];
    if (address === undefined) continue;
    if (tag.startsWith("<script") || /modulepreload/.test(tag)) found.set(address, "script");
    else if (/rel="stylesheet"/.test(tag)) found.set(address, "style");
  }
  return await Promise.all(
    [...found].map(async ([address, kind]): Promise<Asset> => {
      const asking = { "accept-encoding": "br" };
      const { status, body, headers } = await rawGet(port, address, asking);
      if (status !== 200) throw new Error(`${address} answered with ${status}`);
      const encoding = headers["content-encoding"] ?? "identity";
      return { path: address, kind, bytes: body.length, encoding };
    }),
  );
}
