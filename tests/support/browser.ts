/**
 * Real Chromium for the tests that need one. A file of tests shares one browser; each test has a
 * program of its own and people of its own. Whatever a page complains of (an error on its
 * console, an exception, a violation of its Content-Security-Policy) fails the test, unless the
 * test said before that it would provoke exactly that.
 */
import assert from "node:assert/strict";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { type Account, createAccount } from "./browser_account.ts";
import { type Program, type ProgramOptions, startProgram } from "./program.ts";

export { eventually } from "./eventually.ts";

const CHROMIUM = Deno.env.get("CHROMIUM") || "/usr/bin/chromium";
/** Set by .ci/run: then a missing browser is a failure and not a reason to leave tests out. */
const REQUIRED = Deno.env.get("CONFAB_REQUIRE_BROWSER") === "1";
/** How long a page may take for what a test waits for, milliseconds. */
const PATIENCE = 30_000;

/** Somebody at a browser, without an account. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** Another window of the same browser. */
  newPage(): Promise<Page>;
}

/** Somebody with an account, whose browser is signed in. */
export interface Person extends Visitor {
  account: Account;
}

export interface Stage {
  program: Program;
  visitor(options?: BrowserContextOptions): Promise<Visitor>;
  person(username: string, options?: BrowserContextOptions): Promise<Person>;
  /** Another server, which outlives the pages: one that ended first would make them complain. */
  anotherProgram(): Promise<Program>;
  /** An account without a browser, for what happens elsewhere. */
  account(username: string): Promise<Account>;
  /** From here on this complaint is no failure: the test provokes it. */
  tolerate(complaint: RegExp): void;
}

export type BrowserTest = (name: string, run: (stage: Stage) => Promise<void>) => void;

/**
 * For a file of tests: call it once, and the answer for each test.
 * @param prepare what each test's program is started with, besides what all are
 */
export function browserTests(
  prepare: () => ProgramOptions | Promise<ProgramOptions> = () => ({}),
): BrowserTest {
  const missing = !exists(CHROMIUM);
  const ignore = missing && !REQUIRED;
  let browser: Promise<Browser> | null = null;
  if (ignore) {
    // "deno test -q" prints nothing but the names of tests: so the name says it.
    const name = `BROWSER TESTS WERE LEFT OUT: there is no Chromium at ${CHROMIUM}`;
    Deno.test({ name, ignore, fn() {} });
  } else {
    Deno.test.afterAll(async () => await (await browser)?.close());
  }
  return (name, run) => {
    Deno.test({
      name,
      ignore,
      // The browser outlives the test that happens to launch it.
      sanitizeOps: false,
      sanitizeResources: false,
      async fn() {
        assert(!missing, `The browser tests are required, but there is no ${CHROMIUM}.`);
        browser ??= launchChromium();
        await perform(await browser, run, await prepare());
      },
    });
  };
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/**
 * What each window of Chromium would load beside the page, half a second of a processor's time
 * (`…Popup`); then what playwright-core leaves out by itself, whose list this one replaces.
 */
const WITHOUT = [
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "AimEnabled"],
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"],
  ...["HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"],
  ...["ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect"],
  ...["OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"],
];

/** Chromium, as the tests and the screenshot of the README use it. */
export function launchChromium(...more: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      `--disable-features=${WITHOUT.join()}`,
      "--use-fake-device-for-media-stream", // a microphone that beeps; a test grants its use, or not
      ...more,
    ],
  });
}

/**
 * A page of the same browser in a window of its own: one behind another tab draws nothing, so that
 * each click there would wait for a second.
 */
async function newWindow(context: BrowserContext): Promise<Page> {
  const [beside] = context.pages();
  if (beside === undefined) return await context.newPage();
  const session = await context.newCDPSession(beside);
  const { targetInfo: { browserContextId } } = await session.send("Target.getTargetInfo");
  const opened = context.waitForEvent("page");
  await session.send("Target.createTarget", {
    url: "about:blank",
    newWindow: true,
    browserContextId,
  });
  await session.detach();
  return await opened;
}

/** Runs once against a program of its own, and fails where a page complained. */
export async function perform(
  browser: Browser,
  run: (stage: Stage) => Promise<void>,
  { env, ...options }: ProgramOptions = {},
): Promise<void> {
  await using programs = new AsyncDisposableStack();
  const program = programs.use(
    await startProgram({ ...options, env: { CONFAB_SEND_RATE: "0", ...env } }),
  );
  const complaints: string[] = [];
  const tolerated: RegExp[] = [];
  const contexts: BrowserContext[] = [];

  async function visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ baseURL: program.url, ...options });
    contexts.push(context);
    context.setDefaultTimeout(PATIENCE);
    const complain = (complaint: string) => {
      if (!tolerated.some((pattern) => pattern.test(complaint))) complaints.push(complaint);
    };
    await watch(context, complain, options.javaScriptEnabled !== false);
    const page = await context.newPage();
    return { context, page, newPage: () => newWindow(context) };
  }
  const stage: Stage = {
    program,
    visitor,
    account: (username) => createAccount(program.url, username),
    async person(username, options) {
      const account = await createAccount(program.url, username);
      const found = await visitor(options);
      await found.context.addCookies([{ ...account.cookie, url: program.url }]);
      return { ...found, account };
    },
    anotherProgram: async () => programs.use(await startProgram()),
    tolerate: (complaint) => void tolerated.push(complaint),
  };
  try {
    await run(stage);
    assert.deepEqual(complaints, [], "a page complained");
  } catch (error) {
    throw withComplaints(error, complaints);
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
  }
}

/** Chromium reports violations of the policy on the console; the event tells of the quiet ones. */
async function watch(
  context: BrowserContext,
  complain: (complaint: string) => void,
  scripts: boolean,
): Promise<void> {
  context.on("console", (message) => {
    if (message.type() === "error") complain(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => {
    const thrown = error.error();
    complain(thrown.stack || String(thrown)); // what is no error has no stack
  });
  if (!scripts) return;
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      // deno-lint-ignore no-console -- the page's console is what the watcher listens to
      console.error(`Violated: ${event.violatedDirective} by ${event.blockedURI}`);
    });
  });
}

/** What a page complained of often explains what a test waited for in vain. */
function withComplaints(error: unknown, complaints: string[]): unknown {
  if (complaints.length > 0 && error instanceof Error && !("actual" in error)) {
    error.message += `\nComplaints of the pages:\n${complaints.join("\n")}`;
  }
  return error;
}
