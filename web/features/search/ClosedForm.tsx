/** The searches of the closed list as a form, for who would rather fill in fields than type in one box. */
import { type FormEvent, useState } from 'react';
import { useCodes } from '../../app/codes.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { DateField } from '../../components/DateField.tsx';
import { Choice, Field } from '../../components/Field.tsx';
import { type Question, questionOf, WAYS, type Way } from './ways.ts';

const WORDS = words({
  it: {
    way: 'Cerca per',
    past: 'Anche i defunti e chi è uscito dalla provincia',
    search: 'Cerca',
    choose: 'Scegli il comune…',
    missing: 'Riempi questo campo',
  },
  en: {
    way: 'Search by',
    past: 'The dead and those who left the province too',
    search: 'Search',
    choose: 'Choose the comune…',
    missing: 'Fill in this field',
  },
});

interface ClosedFormProps {
  readonly onAsk: (question: Question, past: boolean) => void;
}

export function ClosedForm({ onAsk }: ClosedFormProps) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const codes = useCodes();
  const [way, setWay] = useState<Way>('cognome_nascita');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [past, setPast] = useState(false);
  const [sent, setSent] = useState(false);
  const set = (name: string, value: string) => setValues((before) => ({ ...before, [name]: value }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    const question = questionOf(way, values);
    if (question !== null) onAsk(question, past);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Choice label={say.way} value={way} onChange={(event) => setWay(event.target.value as Way)}>
        {Object.entries(WAYS).map(([id, { label }]) => (
          <option key={id} value={id}>
            {label[language]}
          </option>
        ))}
      </Choice>
      <div className="row-fields">
        {WAYS[way].fields.map(({ name, input, label }) => {
          const value = values[name] ?? '';
          const wrong = sent && value.trim() === '' ? say.missing : null;
          if (input === 'date')
            return (
              <DateField
                key={name}
                label={label[language]}
                value={value}
                whole={way === 'cognome_nascita'}
                onChange={(date) => set(name, date)}
              />
            );
          if (input === 'comune')
            return (
              <Choice
                key={name}
                label={label[language]}
                value={value}
                wrong={wrong}
                onChange={(event) => set(name, event.target.value)}
              >
                <option value="">{say.choose}</option>
                {codes.comuni.map(({ codice, parole }) => (
                  <option key={codice} value={codice}>
                    {parole}
                  </option>
                ))}
              </Choice>
            );
          return (
            <Field
              key={name}
              label={label[language]}
              value={value}
              wrong={wrong}
              maxLength={120}
              onChange={(event) => set(name, event.target.value)}
            />
          );
        })}
      </div>
      <div className="field">
        <label>
          <input type="checkbox" checked={past} onChange={(event) => setPast(event.target.checked)} />
          {say.past}
        </label>
      </div>
      <button type="submit" className="btn btn-primary">
        {say.search}
      </button>
    </form>
  );
}
