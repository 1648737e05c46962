/** Supplies of the comune: drop a file, watch it go through, then the list of what was delivered. It can be left and come back to. */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useRef, useState } from 'react';
import { Link } from 'react-router';
import { type Answer, call } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { useSession } from '../../app/session.tsx';
import { usePurpose } from '../../app/task.tsx';
import { showDate, showMoment } from '../../components/dates.ts';
import { Icon } from '../../components/Icon.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Progress } from '../../components/Progress.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { deliver, type Upload } from './upload.ts';

const WORDS = words({
  it: {
    title: 'Forniture',
    lead: 'Consegna la fornitura come la scrive il programma dell’anagrafe. Si può chiudere la pagina: il caricamento continua.',
    drop: 'Trascina qui il file della fornitura (.zip), oppure',
    choose: 'Scegli il file',
    going: 'In corso',
    done: 'Consegnate',
    findings: 'Tutte le segnalazioni da sistemare',
    none: 'Nessuna fornitura ancora. La prima è la COMPLETA: l’intera popolazione del comune.',
    receipt: 'Numero di ricevuta',
    comune: 'Comune',
    kind: 'Tipo',
    asOf: 'Situazione al',
    got: 'Arrivata il',
    outcome: 'Esito',
    open: 'Segnalazioni aperte',
    more: 'Altre',
    ACCETTATA: 'accettata',
    ACCETTATA_CON_SEGNALAZIONI: 'accettata, con segnalazioni',
    RIFIUTATA: 'rifiutata',
    in_arrivo: 'in arrivo',
    in_coda: 'in coda',
    in_caricamento: 'in caricamento',
    registrata: 'registrata',
    non_riuscita: 'non riuscita',
    abbandonata: 'abbandonata',
    writing: 'scrittura nel registro',
    abandon: 'Abbandona',
    goOn: 'Scegli di nuovo lo stesso file per continuare',
    see: 'Vedi l’esito',
    again: 'Riprova',
  },
  en: {
    title: 'Supplies',
    lead: 'Deliver the supply as the register’s program writes it. The page may be closed: the loading goes on.',
    drop: 'Drop the file of the supply here (.zip), or',
    choose: 'Choose the file',
    going: 'Under way',
    done: 'Delivered',
    findings: 'All findings to be mended',
    none: 'No supply yet. The first is the COMPLETA: the whole population of the comune.',
    receipt: 'Receipt',
    comune: 'Comune',
    kind: 'Kind',
    asOf: 'As of',
    got: 'Received',
    outcome: 'Outcome',
    open: 'Findings open',
    more: 'More',
    ACCETTATA: 'accepted',
    ACCETTATA_CON_SEGNALAZIONI: 'accepted, with findings',
    RIFIUTATA: 'refused',
    in_arrivo: 'arriving',
    in_coda: 'queued',
    in_caricamento: 'loading',
    registrata: 'recorded',
    non_riuscita: 'failed',
    abbandonata: 'abandoned',
    writing: 'writing into the register',
    abandon: 'Abandon',
    goOn: 'Choose the same file again to go on',
    see: 'See the outcome',
    again: 'Try again',
  },
});

const PURPOSES = ['anagrafe', 'coordinamento'];
/** While something moves. */
const POLL = 1_500;
const MOVING: ReadonlySet<string> = new Set(['in_arrivo', 'in_coda', 'in_caricamento']);

export const outcomePath = (receipt: string): string => `/forniture/${receipt}`;

export function SuppliesPage() {
  const say = useWords(WORDS);
  const { can } = useSession();
  return (
    <Page title={say.title} lead={can('supplyUpload') ? say.lead : undefined} crumbs={[]}>
      {can('supplyUpload') ? <Uploads /> : null}
      <h2>{say.done}</h2>
      {can('findingsList') ? (
        <p>
          <Link to="/segnalazioni">{say.findings}</Link>
        </p>
      ) : null}
      <Delivered />
    </Page>
  );
}

