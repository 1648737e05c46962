/** A whole file of declarations: checked behind, with progress; it can be left and come back to; what is ready can be taken at once. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type Answer, call } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import type { Task } from '../../app/task.tsx';
import { WithTask } from '../../app/WithTask.tsx';
import { showDate, showMoment } from '../../components/dates.ts';
import { saveFile } from '../../components/files.ts';
import { Icon } from '../../components/Icon.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Progress } from '../../components/Progress.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { Receipt } from './Receipt.tsx';

const WORDS = words({
  it: {
    title: 'Verifica un file',
    verify: 'Verifica',
    lead: 'Un file CSV con una dichiarazione per riga: torna lo stesso file con l’esito di ognuna. Si può chiudere la pagina: il lavoro continua.',
    choose: 'Scegli il file CSV',
    none: 'Nessun file ancora.',
    rows: (n: number) => `${n} righe`,
    in_coda: 'in coda',
    in_corso: 'in corso',
    finito: 'finito',
    annullato: 'annullato',
    fermato: 'fermato',
    counts: (s: number, n: number, a: number, e: number) =>
      `Confermate ${s}, non confermate ${n}, non determinabili ${a}, righe da correggere ${e}`,
    results: 'Scarica gli esiti (CSV)',
    cancel: 'Annulla il lavoro',
    asOf: (day: string, when: string) => `Situazione al ${day}; mandato il ${when}`,
    file: 'esiti.csv',
  },
  en: {
    title: 'Verify a file',
    verify: 'Verify',
    lead: 'A CSV file with a declaration a line: the same file comes back with the outcome of each. The page may be closed: the work goes on.',
    choose: 'Choose the CSV file',
    none: 'No file yet.',
    rows: (n: number) => `${n} lines`,
    in_coda: 'queued',
    in_corso: 'under way',
    finito: 'done',
    annullato: 'cancelled',
    fermato: 'stopped',
    counts: (s: number, n: number, a: number, e: number) =>
      `Confirmed ${s}, not confirmed ${n}, cannot be determined ${a}, lines to mend ${e}`,
    results: 'Download the outcomes (CSV)',
    cancel: 'Cancel the work',
    asOf: (day: string, when: string) => `As of ${day}; sent ${when}`,
    file: 'outcomes.csv',
  },
});

const POLL = 1_500;
type Batch = Answer<'verifyBatchRead'>;
const moving = ({ stato }: Batch): boolean => stato === 'in_coda' || stato === 'in_corso';

export function BatchPage() {
  const say = useWords(WORDS);
  return (
    <Page title={say.title} lead={say.lead} crumbs={[{ to: '/verifica', label: say.verify }]}>
      <WithTask>{(task) => <Batches task={task} />}</WithTask>
    </Page>
  );
}

function Batches({ task }: { readonly task: Task }) {
  const say = useWords(WORDS);
  const input = useRef<HTMLInputElement>(null);
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: ['verifyBatchList', task.scopo],
    queryFn: () => call('verifyBatchList', { ...task }),
    refetchInterval: ({ state }) => (state.data?.lotti.some(moving) ? POLL : false),
  });
  const again = () => queries.invalidateQueries({ queryKey: ['verifyBatchList'] });
  const send = useMutation({
    mutationFn: async (file: File) => call('verifyBatch', { ...task, csv: await file.text() }),
    onSuccess: again,
  });
  return (
    <>
      <div className="actions">
        <button
          type="button"
          className="btn btn-primary"
          disabled={send.isPending}
          onClick={() => input.current?.click()}
        >
          <Icon name="upload" small /> {say.choose}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,text/csv"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) send.mutate(file);
          }}
        />
      </div>
      {send.error ? <Problem error={send.error} /> : null}
      {list.error ? <Problem error={list.error} /> : null}
      {list.data === undefined ? <Waiting /> : null}
      {list.data?.lotti.length === 0 ? <Notice>{say.none}</Notice> : null}
      <div aria-live="polite">
        {list.data?.lotti.map((batch) => (
          <BatchState key={batch.lotto} batch={batch} task={task} onChange={again} />
        ))}
      </div>
    </>
  );
}

interface BatchStateProps {
  readonly batch: Batch;
  readonly task: Task;
  readonly onChange: () => Promise<void>;
}

function BatchState({ batch, task, onChange }: BatchStateProps) {
  const say = useWords(WORDS);
  const [error, setError] = useState<unknown>(null);
  const act = async (doing: () => Promise<unknown>) => {
    setError(null);
    try {
      await doing();
    } catch (problem) {
      setError(problem);
    }
  };
  const { S, N, A, errori } = batch.esiti;
  return (
    <section className="panel" aria-label={batch.lotto}>
      <div className="spread">
        <strong>{say.rows(batch.righe)}</strong>
        <span>{say[batch.stato]}</span>
      </div>
      {moving(batch) ? <Progress label={say[batch.stato]} done={batch.fatte} of={batch.righe} /> : null}
      <p className="mb-1">{say.counts(S, N, A, errori)}</p>
      <p className="soft mb-1">{say.asOf(showDate(batch.al), showMoment(batch.iniziato))}</p>
      {error === null ? null : <Problem error={error} />}
      <div className="actions mb-0">
        {batch.fatte > 0 ? (
          <button
            type="button"
            className="btn btn-sm btn-primary"
            onClick={() =>
              void act(async () =>
                saveFile(say.file, await call('verifyBatchResults', { ...task, lotto: batch.lotto })),
              )
            }
          >
            <Icon name="download" small /> {say.results}
          </button>
        ) : null}
        {moving(batch) ? (
          <button
            type="button"
            className="btn btn-sm btn-outline-danger"
            onClick={() =>
              void act(async () => {
                await call('verifyBatchCancel', { ...task, lotto: batch.lotto });
                await onChange();
              })
            }
          >
            {say.cancel}
          </button>
        ) : null}
      </div>
      {batch.ricevuta === null ? null : <Receipt token={batch.ricevuta} />}
    </section>
  );
}
