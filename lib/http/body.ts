/**
 * Reads a request's body: JSON or a form. Every body comes through here, and so through the bounds
 * of `bodies.ts`. It knows no schema.
 */
import { addressBlock } from "../auth/address.ts";
import { ConfabError, type FieldError } from "../errors.ts";
import { LIMITS } from "../protocol/limits.ts";
import { callerOf, type Ctx } from "./state.ts";

/** Bytes of a body; enough for the longest text, escaped. */
const BODY_LIMIT: number = LIMITS.frameBytes;

/** The parts of a request needed to read its body. */
export type RequestWithBody = Pick<Ctx, "req" | "state">;

/**
 * A JSON body. It must be declared as such: a form on a foreign page can send other types without
 * the browser asking first. A caller who is not signed in is refused before a byte is read; so is,
 * on routes for strangers, one who has tried too often.
 */
export async function readJson(
  ctx: RequestWithBody,
  from: "caller" | "anybody" = "caller",
  limit = BODY_LIMIT,
): Promise<unknown> {
  admit(ctx, from);
  requireJson(ctx.req);
  return parseJson(await readText(ctx, limit));
}

/**
 * The same where the body may be left out. Only reading tells whether there is one: a DELETE without
 * says nothing of a length, as an HTTP/2 request with one need not (RFC 9113, section 8.1.1).
 */
export async function readJsonIfAny(
  ctx: RequestWithBody,
  from: "caller" | "anybody" = "caller",
): Promise<unknown> {
  admit(ctx, from);
  const text = await readText(ctx);
  if (text === "") return {};
  requireJson(ctx.req);
  return parseJson(text);
}

/** A form's fields, as browsers send them without JavaScript. */
export async function readForm(
  ctx: RequestWithBody,
  from: "caller" | "anybody" = "caller",
): Promise<URLSearchParams> {
  admit(ctx, from);
  if (!isForm(ctx.req)) throw new ConfabError("bad_request", "The body must be a form.");
  return new URLSearchParams(await readText(ctx));
}

/**
 * A stranger's form, or why it was not read: too many tries, too many at once. Its page shows the
 * reason, though what was typed is lost.
 */
export async function formOrRefusal(
  ctx: RequestWithBody,
): Promise<{ form: URLSearchParams; refusal: ConfabError | null }> {
  try {
    return { form: await readForm(ctx, "anybody"), refusal: null };
  } catch (error) {
    const isRefusal = error instanceof ConfabError &&
      (error.code === "rate_limited" || error.code === "unavailable");
    if (!isRefusal) throw error;
    return { form: new URLSearchParams(), refusal: error };
  }
}

function requireJson({ headers }: Request): void {
  const type = headers.get("content-type") ?? "";
  if (/^application\/json\s*(;|$)/i.test(type)) return;
  throw new ConfabError("bad_request", "The body must be application/json.");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfabError("bad_request", "The body is not valid JSON.");
  }
}

function admit(ctx: RequestWithBody, from: "caller" | "anybody"): void {
  if (from === "caller") callerOf(ctx);
  else ctx.state.services.auth.mayKnock(ctx.state.address);
}

export function isForm(request: Request): boolean {
  const type = request.headers.get("content-type") ?? "";
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type);
}

/** Bytes of a signed-in caller, at most so many. */
export function readBytes(ctx: RequestWithBody, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  admit(ctx, "caller");
  return readWhole(ctx, limit);
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true });

async function readText(ctx: RequestWithBody, limit = BODY_LIMIT): Promise<string> {
  const bytes = await readWhole(ctx, limit);
  try {
    return UTF_8.decode(bytes);
  } catch (error) {
    throw new ConfabError("bad_request", "The body cannot be read as UTF-8.", { cause: error });
  }
}

function readWhole(
  { req, state }: RequestWithBody,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { caller, address, services } = state;
  const sender = caller === null
    ? { key: `network ${addressBlock(address)}`, stranger: true }
    : { key: `user ${caller.user.id}`, stranger: false };
  return services.bodies.read(req, sender, limit);
}

/** A JSON object merged with the path's values; a field that both have is refused. */
export async function readWith<Path extends Record<string, number>>(
  ctx: RequestWithBody,
  path: Path,
): Promise<Record<string, unknown>> {
  const body = await readJson(ctx);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ConfabError("bad_request", "The body must be a JSON object.");
  }
  const errors: FieldError[] = Object.keys(path)
    .filter((name) => Object.hasOwn(body, name))
    .map((name) => ({ path: name, message: "belongs into the path", reason: "unknown" }));
  if (errors.length > 0) throw new ConfabError("invalid", "The body names the path.", { errors });
  return { ...body, ...path };
}
