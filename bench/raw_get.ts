/** Asks for what a server sends, as it goes over the wire: `fetch` would unpack it. */
import { request } from "node:http";
import type { RecordedAnswer } from "./peers.ts";

export function rawGet(
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<RecordedAnswer> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, headers }, (response) => {
      const parts: Uint8Array[] = [];
      response.on("data", (part: Uint8Array) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
          ),
          body: new Uint8Array(parts.flatMap((part) => [...part])),
        }));
    }).on("error", reject).end();
  });
}

/** By what name browsers bring this server their session: it tells who comes with the former one. */
export async function cookieNameOf(port: number, token: string): Promise<string> {
  const { headers } = await rawGet(port, "/api/me", { cookie: `session=${token}` });
  const name = /\b(confab_\w+)=\w/.exec(headers["set-cookie"] ?? "")?.[1];
  if (name === undefined) throw new Error("The session's cookie was not named.");
  return name;
}
