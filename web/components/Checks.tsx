/** Several of a list, as boxes to tick under one legend. */
interface ChecksProps {
  readonly legend: string;
  readonly options: readonly (readonly [id: string, label: string])[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function Checks({ legend, options, chosen, onChange }: ChecksProps) {
  return (
    <fieldset className="field">
      <legend>{legend}</legend>
      <div className="field choices">
        {options.map(([id, label]) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
