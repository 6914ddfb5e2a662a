/** Reads request bodies, never more than the limit. It knows no schema. */
import { ConfabError } from "../errors.ts";
import { LIMITS } from "../protocol/limits.ts";

/** Bytes of a body; the longest text, escaped, fits well. */
const BODY_LIMIT = LIMITS.frameBytes;

/**
 * A JSON body. It must be declared as such: a form on a foreign page can send other types without
 * the browser asking first.
 */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new ConfabError("bad_request", "The body must be application/json.");
  }
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfabError("bad_request", "The body is not valid JSON.");
  }
}

/** A form's fields, as browsers send them without JavaScript. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  if (!isForm(request)) throw new ConfabError("bad_request", "The body must be a form.");
  return new URLSearchParams(await readText(request));
}

export function isForm(request: Request): boolean {
  const type = request.headers.get("content-type") ?? "";
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type);
}

async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > BODY_LIMIT) throw tooLarge();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.length;
      if (bytes > BODY_LIMIT) throw tooLarge();
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof ConfabError) throw error;
    throw new ConfabError("bad_request", "The body cannot be read as UTF-8.", { cause: error });
  }
}

function tooLarge(): ConfabError {
  return new ConfabError("too_large", `The body is larger than ${BODY_LIMIT} bytes.`);
}

/** A JSON object together with what the path says; a field that both have is refused. */
export async function readWith<Path extends Record<string, number>>(
  request: Request,
  path: Path,
): Promise<Record<string, unknown>> {
  const body = await readJson(request);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ConfabError("bad_request", "The body must be a JSON object.");
  }
  const errors = Object.keys(path)
    .filter((name) => Object.hasOwn(body, name))
    .map((name) => ({ path: name, message: "belongs into the path" }));
  if (errors.length > 0) throw new ConfabError("invalid", "The body names the path.", { errors });
  return { ...body, ...path };
}
