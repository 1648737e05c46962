/** A life, fact by fact, on two times: drawn, and as a list. What was corrected is one move of the slider away. */
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { call } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { showDate, showMoment } from '../../components/dates.ts';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { type Fact, LANES, laneOf, told } from './facts.ts';
import type { Asking } from './PersonPage.tsx';
import { Timeline } from './Timeline.tsx';
import { heldOn, knownAt } from './two-times.ts';

const WORDS = words({
  it: {
    none: 'Nessun fatto da mostrare a questo profilo.',
    all: 'Mostra nell’elenco anche ciò che è stato corretto',
    spell: (from: string, to: string) => (to === '' ? `dal ${from}` : `dal ${from} al ${to}`),
    known: (when: string) => `noto dal ${when}`,
    until: (when: string) => `superato il ${when}`,
    by: (comune: string) => `registrato da ${comune}`,
    held: 'in quel giorno',
    list: 'Tutti i fatti',
  },
  en: {
    none: 'No fact to show to this profile.',
    all: 'Show in the list what was corrected too',
    spell: (from: string, to: string) => (to === '' ? `from ${from}` : `from ${from} to ${to}`),
    known: (when: string) => `known since ${when}`,
    until: (when: string) => `superseded on ${when}`,
    by: (comune: string) => `recorded by ${comune}`,
    held: 'on that day',
    list: 'All the facts',
  },
});

export function HistoryPanel({ asking }: { readonly asking: Asking }) {
  const say = useWords(WORDS);
  const read = useQuery({
    queryKey: ['historyRead', asking],
    queryFn: ({ signal }) => call('historyRead', { ...asking, anche_superati: true }, signal),
    placeholderData: (before) => before,
  });
  const [day, setDay] = useState<string | null>(null);
  const [instant, setInstant] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  if (read.error) return <Problem error={read.error} />;
  if (read.data === undefined) return <Waiting />;
  const { fatti, giorni, istanti, al, noto_al } = read.data;
  if (fatti.length === 0) return <Notice>{say.none}</Notice>;
  const onDay = day ?? al;
  const at = instant ?? noto_al;
  const known = fatti.filter((fact) => knownAt(fact, at));
  return (
    <>
      <Timeline
        facts={known}
        days={giorni}
        instants={istanti}
        day={onDay}
        instant={at}
        today={al}
        onDay={setDay}
        onInstant={setInstant}
      />
      <h3>{say.list}</h3>
      <div className="field no-print">
        <label>
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
          {say.all}
        </label>
      </div>
      <Facts facts={all ? fatti : known} at={at} day={onDay} />
    </>
  );
}

interface FactsProps {
  readonly facts: readonly Fact[];
  readonly at: string;
  readonly day: string;
}

function Facts({ facts, at, day }: FactsProps) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const codes = useCodes(facts.map(({ scheda }) => scheda.comune));
  const ordered = useMemo(() => [...facts].sort((a, b) => b.dal.localeCompare(a.dal)), [facts]);
  return (
    <ol className="life">
      {ordered.map((fact) => {
        const lane = laneOf(fact);
        const held = knownAt(fact, at) && heldOn(fact, day);
        return (
          <li
            key={`${fact.genere} ${fact.dal} ${fact.registrato_dal} ${fact.registrato_al} ${fact.scheda.comune} ${fact.scheda.id_soggetto}`}
            className={knownAt(fact, at) ? '' : 'over'}
          >
            <strong>{lane === null ? fact.genere : LANES[lane][language]}</strong> {told(fact, codes)}{' '}
            {held ? <span className="held-mark">{say.held}</span> : null}
            <br />
            <span className="soft">
              {say.spell(showDate(fact.dal), showDate(fact.al))} · {say.by(codes.comune(fact.scheda.comune))}{' '}
              · {say.known(showMoment(fact.registrato_dal))}
              {fact.registrato_al === null ? '' : ` · ${say.until(showMoment(fact.registrato_al))}`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
