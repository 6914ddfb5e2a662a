/** `/admin/people`: everybody's accounts, searched by name, role and state. */
import type { AccountsPage, StaffAccount } from "../../protocol/staff.ts";
import type { Timestamp } from "../../protocol/time.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { formatAgo } from "../ago.ts";
import { plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Field } from "../parts/Field.tsx";
import { Name } from "../parts/Name.tsx";
import { AdminFrame } from "./AdminFrame.tsx";
import { ChoiceField } from "./ChoiceField.tsx";
import { type PeopleSearch, ROLES, STATES } from "./people.ts";
import { adminPath, type AdminProps, personPath } from "./sections.ts";

export interface PeoplePageProps extends AdminProps, AccountsPage {
  search: PeopleSearch;
  /** Not the first page. */
  later: boolean;
  now: Timestamp;
}

export function PeoplePage({ search, accounts, next, later, now, ...page }: PeoplePageProps) {
  const words = pageWords(page.language);
  const { room } = page;
  return (
    <AdminFrame section="people" {...page}>
      <SearchForm search={search} room={room} words={words} />
      {accounts.length === 0 ? <p class="admin-empty">{words.staff.none}</p> : (
        <ul class="people">
          {accounts.map((account) => (
            <Person key={account.id} account={account} now={now} page={page} words={words} />
          ))}
        </ul>
      )}
      <div class="admin-actions">
        {later && (
          <a class="button" href={adminPath("people", room, { ...search })}>
            {words.admin.newest}
          </a>
        )}
        {next !== null && (
          <a class="button" href={adminPath("people", room, { ...search, after: next })}>
            {words.staff.more}
          </a>
        )}
      </div>
    </AdminFrame>
  );
}

function SearchForm(
  { search, room, words }: { search: PeopleSearch; room: number | null; words: PageWords },
) {
  const { staff, admin } = words;
  return (
    <form method="get" action={adminPath("people", null)} class="admin-filter" role="search">
      {room !== null && <input type="hidden" name="room" value={room} />}
      <Field
        id="q"
        label={staff.find}
        input={{ name: "q", type: "search", value: search.q, autocomplete: "off", maxlength: 64 }}
      />
      <ChoiceField
        id="role"
        label={staff.role}
        value={search.role ?? ""}
        options={[["", staff.anyRole], ...ROLES.map((role) => [role, staff.roles[role]] as const)]}
      />
      <ChoiceField
        id="state"
        label={staff.state}
        value={search.state ?? ""}
        options={[["", staff.anyState], ...STATES.map((state) => [state, staff[state]] as const)]}
      />
      <button type="submit" class="button primary">{admin.search}</button>
    </form>
  );
}

interface PersonProps {
  account: StaffAccount;
  now: Timestamp;
  page: AdminProps;
  words: PageWords;
}

function Person({ account, now, page, words }: PersonProps) {
  const { id, username, role, lastSeen } = account;
  const { staff } = words;
  const seen = lastSeen === null
    ? staff.neverSeen
    : staff.seen(formatAgo(lastSeen, { now, ahead: () => 0 }, page.language, words.dates));
  return (
    <li>
      <a class="person" href={personPath(id, page.room)}>
        <Avatar id={id} name={plainName(account)} picture={account.avatar} />
        <span class="person-text">
          <span class="person-names">
            <Name class="name">{plainName(account)}</Name> <Name class="handle">@{username}</Name>
          </span>
          <span class="handle">
            {id === page.me.id ? `${staff.you} · ` : ""}
            {staff.roles[role]}
            {account.disabled ? "" : ` · ${seen}`}
          </span>
        </span>
        {account.disabled && (
          <span class="person-state">
            {account.erasedAt === null ? staff.disabled : staff.erased}
          </span>
        )}
      </a>
    </li>
  );
}
