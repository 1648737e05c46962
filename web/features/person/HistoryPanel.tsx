/** A life, fact by fact, on two times: when it was so, and since when the register knows it. What was corrected stays, marked, on request. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, call } from '../../api/client.ts';
import { type Codes, useCodes } from '../../app/codes.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { showDate, showMoment } from '../../components/dates.ts';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { addressLine } from './address.ts';
import type { Asking } from './PersonPage.tsx';

const WORDS = words({
  it: {
    corrected: 'Mostra anche ciò che è stato corretto',
    none: 'Nessun fatto da mostrare a questo profilo.',
    spell: (from: string, to: string) => (to === '' ? `dal ${from}` : `dal ${from} al ${to}`),
    known: (when: string) => `noto dal ${when}`,
    until: (when: string) => `superato il ${when}`,
    by: (comune: string) => `registrato da ${comune}`,
  },
  en: {
    corrected: 'Show what was corrected too',
    none: 'No fact to show to this profile.',
    spell: (from: string, to: string) => (to === '' ? `from ${from}` : `from ${from} to ${to}`),
    known: (when: string) => `known since ${when}`,
    until: (when: string) => `superseded on ${when}`,
    by: (comune: string) => `recorded by ${comune}`,
  },
});

const KINDS: Readonly<Record<string, { readonly it: string; readonly en: string }>> = {
  identities: { it: 'Generalità', en: 'Identity' },
  registrations: { it: 'Iscrizione', en: 'Registration' },
  deaths: { it: 'Decesso', en: 'Death' },
  dwellings: { it: 'Abitazione', en: 'Dwelling' },
  memberships: { it: 'Famiglia', en: 'Family' },
  civil_statuses: { it: 'Stato civile', en: 'Civil status' },
  citizenships: { it: 'Cittadinanza', en: 'Citizenship' },
  parents: { it: 'Genitori', en: 'Parents' },
  documents: { it: 'Documento', en: 'Document' },
  permits: { it: 'Soggiorno', en: 'Residence permit' },
  declarations: { it: 'Dichiarazioni', en: 'Declarations' },
  protections: { it: 'Riservatezza', en: 'Protection' },
};

type Fact = Answer<'historyRead'>['fatti'][number];

/** What a fact says, in words. */
function told({ genere, valore }: Fact, codes: Codes): string {
  const v = valore as Readonly<Record<string, string | undefined>>;
  switch (genere) {
    case 'identities':
      return [v['cognome'], v['nome'], v['codice_fiscale']].filter(Boolean).join(' ');
    case 'dwellings':
      return addressLine(v);
    case 'civil_statuses':
      return codes.word('T1', v['stato_civile']);
    case 'citizenships':
      return [v['cittadinanza'], v['altra_cittadinanza']]
        .filter(Boolean)
        .map((code) => codes.state(code))
        .join(', ');
    case 'memberships':
      return [v['id_famiglia'] ?? v['id_convivenza'] ?? v['id'], codes.word('T5', v['relazione'])]
        .filter(Boolean)
        .join(', ');
    case 'registrations':
      return [codes.word('T7', v['motivo_iscrizione']), codes.word('T15', v['motivo_cancellazione'])]
        .filter(Boolean)
        .join(', ');
    default:
      return Object.values(v)
        .filter((part) => typeof part === 'string' && part !== '')
        .join(', ');
  }
}

export function HistoryPanel({ asking }: { readonly asking: Asking }) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const codes = useCodes();
  const [corrected, setCorrected] = useState(false);
  const read = useQuery({
    queryKey: ['historyRead', asking, corrected],
    queryFn: ({ signal }) => call('historyRead', { ...asking, anche_superati: corrected }, signal),
    placeholderData: (before) => before,
  });
  if (read.error) return <Problem error={read.error} />;
  if (read.data === undefined) return <Waiting />;
  const facts = read.data.fatti;
  return (
    <>
      <div className="field no-print">
        <label>
          <input
            type="checkbox"
            checked={corrected}
            onChange={(event) => setCorrected(event.target.checked)}
          />
          {say.corrected}
        </label>
      </div>
      {facts.length === 0 ? <Notice>{say.none}</Notice> : null}
      <ol className="life">
        {facts.map((fact) => (
          <li
            key={`${fact.genere} ${fact.dal} ${fact.registrato_dal} ${fact.scheda.comune} ${fact.scheda.id_soggetto}`}
            className={fact.registrato_al === null ? '' : 'over'}
          >
            <strong>{KINDS[fact.genere]?.[language] ?? fact.genere}</strong> {told(fact, codes)}
            <br />
            <span className="soft">
              {say.spell(showDate(fact.dal), showDate(fact.al))} · {say.by(codes.comune(fact.scheda.comune))}{' '}
              · {say.known(showMoment(fact.registrato_dal))}
              {fact.registrato_al === null ? '' : ` · ${say.until(showMoment(fact.registrato_al))}`}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
