/** How one asks for a part of a text: a pattern for `LIKE ? ESCAPE '\'`. It knows no table. */

/**
 * A NUL is found nowhere, as no text has one: PostgreSQL refuses it in a question, and SQLite would
 * read the pattern only up to it, and find everything.
 */
export function containing(part: string): string {
  return `%${part.replaceAll("\0", "\uffff").replace(/[\\%_]/g, "\\$&")}%`;
}
