/** Taking a deletion back. Schemas for the server; the browser imports the types only. */
import * as field from "./fields.ts";

export const restoreMessage = field.object(() => ({ message: field.id }));
