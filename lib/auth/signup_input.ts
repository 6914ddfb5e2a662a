/** What somebody new gives of themselves. Its form has been checked against `protocol/accounts.ts`. */
export interface SignupInput {
  username: string;
  password: string;
  displayName?: string | undefined;
  invite?: string | undefined;
  /** `forbidden` unless it is the first account, as the form said it would be. */
  firstOnly?: boolean | undefined;
}
