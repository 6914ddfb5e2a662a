/** What the schemas of answers are made with, and the fields that many of them have. */
import * as z from "zod";

/** `never` if the types differ, even in an optional field. */
type Same<A, B> = [A, B, keyof A, keyof B] extends [B, A, keyof B, keyof A] ? unknown : never;

/** Declares a schema to be the schema of this type. */
export function of<Type>() {
  return <Schema extends z.ZodType>(schema: Schema & Same<Type, z.output<Schema>>): Schema =>
    schema;
}

export const id = z.int().positive().meta({ description: "A positive whole number." });
export const seq = z.int().nonnegative();
export const time = z.int().nonnegative().meta({
  description: "Milliseconds since the Unix epoch.",
});
