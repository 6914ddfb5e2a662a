/** A running program with a real provider beside it, and people who come by it with a plain browser. */
import {
  CLIENT,
  startProvider,
  type TestProvider,
  type TestProviderOptions,
} from "./oidc_provider.ts";
import { PlainBrowser, type Visit } from "./plain_browser.ts";
import { type Person, signUp } from "./api_client.ts";
import { type Program, startProgram } from "./program.ts";

export interface SignOnHouseOptions {
  /** What the settings say of the provider besides where it is. */
  provider?: Record<string, unknown>;
  /** Of the provider itself. */
  there?: Partial<TestProviderOptions>;
  /** A second one, under this id. */
  second?: Record<string, unknown>;
  env?: Record<string, string>;
}

export interface SignOnHouse extends AsyncDisposable {
  program: Program;
  provider: TestProvider;
  second: TestProvider | null;
  url: string;
  owner: Person;
}

/** A port that was free just now: the provider has to know it before the program is there. */
function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

export async function openSignOnHouse(options: SignOnHouseOptions = {}): Promise<SignOnHouse> {
  const port = freePort();
  const url = `http://localhost:${port}`;
  const of = {
    redirects: [`${url}/login/oidc/callback`, `${url}/login/oidc/callback/second`],
    afterLogout: [`${url}/login`],
    backchannel: `http://127.0.0.1:${port}/login/oidc/backchannel`,
    ...options.there,
  };
  const provider = await startProvider(of);
  const second = options.second === undefined ? null : await startProvider(of);
  const list = [
    { id: "work", name: "Work", issuer: provider.issuer, ...CLIENT, ...options.provider },
    ...(second === null
      ? []
      : [{ id: "second", name: "Second", issuer: second.issuer, ...CLIENT, ...options.second }]),
  ];
  const program = await startProgram({
    env: {
      PORT: String(port),
      CONFAB_ORIGIN: url,
      CONFAB_OIDC_PROVIDERS: JSON.stringify(list),
      ...options.env,
    },
  });
  const owner = await signUp(url, "the-owner");
  return {
    program,
    provider,
    second,
    url,
    owner,
    async [Symbol.asyncDispose]() {
      await program.stop();
      await provider.stop();
      await second?.stop();
    },
  };
}

/** Signs in at the provider whose page this is, as often as it asks. */
export async function signInThere(
  browser: PlainBrowser,
  page: Visit,
  name: string,
  stop: (next: string) => boolean = () => false,
): Promise<Visit> {
  let at = page;
  while (at.text.includes('name="prompt"')) {
    const fields: Record<string, string> = at.text.includes('name="login"')
      ? { login: name, password: "x" }
      : {};
    at = await browser.send(at, fields, { stop });
  }
  return at;
}

/** Comes in by the provider: the page that is shown at the end. */
export async function comeIn(
  house: SignOnHouse,
  name: string,
  { browser = new PlainBrowser(), query = "", provider = "work" } = {},
): Promise<Visit> {
  const url = `${house.url}/login/oidc?provider=${provider}${query}`;
  return await signInThere(browser, await browser.go(url), name);
}

/** Who is signed in with this browser; `null` for nobody. */
export async function whoIs(house: SignOnHouse, browser: PlainBrowser) {
  const headers = { accept: "application/json" };
  const { status, text } = await browser.request(`${house.url}/api/me`, { headers });
  return status === 200
    ? JSON.parse(text) as { id: number; username: string; role: string; displayName: string }
    : null;
}
