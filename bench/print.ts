/** What the bench says: results to stdout, how it gets on to stderr. */
// deno-lint-ignore-file no-console -- it is a program for people, and this is where it speaks

export function print(text: string): void {
  console.log(text);
}

export function note(text: string): void {
  console.error(text);
}
