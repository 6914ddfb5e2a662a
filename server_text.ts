/**
 * How the bundled server is written down, so that Deno reads it soon: the same program in other
 * characters. It knows no module.
 */

/**
 * The same program in ASCII only. The engine uses an ASCII file as it is, but copies any other into
 * two bytes per character. Russian text in a megabyte of program costs a start 2 ms
 * (docs/decisions/0021). Throws if an escape would mean something else.
 */
export function inAscii(code: string): string {
  const other = /\\\P{ASCII}|String\.raw`[^`]*?\P{ASCII}/u.exec(code);
  if (other !== null) throw new Error(`Cannot write this in ASCII: ${other[0].slice(0, 80)}`);
  return code.replace(/\P{ASCII}/gu, (character) => character.split("").map(escapeOf).join(""));
}

/** The escape of one UTF-16 unit. */
function escapeOf(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * The same program, whose parts for some settings and commands are read when they are imported.
 * Deno reads at each start whatever a program might import by a name that stands in it: fifty files
 * that nobody has asked for cost a start 10 ms (docs/decisions/0021), and a package has it look
 * through all that are installed, which costs 5 ms (docs/decisions/0059). This name does not stand
 * in the place where it looks.
 */
export function onlyWhenWanted(code: string): string {
  return code.replace(/\bimport\(("(?:\.\/[\w.-]+\.js|[@\w][\w./-]*)")\)/g, "import([$1][0])");
}
