/** The props that every page with forms gets: whose it is, and what became of a form. Types alone. */
import type { Language, Me } from "../protocol/accounts.ts";
import type { ErrorCode } from "../protocol/codes.ts";
import type { RefusedField } from "./field_errors.ts";

export interface FormPageProps<Notice extends string> {
  language: Language;
  me: Me;
  /** Whose page it is: its forms change nothing for anybody else. */
  sessionId: number;
  /** The server's database: each numbers its sessions from one. */
  instance: string;
  /** The room that the reader came from, and goes back to. */
  room: number | null;
  /** What was done. */
  notice: Notice | null;
  /** Why the form was refused. */
  error?: ErrorCode | undefined;
  /** The fields that caused it. */
  errors?: readonly RefusedField[] | undefined;
  /** Whether people may come in by a provider: else nobody has anything to link. */
  signOn?: boolean;
}
