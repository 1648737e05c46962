/** A person: flags first, then who it is and where; the family, the history are further looks, each recorded when opened. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { call } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { useSession } from '../../app/session.tsx';
import type { Task } from '../../app/task.tsx';
import { findVisit, visitNow } from '../../app/visits.ts';
import { WithTask } from '../../app/WithTask.tsx';
import { DateField } from '../../components/DateField.tsx';
import { showDate, showMoment } from '../../components/dates.ts';
import { Icon } from '../../components/Icon.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { type Tab, Tabs } from '../../components/Tabs.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { FamilyPanel } from './FamilyPanel.tsx';
import { Flags } from './flags.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import { PersonFacts } from './PersonFacts.tsx';
import { RelationsPanel } from './RelationsPanel.tsx';

const WORDS = words({
  it: {
    title: 'Persona',
    search: 'Cerca',
    gone: 'Questa pagina non si può riaprire: cerca di nuovo la persona.',
    al: 'Situazione al',
    known: 'Come noto al',
    asOf: (day: string, known: string) => `Situazione al ${day}, come nota il ${known}`,
    today: 'Torna a oggi',
    facts: 'Scheda',
    family: 'Famiglia',
    history: 'Storia',
    relations: 'Parentela',
    print: 'Stampa',
    days: 'Un altro giorno, o come si sapeva allora',
  },
  en: {
    title: 'Person',
    search: 'Search',
    gone: 'This page cannot be opened again: search for the person anew.',
    al: 'As of',
    known: 'As known on',
    asOf: (day: string, known: string) => `As of ${day}, as known on ${known}`,
    today: 'Back to today',
    facts: 'Record',
    family: 'Family',
    history: 'History',
    relations: 'Relations',
    print: 'Print',
    days: 'Another day, or as it was known then',
  },
});

/** Whom a visit is about. */
interface About {
  readonly persona: string;
  readonly al?: string;
}

export interface Asking extends Task {
  readonly persona: string;
  readonly al?: string;
  readonly noto_al?: string;
}

export function PersonPage() {
  const say = useWords(WORDS);
  const { visit = '' } = useParams();
  return (
    <Page title={say.title} crumbs={[{ to: '/cerca', label: say.search }]}>
      <WithTask>{(task) => <Visited key={visit} visit={visit} task={task} />}</WithTask>
    </Page>
  );
}

function Visited({ visit, task }: { readonly visit: string; readonly task: Task }) {
  const say = useWords(WORDS);
  const now = visitNow<About>(visit);
  const about = useQuery({
    queryKey: ['visit', visit],
    queryFn: () => findVisit<About>(visit),
    ...(now === undefined ? {} : { initialData: now }),
  });
  if (about.error) return <Problem error={about.error} />;
  if (about.data === null) return <Notice kind="warning">{say.gone}</Notice>;
  return about.data === undefined ? <Waiting /> : <Person about={about.data} task={task} />;
}

function Person({ about, task }: { readonly about: About; readonly task: Task }) {
  const say = useWords(WORDS);
  const { can } = useSession();
  const [al, setAl] = useState(about.al ?? '');
  const [known, setKnown] = useState('');
  const asking: Asking = {
    ...task,
    persona: about.persona,
    ...(al === '' ? {} : { al }),
    ...(known === '' ? {} : { noto_al: known }),
  };
  const read = useQuery({
    queryKey: ['personRead', asking],
    queryFn: ({ signal }) => call('personRead', asking, signal),
    placeholderData: (before) => before,
  });
  if (read.error) return <Problem error={read.error} />;
  const person = read.data;
  if (person === undefined) return <Waiting />;
  const who = person.generalita;
  const name = who ? `${who.cognome ?? ''} ${who.nome ?? ''}`.trim() : person.persona;
  const tabs: Tab[] = [
    { id: 'facts', label: say.facts, content: () => <PersonFacts person={person} /> },
    ...(can('familyRead')
      ? [{ id: 'family', label: say.family, content: () => <FamilyPanel asking={asking} /> }]
      : []),
    ...(can('relationsRead')
      ? [
          {
            id: 'relations',
            label: say.relations,
            content: () => <RelationsPanel asking={asking} name={name} />,
          },
        ]
      : []),
    ...(can('historyRead')
      ? [{ id: 'history', label: say.history, content: () => <HistoryPanel asking={asking} /> }]
      : []),
  ];
  return (
    <article aria-busy={read.isFetching}>
      <div className="spread">
        <h2 className="mt-0 mb-1">{name}</h2>
        <button
          type="button"
          className="btn btn-sm btn-outline-primary no-print"
          onClick={() => window.print()}
        >
          <Icon name="print" small /> {say.print}
        </button>
      </div>
      <p className="soft">{say.asOf(showDate(person.al), showMoment(person.noto_al))}</p>
      <Flags signals={person.segnali} />
      <details className="panel no-print">
        <summary>{say.days}</summary>
        <div className="row-fields mt-3">
          <DateField label={say.al} value={al} onChange={setAl} whole />
          <DateField label={say.known} value={known} onChange={setKnown} whole />
        </div>
        <button
          type="button"
          className="btn btn-sm btn-outline-primary"
          onClick={() => {
            setAl('');
            setKnown('');
          }}
        >
          {say.today}
        </button>
      </details>
      <Tabs tabs={tabs} focus />
    </article>
  );
}
