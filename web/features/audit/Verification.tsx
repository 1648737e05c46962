/** The verification of the whole record, in the background with its progress; and signed checkpoints to keep as a witness. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, call } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import type { Task } from '../../app/task.tsx';
import { showMoment } from '../../components/dates.ts';
import { saveFile } from '../../components/files.ts';
import { List } from '../../components/List.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Progress } from '../../components/Progress.tsx';
import { Waiting } from '../../components/Waiting.tsx';

const WORDS = words({
  it: {
    start: 'Verifica adesso tutte le tracce',
    asked: (by: string, when: string) => `Chiesta da ${by} il ${when}`,
    running: 'In corso',
    broken: 'Interrotta: falla di nuovo',
    good: (n: number) => `Integro: ${n} tracce, nessuna cambiata, tolta, spostata o aggiunta.`,
    bad: 'Qualcosa non torna:',
    fault: (kind: string, from: number, to: number) =>
      from === to ? `${kind}, traccia ${from}` : `${kind}, tracce da ${from} a ${to}`,
    checkpoints: 'Punti firmati',
    about: 'Chi ne conserva uno può provare, anche tra anni, che niente di ciò che c’era allora è cambiato.',
    make: 'Fai un punto adesso',
    caption: 'Punti firmati fin qui',
    size: 'Tracce',
    on: 'Il',
    keep: 'Conserva',
    none: 'Ancora nessuno.',
  },
  en: {
    start: 'Verify all the traces now',
    asked: (by: string, when: string) => `Asked by ${by} on ${when}`,
    running: 'Under way',
    broken: 'Interrupted: ask it again',
    good: (n: number) => `Intact: ${n} traces, none changed, taken away, moved or added.`,
    bad: 'Something is wrong:',
    fault: (kind: string, from: number, to: number) =>
      from === to ? `${kind}, trace ${from}` : `${kind}, traces from ${from} to ${to}`,
    checkpoints: 'Signed checkpoints',
    about: 'Whoever keeps one can prove, even years later, that nothing of what was there then has changed.',
    make: 'Make one now',
    caption: 'Checkpoints so far',
    size: 'Traces',
    on: 'On',
    keep: 'Keep',
    none: 'None yet.',
  },
});

const POLL = 1_000;
type Run = Answer<'auditVerify'>;

export function Verification({ task }: { readonly task: Task }) {
  const say = useWords(WORDS);
  const queries = useQueryClient();
  const runs = useQuery({
    queryKey: ['auditVerifyRead', task],
    queryFn: () => call('auditVerifyRead', { ...task }),
    refetchInterval: ({ state }) =>
      state.data?.verifiche.some(({ stato }) => stato === 'in_corso') ? POLL : false,
  });
  const start = useMutation({
    mutationFn: () => call('auditVerify', { ...task }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['auditVerifyRead'] }),
  });
  return (
    <>
      <button
        type="button"
        className="btn btn-primary mb-3"
        disabled={start.isPending}
        onClick={() => start.mutate()}
      >
        {say.start}
      </button>
      {start.error ? <Problem error={start.error} /> : null}
      {runs.error ? <Problem error={runs.error} /> : null}
      <div aria-live="polite">
        {runs.data?.verifiche.map((run) => (
          <RunState key={run.verifica} run={run} />
        ))}
      </div>
      <Checkpoints task={task} />
    </>
  );
}

function RunState({ run }: { readonly run: Run }) {
  const say = useWords(WORDS);
  const { esito } = run;
  return (
    <section className="panel" aria-label={say.asked(run.chiesta_da, showMoment(run.cominciata))}>
      <p className="soft mb-1">{say.asked(run.chiesta_da, showMoment(run.cominciata))}</p>
      {run.stato === 'in_corso' ? <Progress label={say.running} done={run.lette} of={run.totale} /> : null}
      {run.stato === 'interrotta' ? <Notice kind="warning">{say.broken}</Notice> : null}
      {esito === null ? null : esito.integro ? (
        <Notice kind="done">{say.good(esito.foglie)}</Notice>
      ) : (
        <Notice kind="error">
          <p>{say.bad}</p>
          <ul>
            {esito.guasti.map(({ genere, da, a }) => (
              <li key={`${genere} ${da} ${a}`}>{say.fault(genere, da, a)}</li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  );
}

function Checkpoints({ task }: { readonly task: Task }) {
  const say = useWords(WORDS);
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: ['auditCheckpointList', task],
    queryFn: () => call('auditCheckpointList', { ...task }),
  });
  const make = useMutation({
    mutationFn: () => call('auditCheckpoint', { ...task }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['auditCheckpointList'] }),
  });
  if (list.error) return <Problem error={list.error} />;
  if (list.data === undefined) return <Waiting />;
  return (
    <>
      <h2>{say.checkpoints}</h2>
      <p>{say.about}</p>
      <button
        type="button"
        className="btn btn-outline-primary mb-3"
        disabled={make.isPending}
        onClick={() => make.mutate()}
      >
        {say.make}
      </button>
      {make.error ? <Problem error={make.error} /> : null}
      {list.data.checkpoint.length === 0 ? (
        <Notice>{say.none}</Notice>
      ) : (
        <List
          caption={say.caption}
          rows={list.data.checkpoint}
          keyOf={({ foglie, il }) => `${foglie} ${il}`}
          columns={[
            { title: say.size, cell: ({ foglie }) => foglie },
            { title: say.on, cell: ({ il }) => showMoment(il) },
            {
              title: say.keep,
              hidden: true,
              cell: ({ foglie, nota }) => (
                <button
                  type="button"
                  className="btn btn-sm btn-outline-primary"
                  onClick={() =>
                    saveFile(`sipop-checkpoint-${foglie}.txt`, new Blob([nota], { type: 'text/plain' }))
                  }
                >
                  {say.keep} <span className="sr">{foglie}</span>
                </button>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
