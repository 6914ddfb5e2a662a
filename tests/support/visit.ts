/** A browser without a script, for tests of pages with forms: it sends what the form would. */
import { Api, type Person } from "./api_client.ts";

/** Signed in as this person. */
export class Visit {
  readonly #api: Api;

  constructor(
    url: string,
    { cookie }: Pick<Person, "cookie">,
    headers: Record<string, string> = {},
  ) {
    this.#api = new Api(url, { cookie, origin: url, ...headers });
  }

  get(path: string, headers: Record<string, string> = {}) {
    return this.#api.request<string>("GET", path, undefined, headers);
  }

  /** Sends fields as a form at this address would, with the hidden ones that say whose page it is. */
  async submit(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    const { text } = await this.get(path);
    return await this.post(path, { ...hiddenIn(text), ...fields }, headers);
  }

  post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    const body = new URLSearchParams(fields).toString();
    const type = { "content-type": "application/x-www-form-urlencoded" };
    return this.#api.request<string>("POST", path, body, { ...type, ...headers });
  }
}

/** Whose page it is, as it says in its forms. */
export function hiddenIn(html: string): { session: string; instance: string } {
  const value = (name: string) =>
    new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
  return { session: value("session"), instance: value("instance") };
}
