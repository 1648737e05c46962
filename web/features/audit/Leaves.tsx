/** Accesses, searched by who, what and when; of a person, who looked. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, type Request } from '../../api/client.ts';
import { OPERATION_NAMES } from '../../api/operation-names.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import type { Task } from '../../app/task.tsx';
import { DateField } from '../../components/DateField.tsx';
import { showMoment } from '../../components/dates.ts';
import { Choice, Field } from '../../components/Field.tsx';
import { List } from '../../components/List.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { KINDS, OUTCOMES } from './words.ts';

const LIMIT = 200;

const WORDS = words({
  it: {
    user: 'Utente (per esempio U12)',
    body: 'Ente (per esempio B3)',
    who: 'Utente',
    every: 'tutte',
    operation: 'Operazione',
    person: 'Persona guardata (codice fiscale o P…)',
    outcome: 'Esito',
    any: 'tutti',
    from: 'Dal',
    to: 'Al',
    search: 'Cerca tra gli accessi',
    none: 'Nessun accesso risponde. Togli una condizione, o allarga il periodo.',
    caption: (n: number) =>
      n === 1
        ? 'Un accesso'
        : n === LIMIT
          ? `Gli ultimi ${n} accessi: restringi il periodo per vedere gli altri`
          : `${n} accessi`,
    leaf: 'Traccia',
    when: 'Quando',
    what: 'Che cosa',
    why: 'Scopo e pratica',
    persons: 'Persone',
  },
  en: {
    user: 'User (for example U12)',
    body: 'Body (for example B3)',
    who: 'User',
    every: 'all',
    operation: 'Operation',
    person: 'Person looked at (codice fiscale or P…)',
    outcome: 'Outcome',
    any: 'all',
    from: 'From',
    to: 'To',
    search: 'Search among the accesses',
    none: 'No access answers. Take a condition away, or widen the period.',
    caption: (n: number) =>
      n === 1
        ? 'One access'
        : n === LIMIT
          ? `The last ${n} accesses: narrow the period to see the others`
          : `${n} accesses`,
    leaf: 'Trace',
    when: 'When',
    what: 'What',
    why: 'Purpose and file',
    persons: 'Persons',
  },
});

/** What may be asked of the server, by the words of it. */
const operationsIn = (language: 'it' | 'en'): readonly (readonly [string, string])[] =>
  Object.entries(OPERATION_NAMES)
    .map(([id, both]) => [id, both[language]] as const)
    .sort(([, one], [, other]) => one.localeCompare(other, language));

const EMPTY = { utente: '', ente: '', operazione: '', persona: '', esito: '', dal: '', fino_al: '' };

export function Leaves({ task }: { readonly task: Task }) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const [form, setForm] = useState(EMPTY);
  const search = useMutation({
    mutationFn: () =>
      call('auditSearch', {
        ...task,
        limite: LIMIT,
        ...Object.fromEntries(Object.entries(form).filter(([, value]) => value.trim() !== '')),
      } as Request<'auditSearch'>),
  });
  const set = (part: keyof typeof EMPTY) => (event: { target: { value: string } }) =>
    setForm({ ...form, [part]: event.target.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search.mutate();
  };
  const leaves = search.data?.foglie;
  return (
    <>
      <form onSubmit={submit}>
        <div className="row-fields">
          <Field label={say.user} value={form.utente} maxLength={60} onChange={set('utente')} />
          <Field label={say.body} value={form.ente} maxLength={20} onChange={set('ente')} />
          <Choice label={say.operation} value={form.operazione} onChange={set('operazione')}>
            <option value="">{say.every}</option>
            {operationsIn(language).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Choice>
          <Field label={say.person} value={form.persona} maxLength={20} onChange={set('persona')} />
          <Choice label={say.outcome} value={form.esito} onChange={set('esito')}>
            <option value="">{say.any}</option>
            {Object.entries(OUTCOMES).map(([id, both]) => (
              <option key={id} value={id}>
                {both[language]}
              </option>
            ))}
          </Choice>
          <DateField label={say.from} value={form.dal} onChange={(dal) => setForm({ ...form, dal })} whole />
          <DateField
            label={say.to}
            value={form.fino_al}
            onChange={(fino_al) => setForm({ ...form, fino_al })}
            whole
          />
        </div>
        <button type="submit" className="btn btn-primary" disabled={search.isPending}>
          {say.search}
        </button>
      </form>
      <div className="mt-3" aria-live="polite">
        {search.isPending ? <Waiting /> : null}
        {search.error ? <Problem error={search.error} /> : null}
        {leaves === undefined ? null : leaves.length === 0 ? (
          <Notice>{say.none}</Notice>
        ) : (
          <List
            caption={say.caption(leaves.length)}
            rows={leaves}
            keyOf={({ index }) => String(index)}
            columns={[
              { title: say.leaf, cell: ({ index }) => <span className="code">{index}</span> },
              { title: say.when, cell: ({ at }) => showMoment(at) },
              {
                title: say.who,
                cell: ({ user, client, body, from }) =>
                  `${user ?? client ?? '—'}${body === null ? '' : ` (${body})`}, ${from}`,
              },
              {
                title: say.what,
                cell: ({ operation, kind }) =>
                  `${OPERATION_NAMES[operation]?.[language] ?? operation} (${KINDS[kind][language]})`,
              },
              {
                title: say.why,
                cell: ({ purpose, file }) =>
                  [purpose?.replaceAll('-', ' '), file].filter(Boolean).join(' · '),
              },
              { title: say.persons, cell: ({ persone }) => persone },
              { title: say.outcome, cell: ({ outcome }) => OUTCOMES[outcome][language] },
            ]}
          />
        )}
      </div>
    </>
  );
}
