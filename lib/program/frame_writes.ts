/**
 * Has the runtime hand frames to the system as they are. Otherwise it copies each into a buffer of
 * its socket's, which stays as large as the largest frame so far until the socket closes: some five
 * kilobytes of an idle connection, sixty-four of one that follows a busy room.
 *
 * The switch is a variable that the runtime reads from its own environment with the first
 * connection. It is undocumented and may go with any version of Deno: then frames are copied, and
 * connections take more memory (docs/decisions/0069).
 */

/** Anything turns it on, nothing at all (an empty text) off. */
const SWITCH = "DENO_USE_WRITEV";

export interface RuntimeVariables {
  /** Whether a variable may be read and written; asking nobody. */
  isAllowed(name: string): boolean;
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

const HERE: RuntimeVariables = {
  isAllowed: (variable) =>
    Deno.permissions.querySync({ name: "env", variable }).state === "granted",
  get: (name) => Deno.env.get(name),
  set: (name, value) => Deno.env.set(name, value),
};

/** To be called before anything listens. What the operator has said about it stands. */
export function writeFramesInPlace(environment: RuntimeVariables = HERE): void {
  if (!environment.isAllowed(SWITCH) || environment.get(SWITCH) !== undefined) return;
  environment.set(SWITCH, "1");
}
