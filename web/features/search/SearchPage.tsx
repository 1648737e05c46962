/** Search: one box that says how it read what was typed, or the fields of the closed list. What was asked stands in the address as a word of ours, so that Back brings the list back. */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { type Answer, call } from '../../api/client.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import type { Task } from '../../app/task.tsx';
import { findVisit, keepVisit, visitNow } from '../../app/visits.ts';
import { WithTask } from '../../app/WithTask.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { ClosedForm } from './ClosedForm.tsx';
import { ShortList } from './ShortList.tsx';
import type { Question } from './ways.ts';

const WORDS = words({
  it: {
    title: 'Cerca una persona',
    box: 'Scrivi un codice fiscale, un nome con la nascita o il comune, un indirizzo, un documento',
    example: 'Per esempio: rossi mario 1974 · via emilia 12 carpi · famiglia bianchi zocca · CA12345BC',
    search: 'Cerca',
    past: 'Anche i defunti e chi è uscito dalla provincia',
    similar: 'Anche nomi simili',
    fields: 'Cerca con i campi',
    gone: 'Questa ricerca non si può riaprire: falla di nuovo.',
    read: 'Ho cercato:',
    add: 'Serve qualcosa in più:',
    trySimilar: 'Cerca anche i nomi simili',
    tryPast: 'Cerca anche tra i defunti e chi è uscito',
  },
  en: {
    title: 'Search for a person',
    box: 'Type a codice fiscale, a name with the birth or the comune, an address, a document',
    example: 'For example: rossi mario 1974 · via emilia 12 carpi · famiglia bianchi zocca · CA12345BC',
    search: 'Search',
    past: 'The dead and those who left the province too',
    similar: 'Similar names too',
    fields: 'Search by fields',
    gone: 'This search cannot be opened again: ask it anew.',
    read: 'I searched for:',
    add: 'Something more is needed:',
    trySimilar: 'Search for similar names too',
    tryPast: 'Search among the dead and the departed too',
  },
});

interface Asked {
  readonly testo?: string;
  readonly domanda?: Question;
  readonly anche_passati: boolean;
  readonly simile: boolean;
}

export function SearchPage() {
  const say = useWords(WORDS);
  const { visit } = useParams();
  return (
    <Page title={say.title} focusElsewhere>
      <WithTask>{(task) => <Search key={visit ?? ''} visit={visit} task={task} />}</WithTask>
    </Page>
  );
}

function Search({ visit, task }: { readonly visit: string | undefined; readonly task: Task }) {
  const say = useWords(WORDS);
  const now = visit === undefined ? undefined : visitNow<Asked>(visit);
  const asked = useQuery({
    queryKey: ['visit', visit],
    queryFn: () => findVisit<Asked>(visit ?? ''),
    enabled: visit !== undefined,
    ...(now === undefined ? {} : { initialData: now }),
  });
  const navigate = useNavigate();
  const ask = (next: Asked) => navigate(`/cerca/${keepVisit(next)}`);
  if (visit !== undefined && asked.isPending && asked.error === null) return <Waiting />;
  return (
    <>
      <Box before={asked.data ?? null} onAsk={ask} />
      <details className="panel">
        <summary>{say.fields}</summary>
        <div className="mt-3">
          <ClosedForm onAsk={(domanda, anche_passati) => ask({ domanda, anche_passati, simile: false })} />
        </div>
      </details>
      {asked.error ? <Problem error={asked.error} /> : null}
      {visit !== undefined && asked.data === null ? <Notice kind="warning">{say.gone}</Notice> : null}
      {asked.data ? <Found asked={asked.data} task={task} onAsk={ask} /> : null}
    </>
  );
}

interface BoxProps {
  readonly before: Asked | null;
  readonly onAsk: (asked: Asked) => void;
}

function Box({ before, onAsk }: BoxProps) {
  const say = useWords(WORDS);
  const [testo, setTesto] = useState(before?.testo ?? '');
  const [past, setPast] = useState(before?.anche_passati ?? false);
  const [similar, setSimilar] = useState(before?.simile ?? false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // With a list below the focus is the list's.
    if (before === null) box.current?.focus();
  }, [before]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (testo.trim() !== '') onAsk({ testo: testo.trim(), anche_passati: past, simile: similar });
    else box.current?.focus();
  };
  return (
    <search>
      <form onSubmit={submit} className="mb-3">
        <label htmlFor="box" className="box-label">
          {say.box}
        </label>
        <div className="box-search">
          <input
            id="box"
            ref={box}
            type="search"
            value={testo}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            aria-describedby="box-example"
            onChange={(event) => setTesto(event.target.value)}
          />
          <button type="submit" className="btn btn-primary">
            <Icon name="search" small /> {say.search}
          </button>
        </div>
        <p className="soft mt-1 mb-2" id="box-example">
          {say.example}
        </p>
        <div className="field choices">
          <label>
            <input type="checkbox" checked={similar} onChange={(event) => setSimilar(event.target.checked)} />
            {say.similar}
          </label>
          <label>
            <input type="checkbox" checked={past} onChange={(event) => setPast(event.target.checked)} />
            {say.past}
          </label>
        </div>
      </form>
    </search>
  );
}

interface FoundProps {
  readonly asked: Asked;
  readonly task: Task;
  readonly onAsk: (asked: Asked) => void;
}

function Found({ asked, task, onAsk }: FoundProps) {
  const say = useWords(WORDS);
  const found = useQuery({
    queryKey: ['personSearch', task.scopo, task.pratica, asked],
    queryFn: ({ signal }) => call('personSearch', { ...task, ...asked }, signal),
  });
  if (found.error) return <Problem error={found.error} />;
  if (found.data === undefined) return <Waiting />;
  // What is too vague is not made better by looking wider.
  const none = !found.data.manca && found.data.persone?.length === 0;
  return (
    <>
      <Reading found={found.data} />
      {found.data.manca ? null : <ShortList found={found.data} />}
      {none ? (
        <div className="actions">
          {asked.simile ? null : (
            <button
              type="button"
              className="btn btn-outline-primary"
              onClick={() => onAsk({ ...asked, simile: true })}
            >
              {say.trySimilar}
            </button>
          )}
          {asked.anche_passati ? null : (
            <button
              type="button"
              className="btn btn-outline-primary"
              onClick={() => onAsk({ ...asked, anche_passati: true })}
            >
              {say.tryPast}
            </button>
          )}
        </div>
      ) : null}
    </>
  );
}

/** How what was typed was read, or what to add. */
function Reading({ found }: { readonly found: Answer<'personSearch'> }) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  if (found.manca)
    return (
      <Notice kind="warning">
        <p>
          {say.add} {found.manca[language]}
        </p>
      </Notice>
    );
  return found.lettura ? (
    <p role="status">
      {say.read} <strong>{found.lettura[language]}</strong>
    </p>
  ) : null;
}
