/**
 * How long a file and a function may be. Pure: texts come in, sentences come out. Comments count,
 * since they are read too.
 */

/** Lines of a file: what one reads at a sitting. */
export const FILE_LINES = 250;
/** Lines of a function, from its first to its last: a screen. */
export const FUNCTION_LINES = 60;
/** How a comment before a longer function begins to give the reason for it. */
export const REASON = "Long because";

/** Catalogues and tables of data have no reading order: they are as long as what they list. */
const TABLES = /^lib\/(ui\/catalogue\/|store\/looks\/confusables\.ts$|auth\/common_passwords\.ts$)/;

/** One sentence for a file that is too long and for each function in it that is. */
export function tooLong(path: string, text: string): string[] {
  const functions = path.endsWith(".css") ? [] : longFunctions(path, text);
  return [...longFile(path, text), ...functions];
}

function longFile(path: string, text: string): string[] {
  const lines = text.trimEnd().split("\n").length;
  if (lines <= FILE_LINES || TABLES.test(path)) return [];
  return [`${path} has ${lines} lines; at most ${FILE_LINES}.`];
}

function longFunctions(path: string, text: string): string[] {
  return Deno.lint.runPlugin(plugin(text), path, text).map(({ message }) => `${path}: ${message}`);
}

type AnyFunction =
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression
  | Deno.lint.ArrowFunctionExpression;

function plugin(text: string): Deno.lint.Plugin {
  return {
    name: "sizes",
    rules: {
      functions: {
        create(context) {
          const look = (node: AnyFunction) => {
            const [from, to] = node.range.map((offset) => lineOf(text, offset));
            const lines = to! - from! + 1;
            if (lines <= FUNCTION_LINES || hasReason(text, node.range[0])) return;
            context.report({
              node,
              message:
                `the function in line ${from} has ${lines} lines; at most ${FUNCTION_LINES}, ` +
                `or a comment before it that begins with "${REASON}".`,
            });
          };
          return {
            FunctionDeclaration: look,
            FunctionExpression: look,
            ArrowFunctionExpression: look,
          };
        },
      },
    },
  };
}

const lineOf = (text: string, offset: number) => text.slice(0, offset).split("\n").length;

/** In the comment that ends right above the line in which the function begins. */
function hasReason(text: string, offset: number): boolean {
  const above = text.slice(0, text.lastIndexOf("\n", offset) + 1);
  const comment = /(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/|(?:[ \t]*\/\/[^\n]*\n)+)\s*$/.exec(above);
  return comment?.[0].includes(REASON) ?? false;
}
