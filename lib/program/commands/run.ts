/** Runs a command; what databases and files refuse becomes a sentence for the operator. */
import { sentenceOf } from "../../store/sqlite/sentences.ts";
import { DatabaseRefusal } from "../../store/upkeep/database.ts";
import { type Call, CommandError, type RunCommand } from "./command.ts";

export async function runCommand(run: RunCommand, call: Call): Promise<number> {
  try {
    return await run(call);
  } catch (error) {
    const sentence = refusal(error);
    throw sentence === null ? error : new CommandError(sentence, { cause: error });
  }
}

function refusal(error: unknown): string | null {
  if (error instanceof DatabaseRefusal) return error.message;
  if (isFileError(error)) return `A file cannot be used: ${error.message.replace(/\.$/, "")}.`;
  return sentenceOf(error, "the database");
}

/** The system's own words, which name the file. */
function isFileError(error: unknown): error is Error {
  const kinds = [
    Deno.errors.NotFound,
    Deno.errors.PermissionDenied,
    Deno.errors.NotCapable,
    Deno.errors.AlreadyExists,
    Deno.errors.IsADirectory,
    Deno.errors.NotADirectory,
  ];
  return kinds.some((kind) => error instanceof kind) ||
    (error instanceof Error && /\(os error \d+\)/.test(error.message));
}
