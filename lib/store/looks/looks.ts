/**
 * What a name looks like: two names that a person could take for each other have a look in common
 * (UTS #39, "skeleton"). Stored with names, so that the database can query it. Knows no tables.
 *
 * Names are compared without case, and a capital can look like another letter's small form: Ian
 * and lan, ВОВ and BOB. Hence the looks of both, of the name as it is written and of its key; and
 * what is left of case in a look is folded, so that 0wner looks like owner.
 *
 * Not looked at: the order in which mixed directions are shown, and fonts of one's own.
 */
import { nameKey } from "../../protocol/names.ts";
import { BLANKS, UNDRAWN } from "../../protocol/text.ts";
import { CONFUSABLES } from "./confusables.ts";

/** Earlier versions accepted names with blanks in them. */
const NOT_SEEN = new RegExp(`[\\p{Default_Ignorable_Code_Point}${BLANKS}${UNDRAWN}]`, "gu");

/** One or two looks. */
export function looksOf(name: string): string[] {
  return [...new Set([look(name), look(nameKey(name))])];
}

function look(text: string): string {
  // Folding can produce a letter that has a prototype again.
  return skeleton(nameKey(skeleton(text)));
}

/** UTS #39, section 4, except `bidiSkeleton`'s display order. */
export function skeleton(text: string): string {
  const prototypes = prototypesByLetter();
  let mapped = "";
  for (const letter of text.normalize("NFD").replace(NOT_SEEN, "")) {
    mapped += prototypes.get(letter) ?? letter;
  }
  return mapped.normalize("NFD");
}

let prototypes: ReadonlyMap<string, string> | undefined;

/** Read with the first name: 6,500 letters take 5 ms in each thread. */
function prototypesByLetter(): ReadonlyMap<string, string> {
  return prototypes ??= new Map(
    CONFUSABLES.replaceAll("\n", "").split(";").flatMap((group) => {
      const [prototype = "", steps = ""] = group.split(":");
      const to = String.fromCodePoint(...prototype.split(" ").map((point) => parseInt(point, 36)));
      let source = 0;
      return steps.split(",").map((step): [string, string] => {
        source += parseInt(step, 36);
        return [String.fromCodePoint(source), to];
      });
    }),
  );
}
