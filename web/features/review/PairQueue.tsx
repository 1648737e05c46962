/** Entries that may be one person, side by side: same, different, later. What else changes is shown before anything is decided. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, call } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import type { Task } from '../../app/task.tsx';
import { WithTask } from '../../app/WithTask.tsx';
import { Ask } from '../../components/Ask.tsx';
import { DateField } from '../../components/DateField.tsx';
import { showDate } from '../../components/dates.ts';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';

const WORDS = words({
  it: {
    none: 'Nessuna coppia da decidere.',
    probability: (p: number) => `probabilità ${Math.round(p * 100)}%`,
    age: (days: number) => (days === 1 ? 'in attesa da un giorno' : `in attesa da ${days} giorni`),
    field: 'Campo',
    agree: 'Confronto',
    same: 'Stessa persona',
    different: 'Persone diverse',
    later: 'Più tardi',
    sameTitle: 'Le due schede diventano una persona',
    differentTitle: 'Le due schede restano due persone',
    laterTitle: 'Si decide più tardi',
    until: 'Si riapre il',
    preview: 'Che cosa cambierebbe',
    nothing: 'Nient’altro cambia.',
    opens: 'Si aprono',
    closes: 'Si chiudono',
    changes: (n: number) => (n === 1 ? 'cambia una scheda' : `cambiano ${n} schede`),
    reversible: 'La decisione resta scritta e si può annullare.',
    cognome: 'Cognome',
    nome: 'Nome',
    sesso: 'Sesso',
    data_nascita: 'Nascita',
    codice_fiscale: 'Codice fiscale',
    uguale: 'uguale',
    diverso: 'diverso',
    compatibile: 'compatibile',
    omocodico: 'omocodico',
    manca: 'manca',
    aperta: 'aperta',
    rinviata: 'rinviata',
    riaperta: 'riaperta',
    decisa: 'decisa',
  },
  en: {
    none: 'No pair to decide.',
    probability: (p: number) => `probability ${Math.round(p * 100)}%`,
    age: (days: number) => (days === 1 ? 'waiting for a day' : `waiting for ${days} days`),
    field: 'Field',
    agree: 'Comparison',
    same: 'One person',
    different: 'Different persons',
    later: 'Later',
    sameTitle: 'The two entries become one person',
    differentTitle: 'The two entries stay two persons',
    laterTitle: 'It is decided later',
    until: 'Opens again on',
    preview: 'What would change',
    nothing: 'Nothing else changes.',
    opens: 'Opened',
    closes: 'Closed',
    changes: (n: number) => (n === 1 ? 'one entry changes' : `${n} entries change`),
    reversible: 'The decision stays written and can be undone.',
    cognome: 'Surname',
    nome: 'Given name',
    sesso: 'Sex',
    data_nascita: 'Birth',
    codice_fiscale: 'Codice fiscale',
    uguale: 'equal',
    diverso: 'different',
    compatibile: 'compatible',
    omocodico: 'homocodic',
    manca: 'missing',
    aperta: 'open',
    rinviata: 'put off',
    riaperta: 'open again',
    decisa: 'decided',
  },
});

type Pair = Answer<'linkageQueue'>['coppie'][number];
type Outcome = 'same' | 'different' | 'later';
const FIELDS = ['cognome', 'nome', 'sesso', 'data_nascita', 'codice_fiscale'] as const;

const schedeOf = (pair: Pair) => pair.schede.map(({ comune, id_soggetto }) => ({ comune, id_soggetto }));

export function PairQueue() {
  return <WithTask>{(task) => <Queue task={task} />}</WithTask>;
}

function Queue({ task }: { readonly task: Task }) {
  const say = useWords(WORDS);
  const list = useQuery({
    queryKey: ['linkageQueue', task.scopo],
    queryFn: () => call('linkageQueue', { ...task, stato: 'da-fare', limite: 50 }),
  });
  if (list.error) return <Problem error={list.error} />;
  if (list.data === undefined) return <Waiting />;
  if (list.data.coppie.length === 0) return <Notice kind="done">{say.none}</Notice>;
  return list.data.coppie.map((pair) => (
    <PairCard key={JSON.stringify(schedeOf(pair))} pair={pair} task={task} />
  ));
}

function PairCard({ pair, task }: { readonly pair: Pair; readonly task: Task }) {
  const say = useWords(WORDS);
  const codes = useCodes(pair.schede.map(({ comune }) => comune));
  const [asking, setAsking] = useState<Outcome | null>(null);
  return (
    <section className="panel" aria-label={pair.schede.map((s) => `${s.cognome} ${s.nome}`).join(', ')}>
      <div className="spread">
        <strong>
          {say[pair.stato]}
          {pair.probabilita === null ? '' : `, ${say.probability(pair.probabilita)}`}
        </strong>
        <span className="soft">{say.age(pair.giorni)}</span>
      </div>
      <div className="table-wrap">
        <table className="list">
          <thead>
            <tr>
              <th scope="col">{say.field}</th>
              {pair.schede.map((s) => (
                <th scope="col" key={`${s.comune} ${s.id_soggetto}`}>
                  {codes.comune(s.comune)} <span className="code">{s.id_soggetto}</span>
                </th>
              ))}
              <th scope="col">{say.agree}</th>
            </tr>
          </thead>
          <tbody>
            {FIELDS.map((field) => {
              const agree = pair.accordi[field];
              return (
                <tr key={field}>
                  <th scope="row">{say[field]}</th>
                  {pair.schede.map((s) => (
                    <td key={`${s.comune} ${s.id_soggetto}`}>
                      {field === 'data_nascita' ? showDate(s[field]) : (s[field] ?? '')}
                    </td>
                  ))}
                  <td>
                    {agree === undefined ? (
                      ''
                    ) : (
                      <span className={agree === 'diverso' ? 'flag grave' : ''}>{say[agree]}</span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className="actions mb-0">
        {(['same', 'different', 'later'] as const).map((outcome) => (
          <button
            key={outcome}
            type="button"
            className={outcome === 'same' ? 'btn btn-sm btn-primary' : 'btn btn-sm btn-outline-primary'}
            onClick={() => setAsking(outcome)}
          >
            {say[outcome]}
          </button>
        ))}
      </div>
      {asking === null ? null : (
        <Decide pair={pair} task={task} outcome={asking} onClose={() => setAsking(null)} />
      )}
    </section>
  );
}

interface DecideProps {
  readonly pair: Pair;
  readonly task: Task;
  readonly outcome: Outcome;
  readonly onClose: () => void;
}

function Decide({ pair, task, outcome, onClose }: DecideProps) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [until, setUntil] = useState('');
  const preview = useQuery({
    queryKey: ['linkageDecide', 'prova', schedeOf(pair), outcome],
    queryFn: () =>
      call('linkageDecide', { ...task, schede: schedeOf(pair), esito: outcome, motivo: '-', prova: true }),
    enabled: outcome !== 'later',
    staleTime: 0,
  });
  const effects = preview.data?.effetti;
  const told = (list: readonly { readonly messaggio: string; readonly messaggio_en: string }[]) => (
    <ul>
      {list.map((finding) => (
        <li key={finding.messaggio}>{language === 'it' ? finding.messaggio : finding.messaggio_en}</li>
      ))}
    </ul>
  );
  return (
    <Ask
      title={{ same: say.sameTitle, different: say.differentTitle, later: say.laterTitle }[outcome]}
      confirm={say[outcome]}
      reason
      onClose={onClose}
      onConfirm={async (motivo) => {
        await call('linkageDecide', {
          ...task,
          schede: schedeOf(pair),
          esito: outcome,
          motivo,
          ...(outcome === 'later' && until !== '' ? { fino_al: until } : {}),
        });
        await queries.invalidateQueries({ queryKey: ['linkageQueue'] });
      }}
    >
      {outcome === 'later' ? (
        <DateField label={say.until} value={until} onChange={setUntil} whole />
      ) : (
        <>
          <h3>{say.preview}</h3>
          {preview.error ? <Problem error={preview.error} /> : null}
          {effects === undefined ? (
            preview.error ? null : (
              <Waiting />
            )
          ) : effects.cambiamenti.length === 0 &&
            effects.segnalazioni_aperte.length === 0 &&
            effects.segnalazioni_chiuse.length === 0 ? (
            <p>{say.nothing}</p>
          ) : (
            <>
              <p>{say.changes(effects.cambiamenti.length)}</p>
              {effects.segnalazioni_aperte.length === 0 ? null : (
                <>
                  <p className="mb-0">{say.opens}:</p>
                  {told(effects.segnalazioni_aperte)}
                </>
              )}
              {effects.segnalazioni_chiuse.length === 0 ? null : (
                <>
                  <p className="mb-0">{say.closes}:</p>
                  {told(effects.segnalazioni_chiuse)}
                </>
              )}
            </>
          )}
        </>
      )}
      <p className="soft">{say.reversible}</p>
    </Ask>
  );
}
