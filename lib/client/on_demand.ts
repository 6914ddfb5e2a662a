/**
 * Actions whose script comes with the first of them: each waits for it, and is then done by what
 * has the same name there. It must not know what they do.
 */

type Call = (...given: never[]) => unknown;

/** The same, each of them waited for. */
type Waited<Calls extends Record<keyof Calls, Call>> = {
  [name in keyof Calls]: (
    ...given: Parameters<Calls[name]>
  ) => Promise<Awaited<ReturnType<Calls[name]>>>;
};

/** @param load rejects where the script cannot be had, and so does the action */
export function onDemand<Name extends string, Calls extends Record<Name, Call>>(
  names: readonly Name[],
  load: () => Promise<Calls>,
): Waited<Pick<Calls, Name>> {
  const actions = names.map((name) => [name, (...given: unknown[]) => {
    const done = load().then((loaded) => Reflect.apply(loaded[name], loaded, given));
    // Most callers do not wait.
    done.catch(() => {});
    return done;
  }]);
  // Each name with what the script does by that name, which is checked there.
  return Object.fromEntries(actions) as Waited<Pick<Calls, Name>>;
}
