/** A citizen's own: who looked at my data, when, why, without what the law keeps confidential (security.md, 31). */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { usePurpose } from '../../app/task.tsx';
import { DateField } from '../../components/DateField.tsx';
import { showMoment } from '../../components/dates.ts';
import { List } from '../../components/List.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { KINDS } from '../audit/words.ts';

const WORDS = words({
  it: {
    title: 'I miei dati',
    lead: 'Chi ha consultato i tuoi dati, quando e perché (GDPR, art. 15). Ciò che la legge tiene riservato, come le indagini, non c’è.',
    from: 'Dal',
    to: 'Al',
    none: 'Nessuno ha consultato i tuoi dati nel periodo.',
    caption: (n: number) => (n === 1 ? 'Un accesso' : `${n} accessi`),
    when: 'Quando',
    who: 'Ente',
    what: 'Che cosa',
    why: 'Scopo',
    basis: 'Norma',
    fields: 'Dati',
  },
  en: {
    title: 'My data',
    lead: 'Who looked at your data, when and why (GDPR, art. 15). What the law keeps confidential, as investigations, is not there.',
    from: 'From',
    to: 'To',
    none: 'Nobody looked at your data in the period.',
    caption: (n: number) => (n === 1 ? 'One access' : `${n} accesses`),
    when: 'When',
    who: 'Body',
    what: 'What',
    why: 'Purpose',
    basis: 'Law',
    fields: 'Data',
  },
});

export function OwnPage() {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const scopo = usePurpose(['diritti-interessato']);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const period = { ...(from === '' ? {} : { dal: from }), ...(to === '' ? {} : { fino_al: to }) };
  const list = useQuery({
    queryKey: ['ownAccesses', scopo, period],
    queryFn: () => call('ownAccesses', { scopo, ...period }),
    placeholderData: (before) => before,
  });
  return (
    <Page title={say.title} lead={say.lead} crumbs={[]}>
      <div className="row-fields">
        <DateField label={say.from} value={from} onChange={setFrom} whole />
        <DateField label={say.to} value={to} onChange={setTo} whole />
      </div>
      {list.error ? <Problem error={list.error} /> : null}
      {list.data === undefined ? (
        list.error ? null : (
          <Waiting />
        )
      ) : list.data.accessi.length === 0 ? (
        <Notice kind="done">{say.none}</Notice>
      ) : (
        <List
          caption={say.caption(list.data.accessi.length)}
          rows={list.data.accessi}
          keyOf={({ quando, operazione }) => `${quando} ${operazione}`}
          columns={[
            { title: say.when, cell: ({ quando }) => showMoment(quando) },
            { title: say.who, cell: ({ ente }) => ente ?? '' },
            { title: say.what, cell: ({ genere }) => KINDS[genere][language] },
            { title: say.why, cell: ({ scopo: purpose }) => purpose },
            { title: say.basis, cell: ({ norma }) => norma },
            { title: say.fields, cell: ({ campi }) => campi.join(', ') },
          ]}
        />
      )}
    </Page>
  );
}
