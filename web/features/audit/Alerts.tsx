/** Anomalies of a period, as the rules (which are data) find them. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import type { Task } from '../../app/task.tsx';
import { DateField } from '../../components/DateField.tsx';
import { showDate } from '../../components/dates.ts';
import { List } from '../../components/List.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { ALERTS } from './words.ts';

const WORDS = words({
  it: {
    from: 'Dal',
    to: 'Al',
    read: (n: number, from: string, to: string) => `Lette ${n} tracce, dal ${from} al ${to}.`,
    none: 'Nessuna anomalia nel periodo.',
    caption: (n: number) => (n === 1 ? 'Un’anomalia' : `${n} anomalie`),
    what: 'Che cosa',
    who: 'Utente',
    count: 'Volte',
    leaves: 'Tracce',
  },
  en: {
    from: 'From',
    to: 'To',
    read: (n: number, from: string, to: string) => `${n} traces read, from ${from} to ${to}.`,
    none: 'No anomaly in the period.',
    caption: (n: number) => (n === 1 ? 'One anomaly' : `${n} anomalies`),
    what: 'What',
    who: 'User',
    count: 'Times',
    leaves: 'Traces',
  },
});

export function Alerts({ task }: { readonly task: Task }) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const period = { ...(from === '' ? {} : { dal: from }), ...(to === '' ? {} : { fino_al: to }) };
  const list = useQuery({
    queryKey: ['auditAlerts', task, period],
    queryFn: () => call('auditAlerts', { ...task, ...period }),
    placeholderData: (before) => before,
  });
  return (
    <>
      <div className="row-fields">
        <DateField label={say.from} value={from} onChange={setFrom} whole />
        <DateField label={say.to} value={to} onChange={setTo} whole />
      </div>
      {list.error ? <Problem error={list.error} /> : null}
      {list.data === undefined ? (
        list.error ? null : (
          <Waiting />
        )
      ) : (
        <>
          <p className="soft">
            {say.read(list.data.foglie, showDate(list.data.dal), showDate(list.data.fino_al))}
          </p>
          {list.data.avvisi.length === 0 ? (
            <Notice kind="done">{say.none}</Notice>
          ) : (
            <List
              caption={say.caption(list.data.avvisi.length)}
              rows={list.data.avvisi}
              keyOf={({ rule, user, subject, foglie }) => `${rule} ${user} ${subject} ${foglie[0]}`}
              columns={[
                { title: say.what, cell: ({ kind, rule }) => ALERTS[kind]?.[language] ?? rule },
                { title: say.who, cell: ({ user }) => <span className="code">{user ?? ''}</span> },
                { title: say.count, cell: ({ numero }) => numero },
                { title: say.leaves, cell: ({ foglie }) => foglie.slice(0, 8).join(', ') },
              ]}
            />
          )}
        </>
      )}
    </>
  );
}
