/** `/admin/audit`: the audit log, searched by who, what, whom and when. It needs no script. */
import type {
  AuditAction,
  AuditActor,
  AuditArea,
  AuditEntry,
  AuditTarget,
} from "../../protocol/audit.ts";
import type { Language } from "../../protocol/accounts.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { formatMoment, SERVER_CLOCK } from "../dates.ts";
import { Field } from "../parts/Field.tsx";
import { Name } from "../parts/Name.tsx";
import { AdminFrame } from "./AdminFrame.tsx";
import { type AuditSearch, auditSearchQuery, exportPath } from "./audit.ts";
import { settingCalled, settingSaid } from "./audit_settings.ts";
import { adminPath, type AdminProps, personPath } from "./sections.ts";

export interface AuditLogPageProps extends AdminProps {
  search: AuditSearch;
  /** Who was asked for and is not there. */
  unknown: readonly ("who" | "whom")[];
  /** The ids of those who are there. */
  ids: { actor?: number | undefined; target?: number | undefined };
  actions: Readonly<Record<AuditAction, AuditArea>>;
  entries: readonly AuditEntry[];
  /** Of this page; null for the first one. */
  before: number | null;
  next: number | null;
}

export function AuditLogPage(
  { search, unknown, ids, actions, entries, before, next, ...page }: AuditLogPageProps,
) {
  const words = pageWords(page.language);
  const query = auditSearchQuery(search);
  const at = (before: number | null) => adminPath("audit", page.room, { ...query, before });
  const files = (["csv", "json"] as const).map((format) => exportPath(search, ids, format));
  return (
    <AdminFrame section="audit" {...page}>
      <p class="hint">{words.audit.lead}</p>
      <SearchForm search={search} unknown={unknown} actions={actions} page={page} words={words} />
      {entries.length === 0
        ? <p class="admin-empty">{words.audit.none}</p>
        : <Entries entries={entries} words={words} language={page.language} />}
      <div class="admin-actions">
        {before !== null && <a class="button" href={at(null)}>{words.admin.newest}</a>}
        {next !== null && <a class="button" href={at(next)}>{words.audit.older}</a>}
      </div>
      {unknown.length === 0 && (
        <p class="page-links">
          <span>{words.audit.takeAway}</span>
          <a class="link" href={files[0]} download>{words.audit.asTable}</a>
          <a class="link" href={files[1]} download>{words.audit.asData}</a>
        </p>
      )}
    </AdminFrame>
  );
}

interface SearchFormProps extends Pick<AuditLogPageProps, "search" | "unknown" | "actions"> {
  page: AdminProps;
  words: PageWords;
}

function SearchForm({ search, unknown, actions, page, words }: SearchFormProps) {
  const text = (name: "who" | "whom", label: string) => (
    <Field
      id={name}
      label={label}
      error={unknown.includes(name) ? words.audit.nobody : undefined}
      input={{
        name,
        value: search[name],
        autocomplete: "off",
        autocapitalize: "none",
        maxlength: 64,
        placeholder: words.audit.anybody,
      }}
    />
  );
  const day = (name: "since" | "until", label: string) => (
    <Field id={name} label={label} input={{ name, type: "date", value: search[name] }} />
  );
  return (
    <form method="get" action={adminPath("audit", null)} class="admin-filter" role="search">
      {page.room !== null && <input type="hidden" name="room" value={page.room} />}
      {text("who", words.audit.who)}
      <ActionField chosen={search.action} actions={actions} words={words} />
      {text("whom", words.audit.whom)}
      {day("since", words.audit.since)}
      {day("until", words.audit.until)}
      <button type="submit" class="button primary">{words.admin.search}</button>
    </form>
  );
}

function ActionField(
  { chosen, actions, words }: Pick<SearchFormProps, "actions" | "words"> & {
    chosen: AuditAction | null;
  },
) {
  const all = Object.entries(actions) as [AuditAction, AuditArea][];
  const areas = [...new Set(Object.values(actions))];
  return (
    <div class="field">
      <label for="action">{words.audit.what}</label>
      <select id="action" name="action" class="input" autocomplete="off">
        <option value="">{words.audit.anything}</option>
        {areas.map((area) => (
          <optgroup key={area} label={words.audit.areas[area]}>
            {all.filter(([, its]) => its === area).map(([action]) => (
              <option key={action} value={action} selected={action === chosen}>
                {words.audit.actions[action]}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

interface EntriesProps {
  entries: readonly AuditEntry[];
  words: PageWords;
  language: Language;
}

function Entries({ entries, words, language }: EntriesProps) {
  return (
    <ol class="audit">
      {entries.map((entry) => (
        <li key={entry.id} class="audit-entry" id={`audit-${entry.id}`}>
          <p class="audit-what">
            <b>{words.audit.actions[entry.action]}</b>
            {entry.target !== null && (
              <>
                {": "}
                <Whom target={entry.target} words={words} />
              </>
            )}
          </p>
          <Detail entry={entry} words={words} language={language} />
          <p class="audit-who">
            <Who actor={entry.actor} words={words} />
            {" · "}
            <time dateTime={new Date(entry.at).toISOString()}>
              {momentOf(entry.at, words)}
            </time>
            {entry.address !== null && (
              <>
                {" · "}
                <Name>{entry.address}</Name>
              </>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}

function Who({ actor, words }: { actor: AuditActor; words: PageWords }) {
  if (actor.kind !== "user") return <span>{words.audit.actors[actor.kind]}</span>;
  return <Person {...actor} />;
}

function Whom({ target, words }: { target: AuditTarget; words: PageWords }) {
  if (target.kind === "user") return <Person {...target} />;
  if (target.kind === "setting") return <Name>{settingCalled(target.name, words)}</Name>;
  // An invitation's name was its role, which the detail says: its number tells it from others.
  const name = target.kind === "invite" ? String(target.id) : called(target.name, words);
  return (
    <>
      {words.audit.targets[target.kind]} <Name>{name}</Name>
    </>
  );
}

function Person({ id, username }: { id: number; username: string }) {
  return (
    <a class="link" href={personPath(id, null)}>
      <Name>@{username}</Name>
    </a>
  );
}

/** In the reader's language, what has a name there; "constructor" has none. */
function called(name: string, words: PageWords): string {
  const names: Readonly<Record<string, string>> = words.audit.names;
  return Object.hasOwn(names, name) ? names[name]! : name;
}

/** "member → admin", or each value with its name. */
function Detail({ entry, words, language }: Omit<EntriesProps, "entries"> & { entry: AuditEntry }) {
  const { target, detail } = entry;
  const say = (value: unknown) =>
    target?.kind === "setting"
      ? settingSaid(target.name, value, words, language) ?? "—"
      : typeof value === "boolean"
      ? words.audit.bool[value ? "yes" : "no"]
      : called(String(value), words);
  const sayOf = (name: string, value: unknown) =>
    name.endsWith("At") && typeof value === "number" ? momentOf(value, words) : say(value);
  const { from, to, ...others } = detail;
  const change = to === undefined ? [] : [
    from === undefined || from === null ? say(to) : `${say(from)} → ${to === null ? "—" : say(to)}`,
  ].filter((said) => said !== "—");
  const rest = Object.entries(others).filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${called(name, words)}: ${sayOf(name, value)}`);
  const all = [...change, ...rest];
  return all.length === 0 ? null : <p class="audit-detail" dir="auto">{all.join(" · ")}</p>;
}

/** The server knows nobody's zone: it says which one it means. */
function momentOf(at: number, words: PageWords): string {
  return `${formatMoment(at, SERVER_CLOCK, words.dates)} UTC`;
}
