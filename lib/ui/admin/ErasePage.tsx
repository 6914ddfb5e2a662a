/** `/admin/people/:id/erase`: what is to become of somebody's texts and name, and the last question. */
import type { StaffAccount, TextsFate, UsernameFate } from "../../protocol/staff.ts";
import { pageWords } from "../catalogue/pages.ts";
import { plainName } from "../names.ts";
import { Field } from "../parts/Field.tsx";
import { PageForm } from "../parts/PageForm.tsx";
import { AdminFrame } from "./AdminFrame.tsx";
import { type AdminProps, personPath } from "./sections.ts";

export interface ErasePageProps extends AdminProps {
  account: StaffAccount;
  texts: TextsFate;
  username: UsernameFate;
}

export function ErasePage({ account, texts, username, ...page }: ErasePageProps) {
  const words = pageWords(page.language);
  const { staff } = words;
  const wrong = page.errors?.some(({ path }) => path === "typed") ?? false;
  return (
    <AdminFrame section="people" title={staff.eraseHeading(plainName(account))} {...page}>
      <p>{staff.eraseLead}</p>
      <PageForm page={page} action={personPath(account.id, page.room, {}, "erase")} id="erase">
        <Choices
          name="texts"
          legend={staff.texts}
          chosen={texts}
          options={[["keep", staff.textsKeep], ["take", staff.textsTake]]}
        />
        <Choices
          name="username"
          legend={staff.name}
          chosen={username}
          options={[["free", staff.nameFree], ["keep", staff.nameKeep]]}
        />
        <Field
          id="typed"
          label={staff.typeName(account.username)}
          error={wrong ? staff.typeNameError : undefined}
          input={{
            name: "typed",
            required: true,
            autocomplete: "off",
            autocapitalize: "none",
            autofocus: wrong,
          }}
        />
        <div class="admin-actions">
          <button type="submit" class="button danger">{staff.eraseNow}</button>
          <a class="button" href={personPath(account.id, page.room)}>{words.common.cancel}</a>
        </div>
      </PageForm>
    </AdminFrame>
  );
}

interface ChoicesProps {
  name: string;
  legend: string;
  chosen: string;
  options: readonly (readonly [value: string, label: string])[];
}

function Choices({ name, legend, chosen, options }: ChoicesProps) {
  return (
    <fieldset class="admin-choices">
      <legend>{legend}</legend>
      {options.map(([value, label]) => (
        <label key={value} class="admin-check">
          <input type="radio" name={name} value={value} checked={value === chosen} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
