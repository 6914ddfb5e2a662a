/** `/admin/people/:id`: one account, and what its reader may do with it. */
import { mayHandOver } from "../../protocol/ownership.ts";
import { mayChangeAccount } from "../../protocol/permissions.ts";
import type { StaffAccount } from "../../protocol/staff.ts";
import type { Timestamp } from "../../protocol/time.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { formatAgo } from "../ago.ts";
import { formatMoment, SERVER_CLOCK } from "../dates.ts";
import { plainName } from "../names.ts";
import { Name } from "../parts/Name.tsx";
import { AdminFrame } from "./AdminFrame.tsx";
import { PersonActs } from "./PersonActs.tsx";
import { adminPath, type AdminProps } from "./sections.ts";

export interface PersonPageProps extends AdminProps {
  account: StaffAccount;
  now: Timestamp;
  /** A link for a new password that was made just now. */
  resetUrl?: string | undefined;
}

export function PersonPage({ account, now, resetUrl, ...page }: PersonPageProps) {
  const words = pageWords(page.language);
  const { me, room } = page;
  const isOwn = account.id === me.id;
  const mayChange = mayChangeAccount(me, { role: account.role, isOwn }) === "allowed";
  return (
    <AdminFrame section="people" title={<Name>{plainName(account)}</Name>} {...page}>
      <p class="page-links">
        <a class="link" href={adminPath("people", room)}>{words.staff.back}</a>
      </p>
      <Facts account={account} now={now} page={page} words={words} />
      {!mayChange && <p class="hint">{whyNot(account, isOwn, words)}</p>}
      {account.erasing && <p class="hint">{words.staff.erasing}</p>}
      {mayChange && (
        <PersonActs
          account={account}
          page={page}
          words={words}
          mayOwn={mayHandOver(me, { ...account, isOwn }) === "allowed"}
          resetUrl={resetUrl}
        />
      )}
      <p class="page-links">
        <span>{words.staff.history}</span>
        <a class="link" href={adminPath("audit", room, { who: account.username })}>
          {words.staff.done}
        </a>
        <a class="link" href={adminPath("audit", room, { whom: account.username })}>
          {words.staff.suffered}
        </a>
      </p>
    </AdminFrame>
  );
}

function whyNot({ role }: StaffAccount, isOwn: boolean, { staff }: PageWords): string {
  if (isOwn) return staff.yourself;
  return role === "owner" ? staff.ownerHere : staff.notYours;
}

interface FactsProps {
  account: StaffAccount;
  now: Timestamp;
  page: AdminProps;
  words: PageWords;
}

function Facts({ account, now, page, words }: FactsProps) {
  const { staff } = words;
  const { createdAt, lastSeen, sessions, disabled, erasedAt } = account;
  const state = erasedAt !== null ? staff.erased : disabled ? staff.disabled : staff.active;
  const facts: [string, string][] = [
    [staff.username, `@${account.username}`],
    [staff.role, staff.roles[account.role]],
    [staff.state, state],
    [staff.since, `${formatMoment(createdAt, SERVER_CLOCK, words.dates)} UTC`],
    ...lastSeen === null ? [] : [[
      staff.lastSeen,
      formatAgo(lastSeen, { now, ahead: () => 0 }, page.language, words.dates),
    ] as [string, string]],
    [staff.sessions, staff.devices(sessions)],
    [staff.secondFactor, account.secondFactor ? staff.on : staff.off],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Name>{value}</Name>
          </dd>
        </div>
      ))}
    </dl>
  );
}
