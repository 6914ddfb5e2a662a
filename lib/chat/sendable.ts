/** What may not be sent, now or later, whoever sends it and wherever. */
import { ConfabError } from "../errors.ts";
import { isLonger } from "../protocol/text.ts";

/** Staff may have set a lower limit than the schema's. */
export function requireShort(text: string, most: number): void {
  if (!isLonger(text, most)) return;
  throw new ConfabError("invalid", "The message is too long for this place.", {
    errors: [{ path: "text", message: `must have at most ${most} characters`, reason: "too_long" }],
  });
}
