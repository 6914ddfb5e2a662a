/** Names of people as a terminal may show them. */

/** A terminal must not do what somebody's name tells it to. */
export function shown(name: string): string {
  return name.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (hidden) => `\\u{${hidden.codePointAt(0)!.toString(16)}}`,
  );
}
