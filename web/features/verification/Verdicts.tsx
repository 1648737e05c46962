/** The outcome: confirmed, not confirmed, cannot be determined; with the reason, and never the right value (services.md, Verification). */
import { useEffect, useRef } from 'react';
import type { Answer } from '../../api/client.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { showDate, showMoment } from '../../components/dates.ts';
import { Icon } from '../../components/Icon.tsx';
import type { IconName } from '../../components/icon-names.ts';
import { MATTERS, type Matter } from './matters.ts';

const WORDS = words({
  it: {
    title: 'Esito',
    quality: 'Qualità dei dati',
    late: (days: number) => `La fornitura del comune è in ritardo di ${days} giorni`,
    aside: 'Ci sono dati scartati di questa persona',
    open: 'Ci sono segnalazioni aperte su questa persona',
    S: 'Confermato',
    N: 'Non confermato',
    A: 'Non determinabile',
    aboutS: 'Tutto ciò che è stato dichiarato concorda.',
    aboutN: 'Almeno un elemento dichiarato non concorda con certezza.',
    aboutA: 'Il registro non permette di dirlo: non significa che la dichiarazione sia falsa.',
    state: (known: string, supply: string) =>
      `Come noto al registro il ${known}${supply === '' ? '' : `; ultima fornitura del comune: ${supply}`}`,
  },
  en: {
    title: 'Outcome',
    quality: 'Quality of the data',
    late: (days: number) => `The supply of the comune is ${days} days late`,
    aside: 'Data of this person have been set aside',
    open: 'Findings on this person are open',
    S: 'Confirmed',
    N: 'Not confirmed',
    A: 'Cannot be determined',
    aboutS: 'All that was declared agrees.',
    aboutN: 'At least one declared element certainly disagrees.',
    aboutA: 'The register cannot tell: it does not mean that the declaration is false.',
    state: (known: string, supply: string) =>
      `As known to the register on ${known}${supply === '' ? '' : `; last supply of the comune: ${supply}`}`,
  },
});

const ICONS: Readonly<Record<'S' | 'N' | 'A', IconName>> = {
  S: 'check-circle',
  N: 'close-circle',
  A: 'help-circle',
};

const STANDING = {
  concorda: { it: 'concorda', en: 'agrees' },
  discorda: { it: 'non concorda', en: 'disagrees' },
  indeterminato: { it: 'non si può dire', en: 'cannot be told' },
} as const;

/** Reasons in words that say what to do. */
const REASONS: Readonly<Record<string, { readonly it: string; readonly en: string }>> = {
  diverso: { it: 'è diverso da quanto dichiarato', en: 'differs from what was declared' },
  residente_altrove: { it: 'risulta residente altrove', en: 'is resident elsewhere' },
  non_residente: { it: 'non risulta residente', en: 'is not resident' },
  residente_li: { it: 'risulta residente proprio lì', en: 'is resident right there' },
  deceduto: { it: 'risulta deceduto', en: 'is recorded as dead' },
  in_vita: { it: 'risulta in vita', en: 'is recorded as alive' },
  non_compreso: {
    it: 'nella famiglia c’è qualcuno che non è stato dichiarato',
    en: 'the family has somebody not declared',
  },
  mancante: {
    it: 'qualcuno di quelli dichiarati non è nella famiglia',
    en: 'somebody declared is not in the family',
  },
  nessun_legame: { it: 'il legame dichiarato non risulta', en: 'the declared tie is not recorded' },
  persona_non_trovata: {
    it: 'la persona non si trova tra quelle che il tuo profilo può verificare; controlla codice fiscale, nome e data di nascita',
    en: 'the person is not found among those whom your profile may verify; check codice fiscale, name and birth date',
  },
  persona_ambigua: {
    it: 'più persone corrispondono: indica il codice fiscale',
    en: 'several persons answer: give the codice fiscale',
  },
  dato_scartato: {
    it: 'il dato è stato scartato e va sistemato dal comune',
    en: 'the record was set aside and the comune must mend it',
  },
  in_conflitto: {
    it: 'il dato è in contrasto o in correzione',
    en: 'the record is in conflict or under correction',
  },
  in_transito: { it: 'un trasferimento è in corso', en: 'a transfer is under way' },
  doppia_residenza: { it: 'due comuni la dicono residente', en: 'two comuni have the person as resident' },
  segnalazione_aperta: { it: 'c’è una segnalazione aperta', en: 'a finding is open' },
  data_incerta: { it: 'una data è incerta', en: 'a date is uncertain' },
  fornitura_vecchia: { it: 'i dati del comune sono troppo vecchi', en: 'the data of the comune are too old' },
  dato_assente: { it: 'il dato non è nel registro', en: 'the register does not hold it' },
  non_convalidato: { it: 'il codice fiscale non è convalidato', en: 'the codice fiscale is not validated' },
  protetto: {
    it: 'persona protetta: questo profilo non può saperlo',
    en: 'protected person: this profile may not know',
  },
  fuori_provincia: { it: 'è fuori della provincia', en: 'it lies outside the province' },
  altra_persona_non_trovata: { it: 'l’altra persona non si trova', en: 'the other person is not found' },
  simile: {
    it: 'è simile ma non uguale: controlla come è scritto',
    en: 'is similar but not the same: check the spelling',
  },
  senza_fissa_dimora: { it: 'persona senza fissa dimora', en: 'person of no fixed abode' },
  non_certificato: { it: 'è un dato che l’anagrafe non certifica', en: 'the register does not certify it' },
  altro_ufficio: { it: 'lo sa un altro ufficio', en: 'another office knows' },
};

