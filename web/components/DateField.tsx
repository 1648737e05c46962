/** A date as Italians type it (3/4/1974, 04/1974, 1974); what was understood is said as one types. */
import { useEffect, useState } from 'react';
import { useWords, words } from '../app/language.tsx';
import { readDate, showDate } from './dates.ts';
import { Field } from './Field.tsx';

const WORDS = words({
  it: {
    hint: 'gg/mm/aaaa; anche mm/aaaa o aaaa',
    hintWhole: 'gg/mm/aaaa',
    wrong: 'Non è una data: scrivila come 03/04/1974',
    wrongWhole: 'Serve il giorno intero: scrivilo come 03/04/1974',
  },
  en: {
    hint: 'dd/mm/yyyy; also mm/yyyy or yyyy',
    hintWhole: 'dd/mm/yyyy',
    wrong: 'Not a date: write it as 03/04/1974',
    wrongWhole: 'The whole day is needed: write it as 03/04/1974',
  },
});

export interface DateFieldProps {
  readonly label: string;
  /** AAAA-MM-GG, AAAA-MM, AAAA; empty for none. */
  readonly value: string;
  readonly onChange: (date: string) => void;
  /** Whether a month or a year alone will not do. */
  readonly whole?: boolean;
  readonly required?: boolean;
}

export function DateField({ label, value, onChange, whole = false, required = false }: DateFieldProps) {
  const say = useWords(WORDS);
  const [typed, setTyped] = useState(() => showDate(value));
  const [left, setLeft] = useState(false);
  // A value set from elsewhere (a slider, a cleared form) is shown; what is being typed is not touched.
  useEffect(() => {
    setTyped((before) => (readDate(before) === value ? before : showDate(value)));
  }, [value]);
  const read = readDate(typed);
  const short = read !== null && whole && read.length < 10;
  const wrong =
    typed.trim() === '' || !left ? null : read === null ? say.wrong : short ? say.wrongWhole : null;
  return (
    <Field
      label={label}
      hint={whole ? say.hintWhole : say.hint}
      wrong={wrong}
      inputMode="numeric"
      required={required}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        setLeft(false);
        const date = readDate(event.target.value);
        if (date !== null && !(whole && date.length < 10)) onChange(date);
        else if (event.target.value.trim() === '') onChange('');
      }}
      onBlur={() => setLeft(true)}
    />
  );
}
