/** Lists as messages hold them, as JSON, which may be damaged. Pure. */

/** `null` for what is no list. */
export function asList(json: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** `null` for what is no list of ids. */
export function asIds(json: string): number[] | null {
  const list = asList(json);
  return list !== null && list.every((each) => Number.isSafeInteger(each))
    ? list as number[] // just checked
    : null;
}

/** Who reacted, for each emoji. */
export function asReactions(json: string): number[][] | null {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    const people = Object.values(value).map((each) => asIds(JSON.stringify(each)));
    return people.every((each) => each !== null) ? people : null;
  } catch {
    return null;
  }
}
