/**
 * How the text of a setting becomes its value; `undefined` for what is not accepted. Pure, and
 * knows no setting by name.
 */

export interface SqliteDatabase {
  kind: "sqlite";
  path: string;
}

export function wholeNumber(text: string, most: number): number | undefined {
  return /^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}

/** `null`: as much as suits the machine. The program alone takes about 120 MiB. */
export function memorySize(text: string): number | null | undefined {
  if (text === "") return null;
  const size = wholeNumber(text, 16_777_216);
  return size === undefined || size === 0 || size >= 192 ? size : undefined;
}

export function oneOf<const T extends string>(text: string, accepted: readonly T[]): T | undefined {
  return accepted.find((each) => each === text);
}

export function path(text: string): string | undefined {
  return text.includes("\0") ? undefined : text;
}

/** "sqlite:data/chat.db", "sqlite:/srv/chat.db", "sqlite:///srv/chat.db". */
export function databaseUrl(text: string): SqliteDatabase | undefined {
  const [, file] = /^sqlite:(?:\/\/(?=\/))?([^\0?#]+)$/.exec(text) ?? [];
  // Whatever is in memory only would break the promise that what is acknowledged is kept.
  return file === undefined || file === ":memory:" ? undefined : { kind: "sqlite", path: file };
}

export function originList(text: string): string[] | undefined {
  const origins: string[] = [];
  for (const part of text.split(",").map((each) => each.trim()).filter((each) => each !== "")) {
    const url = URL.canParse(part) ? new URL(part) : null;
    if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
    if (
      part.toLowerCase().replace(/\/$/, "").replace(/:(80|443)$/, "") !==
        url.origin.replace(/:(80|443)$/, "")
    ) return undefined;
    origins.push(url.origin);
  }
  return origins;
}
