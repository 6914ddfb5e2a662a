/** What every route has: the services, and the caller. It knows no address. */
import type { z } from "zod";
import { createDefine, type FreshContext } from "../fresh/mod.ts";
import type { Auth, Caller, Ended } from "../auth/auth.ts";
import type { EmailProofs } from "../auth/email_proofs.ts";
import type { Recovery } from "../auth/recovery.ts";
import type { SessionCookie } from "../auth/cookie.ts";
import type { Devices } from "../auth/devices.ts";
import type { SignOn } from "../auth/sign_on.ts";
import type { Site } from "../auth/origin.ts";
import { type Chat, type CommandName, parse } from "../chat/chat.ts";
import type { ChangeNumber } from "../chat/last_changes.ts";
import { ConfabError, notFound } from "../errors.ts";
import type { Arrivals } from "../files/arrivals.ts";
import type { Blobs } from "../files/blobs.ts";
import type { Inspector } from "../files/inspect.ts";
import type { Assets } from "../fresh/assets.ts";
import type { StaticFiles } from "../fresh/static_files.ts";
import type { Hub } from "../hub/hub.ts";
import type { Mail } from "../mail/mail.ts";
import type { HttpCounts } from "../metrics/counts.ts";
import type { MetricsPage } from "../metrics/metrics.ts";
import type { Tracing } from "../metrics/tracing.ts";
import type { FileLimits } from "../program/config/files.ts";
import type { MetricsDoor } from "../program/config/values.ts";
import type { KeptLogo } from "../workspace/kept_logo.ts";
import type { Premises } from "../workspace/premises.ts";
import type { Bodies } from "./bodies.ts";
import type { EntityTags } from "./entity_tags.ts";
import type { KeptPages } from "./kept_pages.ts";
import type { PageTurns } from "./page_turns.ts";
import type { ReadPages } from "./read_pages.ts";
import type { Readiness } from "./readiness.ts";
import type { SocketTurns } from "./socket_turns.ts";
import type { Language } from "../protocol/accounts.ts";
import type { Ticks } from "../protocol/time.ts";
import type { KeptHtml } from "../ui/kept/kept_html.ts";
import type { CurrentWorkspace } from "../workspace/current_workspace.ts";

/** The parts of the program that routes may ask; made once, in `lib/app.ts`. */
export interface Services {
  auth: Auth;
  /** Lost passwords. */
  recovery: Recovery;
  /** Links that prove an e-mail address. */
  emailProofs: EmailProofs;
  /** New sign-ins, and signing in on a phone. */
  devices: Devices;
  /** Null where this server sends no mail. */
  mail: Mail | null;
  signOn: SignOn;
  chat: Chat;
  hub: Hub;
  bodies: Bodies;
  /** Pages that are the same for everybody. */
  keptPages: KeptPages;
  /** In which chat pages are made. */
  pageTurns: PageTurns;
  /** In which sockets are opened. */
  socketTurns: SocketTurns;
  assets: Assets;
  /** What only `/api/docs` needs, loaded on first use. */
  apiDocs(): StaticFiles;
  /** The history of the database; pages say which one they show. */
  epoch: string;
  site: Site;
  /** The session's cookie, under this instance's own name. */
  cookie: SessionCookie;
  /** The same kind, for a sign-in that waits for its second factor. */
  ticketCookie: SessionCookie;
  /** Names this database permanently: browsers store their data under it. */
  instance: string;
  /** How many proxies in front are trusted for address and scheme. */
  trustProxy: number;
  /** Resolves when the program can do its work; fails with `unavailable`. */
  ready(): Promise<Readiness>;
  /** Parts of pages that were rendered before. */
  keptHtml: KeptHtml;
  readPages: ReadPages;
  /** A new client id, for messages posted without one. */
  clientId(): string;
  /** Wall clock, ms since the epoch. */
  now(): number;
  /** What holds for everybody, of what staff can set. */
  workspace: CurrentWorkspace;
  logo: KeptLogo;
  /** Bytes of files. */
  blobs: Blobs;
  fileLimits: FileLimits;
  /** Files on their way in. */
  arrivals: Arrivals;
  /** Throws `too_large` where the disk would be too full with so many bytes more. */
  requireDisk(bytes: number): Promise<void>;
  /** Under which bytes are kept. Nobody can guess it. */
  newBlobKey(): string;
  /** Tells what files are, and makes small pictures. */
  inspector: Inspector;
  /** Where the chat is, for staff. */
  premises: Premises;
  /** Of answers that somebody may have already. */
  tags: EntityTags;
  metrics: MetricsServices;
}

