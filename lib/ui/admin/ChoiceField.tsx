/** A list to choose from, with its label. */
export interface ChoiceFieldProps {
  /** Its name in the form, too. */
  id: string;
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
}

/** Browsers put the last choice back into a reloaded page: what is saved is what counts. */
export function ChoiceField({ id, label, value, options }: ChoiceFieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name={id} class="input" autocomplete="off">
        {options.map(([option, name]) => (
          <option key={option} value={option} selected={option === value}>{name}</option>
        ))}
      </select>
    </div>
  );
}
