/**
 * What holds for the workspace now, read from memory: what the host's environment fixes, else what
 * staff have set, else the standard. It knows neither the store nor who may change it.
 */
import { LIMITS, type Limits } from "../protocol/limits.ts";
import {
  type FixedWorkspace,
  type Here,
  type SeenBy,
  type Workspace,
  WORKSPACE_KEYS,
  WORKSPACE_SETTINGS,
  type WorkspaceHere,
  type WorkspaceKey,
  type WorkspaceSettingState,
} from "../protocol/workspace.ts";

export class CurrentWorkspace {
  readonly #fixed: FixedWorkspace;
  readonly #hostLimits: Partial<Limits>;
  readonly #listeners = new Set<() => void>();
  /** What staff have set, as it was stored: a newer version may have written keys unknown here. */
  #set: Readonly<Record<string, unknown>> = {};
  #values: Workspace;

  /** @param hostLimits of the protocol's limits, those that the host has set otherwise */
  constructor(fixed: FixedWorkspace = {}, hostLimits: Partial<Limits> = {}) {
    this.#fixed = fixed;
    this.#hostLimits = hostLimits;
    this.#values = this.#resolve();
  }

  get<Key extends WorkspaceKey>(key: Key): Workspace[Key] {
    return this.#values[key];
  }

  /** The protocol's limits, lower where staff have set them so, and as the host has set them. */
  limits(): Limits {
    return { ...LIMITS, ...this.#hostLimits, textLength: this.get("textLength") };
  }

  /** What clients are told: in a page, in `ready`, and in the event of a change. */
  here(): Here {
    return { workspace: this.forClients(), limits: this.limits() };
  }

  /** What they go by, besides limits. */
  forClients(): WorkspaceHere {
    const logo = this.get("logo");
    return {
      name: this.get("name"),
      inviters: this.get("inviters"),
      logo: logo === null ? null : `/workspace/logo/${logo.version}`,
      publicRooms: this.get("publicRooms"),
      privateRooms: this.get("privateRooms"),
      emojiMakers: this.get("emojiMakers"),
    };
  }

  /** How fast people may write and make rooms, as it is whenever somebody asks. */
  rates(): { sendRate(): number; roomRate(): number } {
    return { sendRate: () => this.get("sendRate"), roomRate: () => this.get("roomRate") };
  }

  /** Whether the host's environment sets it. */
  isFixed(key: WorkspaceKey): boolean {
    return this.#fixed[key] !== undefined;
  }

  /** The values of the keys that are told to these people. */
  seenBy(...seen: SeenBy[]): Partial<Workspace> {
    const keys = WORKSPACE_KEYS.filter((key) => seen.includes(WORKSPACE_SETTINGS[key].seenBy));
    return Object.fromEntries(keys.map((key) => [key, this.#values[key]]));
  }

  /** Every key, as staff see it. */
  states(): Record<WorkspaceKey, WorkspaceSettingState> {
    const states = WORKSPACE_KEYS.map((key) => {
      const { standard, fixedBy }: { standard: unknown; fixedBy?: string } =
        WORKSPACE_SETTINGS[key];
      const fixed = this.isFixed(key) ? fixedBy ?? null : null;
      return [key, { value: this.#values[key], standard, fixedBy: fixed }];
    });
    return Object.fromEntries(states); // one for each key
  }

  /** All that staff have set, as it was read. */
  replace(set: Readonly<Record<string, unknown>>): void {
    this.#set = { ...set };
    this.#values = this.#resolve();
    for (const listener of this.#listeners) listener();
  }

  /** What has changed; `null` takes back what was set. */
  apply(set: Readonly<Record<string, unknown>>): void {
    const entries = Object.entries({ ...this.#set, ...set });
    this.replace(Object.fromEntries(entries.filter(([, value]) => value !== null)));
  }

  /** Called after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #resolve(): Workspace {
    const values = WORKSPACE_KEYS.map((key) => [key, this.#fixed[key] ?? this.#ofStaff(key)]);
    return Object.fromEntries(values); // one for each key, of its schema's type
  }

  /** What another version stored, and this one would refuse, counts as not set. */
  #ofStaff(key: WorkspaceKey): unknown {
    const { schema, standard } = WORKSPACE_SETTINGS[key];
    if (!Object.hasOwn(this.#set, key)) return standard;
    const parsed = schema.safeParse(this.#set[key]);
    return parsed.success ? parsed.data : standard;
  }
}
