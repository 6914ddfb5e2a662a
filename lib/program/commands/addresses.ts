/** Databases as operands name them, and as sentences do. Opens nothing. */
import { AddressError, showAddress, type Variables } from "../../postgres/address.ts";
import { type FilesPlace, parsePlace } from "../../files/place.ts";
import { type Config, ConfigError } from "../config/config.ts";
import { databaseUrl } from "../config/values.ts";

export type Address = Config["database"];

/** A database that an operand names. Throws `ConfigError`, which shows nothing of it. */
export function addressOf(operand: string, text: string, env: Variables): Address {
  try {
    const address = databaseUrl(text, env);
    if (address !== undefined) return address;
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    throw new ConfigError(`${operand}: ${error.message}`);
  }
  throw new ConfigError(`${operand} must be "sqlite:PATH" or "postgres://USER@HOST/DATABASE".`);
}

/** Where files are, as an operand names it beside databases; null for what names something else. */
export function filesPlaceOf(text: string): Exclude<FilesPlace, { kind: "off" }> | null {
  const [, path = text.startsWith("s3://") ? text : ""] = /^files:(.+)$/.exec(text) ?? [];
  const place = path === "" ? undefined : parsePlace(path);
  return place === undefined || place.kind === "off" ? null : place;
}

/** For sentences: without a password. */
export function nameOf(address: Address): string {
  return address.kind === "sqlite" ? address.path : showAddress(address.address);
}

/** A name for the beginning of a sentence: `nameOf` a PostgreSQL database; a path stays. */
export const atStart = (name: string) => name.replace(/^the database "/, 'The database "');
