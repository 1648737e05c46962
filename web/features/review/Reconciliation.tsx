/** Findings between registers, with owner, age and deadline; they close by themselves when mended. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, call, type Request } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { usePurpose } from '../../app/task.tsx';
import { showDate } from '../../components/dates.ts';
import { Choice } from '../../components/Field.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';

const WORDS = words({
  it: {
    none: 'Niente da sistemare: su questo i registri combaciano.',
    state: 'Mostra',
    aperte: 'aperte',
    chiuse: 'chiuse',
    tutte: 'tutte',
    count: (n: number) => (n === 1 ? 'Una segnalazione' : `${n} segnalazioni`),
    with: (comune: string) => `con ${comune}`,
    age: (days: number) => (days === 1 ? 'da un giorno' : `da ${days} giorni`),
    deadline: (day: string) => `entro il ${day}`,
    late: (day: string) => `scaduta il ${day}`,
    closed: (day: string) => `chiusa il ${day}`,
    more: 'Altre',
    nobody: 'persona senza nome',
  },
  en: {
    none: 'Nothing to mend: here the registers match.',
    state: 'Show',
    aperte: 'open',
    chiuse: 'closed',
    tutte: 'all',
    count: (n: number) => (n === 1 ? 'One finding' : `${n} findings`),
    with: (comune: string) => `with ${comune}`,
    age: (days: number) => (days === 1 ? 'for a day' : `for ${days} days`),
    deadline: (day: string) => `by ${day}`,
    late: (day: string) => `overdue since ${day}`,
    closed: (day: string) => `closed on ${day}`,
    more: 'More',
    nobody: 'person without a name',
  },
});

type State = NonNullable<Request<'reconciliationList'>['stato']>;
type Finding = Answer<'reconciliationList'>['segnalazioni'][number];

const KINDS: Readonly<Record<Finding['genere'], { readonly it: string; readonly en: string }>> = {
  MANCA_CANCELLAZIONE: { it: 'Manca la cancellazione', en: 'The cancellation is missing' },
  MANCA_ISCRIZIONE: { it: 'Manca l’iscrizione', en: 'The registration is missing' },
  DECORRENZE_DIVERSE: { it: 'Decorrenze diverse', en: 'Different days' },
  DOPPIA_RESIDENZA: { it: 'Doppia residenza', en: 'Double residence' },
  RESIDENZE_SOVRAPPOSTE: { it: 'Residenze sovrapposte', en: 'Overlapping residences' },
  SCHEDE_SOVRAPPOSTE: { it: 'Schede sovrapposte', en: 'Overlapping entries' },
  DECEDUTO_RESIDENTE: { it: 'Deceduto ancora residente', en: 'Dead and still resident' },
  INTESTATARIO_ALTROVE: { it: 'Intestatario altrove', en: 'Head elsewhere' },
  CONIUGE_DECEDUTO: { it: 'Coniuge deceduto', en: 'Spouse dead' },
  CONIUGI_DISCORDI: { it: 'Coniugi discordi', en: 'Spouses who do not match' },
  GENERALITA_DISCORDI: { it: 'Generalità discordi', en: 'Identities that do not match' },
  STATO_CIVILE_DISCORDE: { it: 'Stato civile discorde', en: 'Civil status that does not match' },
  CITTADINANZA_DISCORDE: { it: 'Cittadinanza discorde', en: 'Citizenship that does not match' },
  GENITORI_DISCORDI: { it: 'Genitori discordi', en: 'Parents who do not match' },
  CODICE_OMOCODICO: { it: 'Codice omocodico', en: 'Homocodic code' },
};

const PAGE = 50;

export function Reconciliation({ lato }: { readonly lato: 'nostre' | 'altri' }) {
  const say = useWords(WORDS);
  const scopo = usePurpose(['anagrafe', 'coordinamento']);
  const [stato, setStato] = useState<State>('aperte');
  const list = useInfiniteQuery({
    queryKey: ['reconciliationList', scopo, lato, stato],
    queryFn: ({ pageParam }) =>
      call('reconciliationList', { scopo, lato, stato, da: pageParam, limite: PAGE }),
    initialPageParam: 0,
    getNextPageParam: (page, _pages, from) => (from + PAGE < page.numero ? from + PAGE : undefined),
  });
  if (list.error) return <Problem error={list.error} />;
  if (list.data === undefined) return <Waiting />;
  const findings = list.data.pages.flatMap((page) => page.segnalazioni);
  return (
    <>
      <Choice label={say.state} value={stato} onChange={(event) => setStato(event.target.value as State)}>
        {(['aperte', 'chiuse', 'tutte'] as const).map((id) => (
          <option key={id} value={id}>
            {say[id]}
          </option>
        ))}
      </Choice>
      {findings.length === 0 ? (
        <Notice kind="done">{say.none}</Notice>
      ) : (
        <p>{say.count(list.data.pages[0]?.numero ?? 0)}</p>
      )}
      {findings.map((finding) => (
        <One
          key={`${finding.genere} ${finding.comune} ${finding.giorno} ${finding.persone.map((p) => p.schede.map((s) => s.id_soggetto).join()).join()}`}
          finding={finding}
        />
      ))}
      {list.hasNextPage ? (
        <button
          type="button"
          className="btn btn-outline-primary"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {say.more}
        </button>
      ) : null}
    </>
  );
}

function One({ finding }: { readonly finding: Finding }) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const codes = useCodes([finding.comune, finding.altro_comune]);
  const late = finding.stato !== 'chiusa' && finding.scadenza < new Date().toISOString().slice(0, 10);
  const message = language === 'it' ? finding.messaggio : finding.messaggio_en;
  return (
    <section className="panel">
      <div className="spread">
        <h3 className="m-0">{KINDS[finding.genere][language]}</h3>
        <span className={late ? 'flag grave' : undefined}>
          {finding.stato === 'chiusa'
            ? say.closed(showDate(finding.chiusa_il))
            : late
              ? say.late(showDate(finding.scadenza))
              : say.deadline(showDate(finding.scadenza))}
        </span>
      </div>
      <p className="mb-1">
        {finding.persone.length === 0 ? null : (
          <>
            {finding.persone
              .map((p) => `${p.cognome ?? ''} ${p.nome ?? ''}`.trim() || p.codice_fiscale || say.nobody)
              .join(', ')}
            {' · '}
          </>
        )}
        <span className="soft">
          {codes.comune(finding.comune)}
          {finding.altro_comune ? `, ${say.with(codes.comune(finding.altro_comune))}` : ''},{' '}
          {say.age(finding.giorni)}
        </span>
      </p>
      {message === null ? null : <p className="mb-0">{message}</p>}
    </section>
  );
}
