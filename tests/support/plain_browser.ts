/**
 * A browser in a few lines, for what happens between sites: it keeps cookies by host and port, follows
 * redirects one by one, and sends the forms that it is shown. It runs no script.
 */
export interface Visit {
  url: string;
  status: number;
  headers: Headers;
  text: string;
}

export class PlainBrowser {
  /** By origin. Hosts share cookies over ports; here the tests' servers would only mix theirs. */
  readonly #jars = new Map<string, Map<string, string>>();
  /** Every address it has been at, in order. */
  readonly visited: string[] = [];

  /** One request, without following. */
  async request(url: string, init: RequestInit = {}): Promise<Visit> {
    const jar = this.jar(url);
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set("cookie", [...jar].map(([k, v]) => `${k}=${v}`).join("; "));
    if (init.method === "POST" && !headers.has("origin")) {
      headers.set("origin", new URL(url).origin);
    }
    if (!headers.has("accept")) headers.set("accept", "text/html");
    const answer = await fetch(url, { ...init, headers, redirect: "manual" });
    this.visited.push(url);
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      const end = pair.indexOf("=");
      const [name, value] = [pair.slice(0, end), pair.slice(end + 1)];
      if (value === "" || /max-age=0(;|$)/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    return { url, status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  jar(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const jar = this.#jars.get(origin) ?? new Map<string, string>();
    this.#jars.set(origin, jar);
    return jar;
  }

  /** Goes there, and on wherever it is led, until a page is shown or `stop` says so. */
  async go(
    url: string,
    init: RequestInit = {},
    stop: (next: string) => boolean = () => false,
  ): Promise<Visit> {
    let visit = await this.request(url, init);
    for (let hops = 0; hops < 20; hops++) {
      const next = onward(visit);
      if (next === null || stop(next)) return visit;
      visit = await this.request(next);
    }
    throw new Error(`Led in circles: ${this.visited.slice(-5).join(" ")}`);
  }

  /** Sends the form of a page, with the hidden fields that it has. */
  async send(
    page: Visit,
    fields: Record<string, string>,
    { action = /action="([^"]*)"/, stop = (_: string): boolean => false } = {},
  ): Promise<Visit> {
    const [form = "", target = ""] = new RegExp(`<form[^>]*${action.source}[\\s\\S]*?</form>`)
      .exec(page.text) ?? [];
    if (form === "") {
      throw new Error(`No form ${action} at ${page.url}: ${page.text.slice(0, 400)}`);
    }
    const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [
      unescaped(/name="([^"]*)"/.exec(tag)?.[1] ?? ""),
      unescaped(/value="([^"]*)"/.exec(tag)?.[1] ?? ""),
    ]);
    const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...fields });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const url = new URL(unescaped(target), page.url).href;
    return await this.go(url, { method: "POST", body: body.toString(), headers }, stop);
  }
}

/** Where an answer leads, by its status or its `Refresh`. */
export function onward({ url, status, headers }: Visit): string | null {
  const location = headers.get("location");
  if (status >= 300 && status < 400 && location !== null) return new URL(location, url).href;
  const refresh = /^0; url=(.*)$/.exec(headers.get("refresh") ?? "")?.[1];
  return refresh === undefined ? null : new URL(refresh, url).href;
}

function unescaped(text: string): string {
  return text.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
