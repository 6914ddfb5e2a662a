/** One of a few values, chosen from a list. */
export interface ChoiceProps {
  id: string;
  name: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  describedBy?: string | undefined;
}

/** Browsers put the last choice back into a reloaded page: what is saved is what counts. */
export function Choice({ id, name, value, options, describedBy }: ChoiceProps) {
  return (
    <select id={id} name={name} class="input" autocomplete="off" aria-describedby={describedBy}>
      {options.map(([option, label]) => (
        <option key={option} value={option} selected={option === value}>{label}</option>
      ))}
    </select>
  );
}
