/** What staff may do with somebody's account: each act a form of its own, with what it means. */
import type { ComponentChildren } from "preact";
import type { StaffAccount } from "../../protocol/staff.ts";
import type { PageWords } from "../catalogue/pages.ts";
import { plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { CopyField } from "../parts/CopyField.tsx";
import { PageForm } from "../parts/PageForm.tsx";
import { ChoiceField } from "./ChoiceField.tsx";
import { type AdminProps, personPath } from "./sections.ts";

export interface PersonActsProps {
  account: StaffAccount;
  page: AdminProps;
  words: PageWords;
  /** The reader may give the place to them. */
  mayOwn: boolean;
  resetUrl?: string | undefined;
}

export function PersonActs(props: PersonActsProps) {
  const { account, page, words } = props;
  if (account.erasedAt !== null) return <Erased {...props} />;
  return (
    <>
      {!account.disabled && <RoleForm {...props} />}
      {account.avatar !== null && <PictureForm {...props} picture={account.avatar} />}
      <section class="settings-part" aria-labelledby="access-title">
        <h2 id="access-title">{words.staff.accessTitle}</h2>
        {!account.disabled && <AccessForms {...props} />}
        <StateForm {...props} />
      </section>
      {props.mayOwn && <OwnerForm {...props} />}
      <section class="settings-part" aria-labelledby="erase-title">
        <h2 id="erase-title">{words.staff.eraseTitle}</h2>
        <p class="hint">{words.staff.eraseHint}</p>
        <div>
          <a class="button danger" href={personPath(account.id, page.room, {}, "erase")}>
            {words.staff.erase}
          </a>
        </div>
      </section>
    </>
  );
}

function RoleForm({ account, page, words: { staff } }: PersonActsProps) {
  const roles = ["admin", "member", "guest"] as const;
  const options = account.role === "bot" ? [...roles, "bot" as const] : roles;
  return (
    <section class="settings-part" aria-labelledby="role-title">
      <h2 id="role-title">{staff.roleTitle}</h2>
      <Act id="newRole" account={account} page={page}>
        <ChoiceField
          id="role"
          label={staff.role}
          value={account.role}
          options={options.map((role) => [role, staff.roles[role]] as const)}
        />
        <ul class="hint">
          {roles.map((role) => <li key={role}>{staff.roleHint[role]}</li>)}
        </ul>
        <div>
          <button type="submit" class="button primary">{staff.setRole}</button>
        </div>
      </Act>
    </section>
  );
}

function PictureForm(
  { account, page, words: { staff }, picture }: PersonActsProps & { picture: string },
) {
  return (
    <section class="settings-part" aria-labelledby="picture-title">
      <h2 id="picture-title">{staff.pictureTitle}</h2>
      <div class="own-picture">
        <Avatar id={account.id} name={plainName(account)} picture={picture} size="large" />
        <SimpleAct
          id="picture"
          label={staff.removePicture}
          hint={staff.removePictureHint}
          {...{ account, page }}
        />
      </div>
    </section>
  );
}

function AccessForms({ account, page, words, resetUrl }: PersonActsProps) {
  const { staff } = words;
  return (
    <>
      {resetUrl !== undefined && (
        <CopyField
          words={words}
          id="reset-url"
          label={words.staff.resetLink}
          hint={words.staff.resetShown}
          value={resetUrl}
        />
      )}
      <SimpleAct id="reset" label={staff.reset} hint={staff.resetHint} {...{ account, page }} />
      {account.secondFactor && (
        <SimpleAct
          id="factors"
          label={staff.factorsOff}
          hint={staff.factorsHint}
          {...{ account, page }}
        />
      )}
      {account.sessions > 0 && (
        <SimpleAct
          id="sessions"
          label={staff.signOut}
          hint={staff.signOutHint}
          {...{ account, page }}
        />
      )}
    </>
  );
}

function StateForm({ account, page, words: { staff } }: PersonActsProps) {
  return account.disabled
    ? <SimpleAct id="enable" label={staff.enable} hint={staff.enableHint} {...{ account, page }} />
    : (
      <SimpleAct
        id="disable"
        label={staff.disable}
        hint={staff.disableHint}
        {...{ account, page }}
      />
    );
}

function OwnerForm({ account, page, words: { staff } }: PersonActsProps) {
  const missing = page.errors?.some(({ path }) => path === "sure") ?? false;
  return (
    <section class="settings-part" aria-labelledby="owner-title">
      <h2 id="owner-title">{staff.ownerTitle}</h2>
      <Act id="owner" account={account} page={page}>
        <p class="hint">{staff.handOverHint(plainName(account))}</p>
        <label class="admin-check">
          <input
            type="checkbox"
            name="sure"
            value="yes"
            autocomplete="off"
            autofocus={missing}
            aria-invalid={missing ? "true" : undefined}
            aria-describedby={missing ? "sure-error" : undefined}
          />
          {staff.handOverSure}
        </label>
        {missing && <p class="field-error" id="sure-error">{staff.sureMissing}</p>}
        <div>
          <button type="submit" class="button danger">{staff.handOver}</button>
        </div>
      </Act>
    </section>
  );
}

/** Their texts may still go. */
function Erased({ account, page, words: { staff } }: PersonActsProps) {
  return (
    <section class="settings-part">
      <p class="hint">{staff.erasedLead}</p>
      {!account.erasing && (
        <SimpleAct
          id="texts"
          label={staff.takeTexts}
          hint={staff.eraseHint}
          dangerous
          {...{ account, page }}
        />
      )}
    </section>
  );
}

type ActProps = Pick<PersonActsProps, "account" | "page"> & { id: string };

function Act({ id, account, page, children }: ActProps & { children: ComponentChildren }) {
  return (
    <PageForm page={page} action={personPath(account.id, page.room)} id={id}>
      {children}
    </PageForm>
  );
}

function SimpleAct(
  { label, hint, dangerous = false, ...act }: ActProps & {
    label: string;
    hint: string;
    dangerous?: boolean;
  },
) {
  return (
    <Act {...act}>
      <div class="admin-act">
        <button
          type="submit"
          class={dangerous ? "button danger" : "button"}
          aria-describedby={`${act.id}-hint`}
        >
          {label}
        </button>
        <p class="hint" id={`${act.id}-hint`}>{hint}</p>
      </div>
    </Act>
  );
}
