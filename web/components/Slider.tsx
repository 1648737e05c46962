/** A slider over moments at which something changed: arrows go from one to the next. */
import { useId } from 'react';

interface SliderProps {
  readonly label: string;
  /** In order, one at least. */
  readonly values: readonly string[];
  readonly value: string;
  readonly show: (value: string) => string;
  readonly onChange: (value: string) => void;
}

export function Slider({ label, values, value, show, onChange }: SliderProps) {
  const id = useId();
  // A value between two steps stands at the earlier.
  const after = values.findIndex((step) => step > value);
  const place = Math.max(0, (after === -1 ? values.length : after) - 1);
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}: <strong>{show(value)}</strong>
      </label>
      <input
        id={id}
        type="range"
        className="slider"
        min={0}
        max={values.length - 1}
        step={1}
        value={place}
        aria-valuetext={show(values[place] ?? value)}
        onChange={(event) => onChange(values[Number(event.target.value)] ?? value)}
      />
    </div>
  );
}