export interface MetricsServices {
  /** Who may read them here. */
  door: MetricsDoor;
  page(): Promise<MetricsPage>;
  counts: HttpCounts;
  /** Null where nobody traces. */
  tracing: Tracing | null;
  ticks(): Ticks;
}

/** One request: filled by `routes/_middleware.ts`. */
export interface State {
  services: Services;
  /** The client's address, as far as it can be trusted. */
  address: string;
  /** Served over TLS, here or by the proxy in front. */
  secure: boolean;
  /** How the request identifies its session. */
  from: "bearer" | "cookie" | "nothing";
  caller: Caller | null;
  /** Taken before the caller was found: what changes later may be missing in the answer. */
  moment: ChangeNumber;
  /** Without a caller: why the token's session ended. */
  ended: Ended | null;
  /** The language of the page: the caller's setting, or else `Accept-Language`. */
  language: Language;
}

/** The state of each request, before the middleware fills it. */
export function newState(services: Services): State {
  return {
    services,
    address: "unknown",
    secure: false,
    from: "nothing",
    caller: null,
    moment: 0,
    ended: null,
    language: "en",
  };
}

export const define = createDefine<State>();
export type Ctx = FreshContext<State>;

/** The caller, or `unauthenticated`. */
export function callerOf(ctx: Pick<Ctx, "state">): Caller {
  const { caller, ended } = ctx.state;
  if (caller !== null) return caller;
  throw new ConfabError("unauthenticated", "Sign in first.", { sessionEnd: ended?.reason });
}

/** Runs one of chat's commands for the caller. */
export function run<Name extends CommandName>(
  ctx: Ctx,
  name: Name,
  input: unknown,
): ReturnType<typeof ctx.state.services.chat.run<Name>> {
  const { user, confirmedAt } = callerOf(ctx);
  const { services: { chat }, address, language } = ctx.state;
  const actor = { userId: user.id, role: user.role, confirmedAt, address, language };
  return chat.run(name, actor, input);
}

const ID = /^[1-9]\d{0,14}$/;

/** A positive whole number from the path; anything else is an address that does not exist. */
export function idOf(ctx: Ctx, name: string): number {
  const value = ctx.params[name] ?? "";
  if (!ID.test(value)) throw notFound("thing");
  return Number(value);
}

/** The same out of a page's query; `null` where it is anything else, or not there. */
export function idInQuery({ url }: Pick<Ctx, "url">, name: string): number | null {
  const value = url.searchParams.get(name) ?? "";
  return ID.test(value) ? Number(value) : null;
}

/** The validated query; an error names the field `query.NAME`. Requires a caller first. */
export function readQuery<Schema extends z.ZodType>(ctx: Ctx, schema: Schema): z.output<Schema> {
  callerOf(ctx);
  return parse(schema, queryOf(ctx), "query");
}

/** The query as an object, for a schema; the schema refuses repeated parameters. */
export function queryOf(ctx: Ctx): Record<string, unknown> {
  const query = new Map<string, string | string[]>();
  // In one pass: looking each name up took 0.3 s for a query of 10,000 names.
  for (const [name, value] of ctx.url.searchParams) {
    const before = query.get(name);
    if (before === undefined) query.set(name, value);
    else if (typeof before === "string") query.set(name, [before, value]);
    else before.push(value);
  }
  return Object.fromEntries(query);
}