function Uploads() {
  const say = useWords(WORDS);
  const scopo = usePurpose(PURPOSES);
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const list = useQuery({
    queryKey: ['uploadList', scopo],
    queryFn: () => call('uploadList', { scopo, limite: 20 }),
    refetchInterval: ({ state }) => {
      const moving = state.data?.invii.some(({ stato }) => MOVING.has(stato)) ?? false;
      return moving ? POLL : false;
    },
  });
  const told = (state: Upload) => {
    queries.setQueryData<Answer<'uploadList'>>(['uploadList', scopo], (before) => ({
      invii: [state, ...(before?.invii.filter(({ invio }) => invio !== state.invio) ?? [])],
    }));
  };
  const send = async (file: File | null | undefined) => {
    if (!file) return;
    setError(null);
    const before = list.data?.invii.find(
      (upload) =>
        upload.stato === 'in_arrivo' && upload.file === file.name && upload.dimensione === file.size,
    );
    try {
      await deliver({ file, scopo, onState: told, ...(before === undefined ? {} : { before }) });
    } catch (problem) {
      setError(problem);
    } finally {
      await queries.invalidateQueries({ queryKey: ['uploadList'] });
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0]);
  };
  const shown = list.data?.invii.filter(({ stato }) => stato !== 'abbandonata').slice(0, 5) ?? [];
  return (
    <>
      <section
        aria-label={say.choose}
        className={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p>{say.drop}</p>
        <button type="button" className="btn btn-primary" onClick={() => input.current?.click()}>
          <Icon name="upload" small /> {say.choose}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".zip,.xml,.csv,.txt,.xlsx"
          onChange={(event) => {
            void send(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </section>
      {error === null ? null : <Problem error={error} />}
      {list.error ? <Problem error={list.error} /> : null}
      {shown.length === 0 ? null : (
        <section aria-label={say.going} aria-live="polite">
          <h2>{say.going}</h2>
          {shown.map((upload) => (
            <UploadState key={upload.invio} upload={upload} scopo={scopo} />
          ))}
        </section>
      )}
    </>
  );
}

function UploadState({ upload, scopo }: { readonly upload: Upload; readonly scopo: string }) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const act = async (doing: () => Promise<unknown>) => {
    setError(null);
    try {
      await doing();
    } catch (problem) {
      setError(problem);
    } finally {
      await queries.invalidateQueries({ queryKey: ['uploadList'] });
      await queries.invalidateQueries({ queryKey: ['supplyList'] });
    }
  };
  const { stato, avanzamento, ricevuti, dimensione } = upload;
  return (
    <div className="panel">
      <div className="spread">
        <strong>{upload.file}</strong>
        <span>
          {say[stato]}
          {avanzamento?.in_scrittura ? `, ${say.writing}` : ''}
        </span>
      </div>
      {stato === 'in_arrivo' ? <Progress label={upload.file} done={ricevuti} of={dimensione} /> : null}
      {stato === 'in_caricamento' ? (
        <Progress label={upload.file} done={avanzamento?.controllate ?? 0} of={avanzamento?.totale ?? 1} />
      ) : null}
      {upload.errore === null ? null : (
        <Notice kind="error">
          <p>{upload.errore[language]}</p>
        </Notice>
      )}
      {error === null ? null : <Problem error={error} />}
      <div className="actions mb-0">
        {upload.ricevuta === null ? null : (
          <Link className="btn btn-sm btn-primary" to={outcomePath(upload.ricevuta)}>
            {say.see}
          </Link>
        )}
        {stato === 'non_riuscita' ? (
          <button
            type="button"
            className="btn btn-sm btn-outline-primary"
            onClick={() => void act(() => call('uploadComplete', { scopo, invio: upload.invio }))}
          >
            {say.again}
          </button>
        ) : null}
        {stato === 'in_arrivo' ? (
          <>
            <span className="soft">{say.goOn}</span>
            <button
              type="button"
              className="btn btn-sm btn-outline-danger"
              onClick={() => void act(() => call('uploadAbandon', { scopo, invio: upload.invio }))}
            >
              {say.abandon}
            </button>
          </>
        ) : null}
      </div>
    </div>
  );
}

function Delivered() {
  const say = useWords(WORDS);
  const codes = useCodes();
  const scopo = usePurpose(PURPOSES);
  const list = useInfiniteQuery({
    queryKey: ['supplyList', scopo],
    queryFn: ({ pageParam }) =>
      call('supplyList', { scopo, limite: 50, ...(pageParam === null ? {} : { seguito: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.seguito,
  });
  if (list.error) return <Problem error={list.error} />;
  if (list.data === undefined) return <Waiting />;
  const supplies = list.data.pages.flatMap((page) => page.forniture);
  if (supplies.length === 0) return <Notice>{say.none}</Notice>;
  return (
    <>
      <div className="table-wrap">
        <table className="list stacked">
          <caption className="sr">{say.done}</caption>
          <thead>
            <tr>
              <th scope="col">{say.receipt}</th>
              <th scope="col">{say.comune}</th>
              <th scope="col">{say.kind}</th>
              <th scope="col">{say.asOf}</th>
              <th scope="col">{say.got}</th>
              <th scope="col">{say.outcome}</th>
              <th scope="col">{say.open}</th>
            </tr>
          </thead>
          <tbody>
            {supplies.map((supply) => (
              <tr key={supply.ricevuta}>
                <th scope="row">
                  <Link to={outcomePath(supply.ricevuta)}>{supply.ricevuta}</Link>
                </th>
                <td data-label={say.comune}>{codes.comune(supply.comune)}</td>
                <td data-label={say.kind}>
                  {supply.tipo.toLowerCase()} n. {supply.progressivo}
                </td>
                <td data-label={say.asOf}>{showDate(supply.situazione_al)}</td>
                <td data-label={say.got}>{showMoment(supply.ricevuta_il)}</td>
                <td data-label={say.outcome}>{outcomeWords(say, supply.esito)}</td>
                <td data-label={say.open}>{supply.segnalazioni_aperte}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.hasNextPage ? (
        <button
          type="button"
          className="btn btn-outline-primary mt-3"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {say.more}
        </button>
      ) : null}
    </>
  );
}

function outcomeWords(
  say: Readonly<Record<'ACCETTATA' | 'ACCETTATA_CON_SEGNALAZIONI' | 'RIFIUTATA', string>>,
  outcome: string,
): string {
  return outcome === 'ACCETTATA' || outcome === 'ACCETTATA_CON_SEGNALAZIONI' || outcome === 'RIFIUTATA'
    ? say[outcome]
    : outcome;
}
