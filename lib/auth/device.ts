/**
 * A short name for the device behind a `User-Agent`, so that people recognise their sessions. For
 * display only, never for decisions: anybody can send anything.
 */

import { graphemes } from "../protocol/graphemes.ts";

const LENGTH = 40;

/** In order: the earlier browsers' strings contain the later ones' names too. */
const BROWSERS: [RegExp, string][] = [
  [/\b(?:Edg|EdgA|EdgiOS|Edge)\//, "Edge"],
  [/\b(?:OPR|OPiOS|Opera)\//, "Opera"],
  [/\bYaBrowser\//, "Yandex Browser"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome|Chromium)\//, "Chrome"],
  [/\bVersion\/[\d.]+.* Safari\//, "Safari"],
];

const SYSTEMS: [RegExp, string][] = [
  [/\bAndroid\b/, "Android"],
  [/\biPad\b/, "iPad"],
  [/\biPhone\b/, "iPhone"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\b(?:Macintosh|Mac OS X)\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** "Firefox on Linux", "curl", or the first 40 printable characters. */
export function deviceName(userAgent: string | null): string {
  const text = (userAgent ?? "").slice(0, 1024);
  const browser = find(BROWSERS, text);
  if (browser !== null) {
    const system = find(SYSTEMS, text);
    return system === null ? browser : `${browser} on ${system}`;
  }
  const program = /^([A-Za-z][\w.-]{0,39})\/\d[\w.+-]*(?:[ ;(]|$)/.exec(text)?.[1];
  if (program !== undefined && program !== "Mozilla") return program;
  return printable(text) || "Unknown device";
}

function find(names: [RegExp, string][], text: string): string | null {
  return names.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** Controls would break a line, and directional marks (Cf) could make a name read backwards. */
function printable(text: string): string {
  const shown = text.replace(/\p{C}/gu, "").replace(/\s+/gu, " ").trim();
  return graphemes(shown, LENGTH).join("").trim();
}
