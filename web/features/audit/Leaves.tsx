/** Accesses, searched by who, what and when; of a person, who looked. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, type Request } from '../../api/client.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import type { Task } from '../../app/task.tsx';
import { DateField } from '../../components/DateField.tsx';
import { showMoment } from '../../components/dates.ts';
import { Choice, Field } from '../../components/Field.tsx';
import { List } from '../../components/List.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { KINDS, OUTCOMES } from './words.ts';

const WORDS = words({
  it: {
    user: 'Utente',
    body: 'Ente',
    operation: 'Operazione',
    person: 'Persona guardata (codice fiscale o P…)',
    outcome: 'Esito',
    any: 'tutti',
    from: 'Dal',
    to: 'Al',
    search: 'Cerca tra gli accessi',
    none: 'Nessun accesso risponde.',
    caption: (n: number) => (n === 1 ? 'Un accesso' : `${n} accessi`),
    leaf: 'Traccia',
    when: 'Quando',
    what: 'Che cosa',
    why: 'Scopo e pratica',
    persons: 'Persone',
  },
  en: {
    user: 'User',
    body: 'Body',
    operation: 'Operation',
    person: 'Person looked at (codice fiscale or P…)',
    outcome: 'Outcome',
    any: 'all',
    from: 'From',
    to: 'To',
    search: 'Search among the accesses',
    none: 'No access answers.',
    caption: (n: number) => (n === 1 ? 'One access' : `${n} accesses`),
    leaf: 'Trace',
    when: 'When',
    what: 'What',
    why: 'Purpose and file',
    persons: 'Persons',
  },
});

const LIMIT = 200;
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
          <Field label={say.operation} value={form.operazione} maxLength={60} onChange={set('operazione')} />
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
                title: say.user,
                cell: ({ user, client, body, from }) =>
                  `${user ?? client ?? '—'}${body === null ? '' : ` (${body})`}, ${from}`,
              },
              { title: say.what, cell: ({ operation, kind }) => `${operation}, ${KINDS[kind][language]}` },
              {
                title: say.why,
                cell: ({ purpose, file }) => [purpose, file].filter(Boolean).join(' · '),
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