const ELEMENTS: Readonly<Record<string, { readonly it: string; readonly en: string }>> = {
  persona: { it: 'Persona', en: 'Person' },
  cognome: { it: 'Cognome', en: 'Surname' },
  nome: { it: 'Nome', en: 'Given name' },
  sesso: { it: 'Sesso', en: 'Sex' },
  data_nascita: { it: 'Data di nascita', en: 'Birth date' },
  luogo_nascita: { it: 'Luogo di nascita', en: 'Place of birth' },
  comune: { it: 'Comune', en: 'Comune' },
  indirizzo: { it: 'Indirizzo', en: 'Address' },
  dal: { it: 'Dal giorno', en: 'Since' },
  cittadinanza: { it: 'Cittadinanza', en: 'Citizenship' },
  stato_civile: { it: 'Stato civile', en: 'Civil status' },
  coniuge: { it: 'Coniuge', en: 'Spouse' },
  componenti: { it: 'Componenti', en: 'Members' },
  relazione: { it: 'Relazione', en: 'Kinship' },
  esistenza_in_vita: { it: 'In vita', en: 'Alive' },
  legame: { it: 'Legame', en: 'Tie' },
  decesso: { it: 'Decesso', en: 'Death' },
  data_decesso: { it: 'Data del decesso', en: 'Day of death' },
  codice_fiscale: { it: 'Codice fiscale', en: 'Codice fiscale' },
  materia: { it: 'Materia', en: 'Matter' },
};

/** How far the data can be trusted: told unasked (services.md, "quality of the answer"). */
function Quality({ of: quality }: { readonly of: Answer<'verify'>['qualita'] }) {
  const say = useWords(WORDS);
  if (quality === null) return null;
  const told = [
    (quality.giorni_di_ritardo ?? 0) > 0 ? say.late(quality.giorni_di_ritardo ?? 0) : '',
    quality.dati_scartati ? say.aside : '',
    quality.segnalazioni_aperte ? say.open : '',
  ].filter(Boolean);
  if (told.length === 0) return null;
  return (
    <ul className="flags" aria-label={say.quality}>
      {told.map((text) => (
        <li key={text} className="flag">
          <Icon name="warning-circle" small /> {text}
        </li>
      ))}
    </ul>
  );
}

interface VerdictsProps {
  readonly answer: Answer<'verify'>;
  readonly matters: readonly Matter[];
}

export function Verdicts({ answer, matters }: VerdictsProps) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <section aria-label={say.title}>
      <h2 ref={heading} tabIndex={-1}>
        {say.title}
      </h2>
      {answer.esiti.map(({ esito, elementi }, place) => {
        const matter = matters[place];
        return (
          <div className={`answer ${esito}`} key={`${matter} ${esito} ${elementi.length}`}>
            <h3>
              <Icon name={ICONS[esito]} />{' '}
              {matter === undefined ? '' : `${MATTERS[matter].label[language]}: `}
              {say[esito]}
            </h3>
            <p>{say[`about${esito}`]}</p>
            <ul className="mb-0">
              {elementi.map((element) => (
                <li key={`${element.elemento} ${element.esito} ${element.motivo} ${element.dettaglio}`}>
                  <strong>{ELEMENTS[element.elemento]?.[language] ?? element.elemento}</strong>:{' '}
                  {STANDING[element.esito][language]}
                  {element.motivo === undefined
                    ? ''
                    : `: ${REASONS[element.motivo]?.[language] ?? element.motivo}`}
                  {element.dettaglio === undefined ? '' : ` (${element.dettaglio})`}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      <Quality of={answer.qualita} />
      <p className="soft">{say.state(showMoment(answer.noto_al), showDate(answer.situazione_al))}</p>
    </section>
  );
}
