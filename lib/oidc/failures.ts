/** What went wrong at a provider, in words that hold no code, no token and no claim. */
import * as client from "openid-client";
import { ProviderFailure } from "./proven.ts";

export function isUnknownClient(error: unknown): boolean {
  return error instanceof client.ResponseBodyError && error.error === "invalid_client";
}

/** Runs it, and turns whatever it throws into a `ProviderFailure`. */
export async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failureOf(error);
  }
}

export function failureOf(error: unknown): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (error instanceof client.AuthorizationResponseError) {
    // `error` is from the address and anybody's text: only words that the standards know.
    const known = /^[a-z_]{1,40}$/.test(error.error) ? error.error : "an error";
    const said = ["access_denied", "login_required", "consent_required", "interaction_required"];
    return new ProviderFailure(said.includes(known) ? "cancelled" : "refused", `it says ${known}`);
  }
  if (error instanceof client.ResponseBodyError) {
    return new ProviderFailure(
      "refused",
      `it answered ${error.status} ${error.error.slice(0, 60)}`,
    );
  }
  const { name, code } = error instanceof Error
    ? { name: error.name, code: "code" in error ? String(error.code) : "" }
    : { name: "", code: "" };
  if (error instanceof Deno.errors.NotCapable) {
    return new ProviderFailure(
      "unreachable",
      `this program may not connect there: ${error.message}`,
    );
  }
  const isAway = error instanceof TypeError || /Timeout|Abort/.test(name) ||
    /TIMEOUT|RESPONSE_IS_NOT_CONFORM/.test(code);
  const words = code === "" ? name : `${name} ${code}`;
  return new ProviderFailure(isAway ? "unreachable" : "refused", words);
}
