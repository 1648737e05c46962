/** A verdict in words, for people: what agrees, what does not, what cannot be told and why. No data of the register in them. */
import type { Element, Finding, Reason } from './verdict.ts';

interface Words {
  readonly it: string;
  readonly en: string;
}
const words = (it: string, en: string): Words => ({ it, en });

export const ELEMENTS: Readonly<Record<Element, Words>> = {
  persona: words('persona', 'person'),
  cognome: words('cognome', 'surname'),
  nome: words('nome', 'given name'),
  sesso: words('sesso', 'sex'),
  data_nascita: words('data di nascita', 'date of birth'),
  luogo_nascita: words('luogo di nascita', 'place of birth'),
  comune: words('comune di residenza', 'comune of residence'),
  indirizzo: words('indirizzo', 'address'),
  dal: words('data di inizio', 'since when'),
  cittadinanza: words('cittadinanza', 'citizenship'),
  stato_civile: words('stato civile', 'civil status'),
  coniuge: words('coniuge', 'spouse'),
  componenti: words('componenti della famiglia', 'members of the family'),
  relazione: words('relazione di parentela', 'kinship'),
  esistenza_in_vita: words('esistenza in vita', 'being alive'),
  legame: words('legame dichiarato', 'declared tie'),
  decesso: words('decesso', 'death'),
  data_decesso: words('data del decesso', 'date of death'),
  codice_fiscale: words('codice fiscale', 'codice fiscale'),
  materia: words('materia', 'matter'),
};

export const REASONS: Readonly<Record<Reason, Words>> = {
  diverso: words('il registro ha con certezza un valore diverso', 'the register certainly has another value'),
  residente_altrove: words('risulta residente in un altro comune', 'is resident in another comune'),
  non_residente: words('non risulta residente in quel giorno', 'was not resident on that day'),
  residente_li: words('risulta residente lì', 'is resident there'),
  deceduto: words('risulta deceduto', 'is dead'),
  in_vita: words('risulta in vita', 'is alive'),
  non_compreso: words('dichiarati che non ne fanno parte', 'declared who do not belong to it'),
  mancante: words('componenti che non sono stati dichiarati', 'members who were not declared'),
  nessun_legame: words(
    'il registro conosce la persona ma non questo legame: chiedere al comune di nascita o di matrimonio',
    'the register knows the person but not this tie: ask the comune of birth or marriage',
  ),
  persona_non_trovata: words(
    'nessuno risponde ai dati indicati: non significa che la dichiarazione sia falsa',
    'nobody answers to the data given: it does not mean that the declaration is false',
  ),
  persona_ambigua: words(
    'più persone rispondono ai dati indicati: aggiungere codice fiscale o data di nascita',
    'several persons answer to the data given: add codice fiscale or birth date',
  ),
  dato_scartato: words(
    'una riga che riguarda la persona è stata scartata e attende correzione dal comune',
    'a row about the person was set aside and waits to be mended by the comune',
  ),
  in_conflitto: words(
    'due registri si contraddicono sulla persona',
    'two registers contradict each other about the person',
  ),
  in_transito: words(
    'trasferimento in corso tra due comuni: ripetere tra qualche giorno',
    'a transfer between two comuni is under way: repeat in some days',
  ),
  doppia_residenza: words(
    'due comuni risultano avere la persona residente, e devono chiarire',
    'two comuni hold the person resident, and must clear it up',
  ),
  segnalazione_aperta: words(
    'sul dato c’è una segnalazione aperta tra i comuni',
    'a finding about it is open between the comuni',
  ),
  data_incerta: words('la data è nota solo in parte', 'the date is known only in part'),
  fornitura_vecchia: words(
    'l’ultima fornitura del comune è troppo vecchia per il giorno chiesto; giorni trascorsi',
    'the last supply of the comune is too old for the day asked; days since',
  ),
  dato_assente: words('il registro non ha il dato', 'the register does not have it'),
  non_convalidato: words(
    'il codice non è convalidato dall’Agenzia delle Entrate',
    'the code is not validated by Agenzia delle Entrate',
  ),
  protetto: words(
    'dati protetti: rivolgersi al comune di residenza',
    'protected data: turn to the comune of residence',
  ),
  fuori_provincia: words(
    'fuori dai registri della provincia: chiedere al comune interessato',
    'outside the registers of the province: ask the comune concerned',
  ),
  altra_persona_non_trovata: words(
    'la persona nominata non è nei registri della provincia',
    'the person named is not in the registers of the province',
  ),
  simile: words(
    'quasi uguale: controllare come è scritto e ripetere',
    'almost the same: check how it is written and repeat',
  ),
  senza_fissa_dimora: words(
    'senza fissa dimora: l’indirizzo è convenzionale',
    'of no fixed abode: the address is a conventional one',
  ),
  non_certificato: words(
    'dato dichiarato, non certificato dal registro',
    'declared, not certified by the register',
  ),
  altro_ufficio: words(
    'non è un dato del registro della popolazione: chiedere a',
    'no matter of a population register: ask',
  ),
};

const STANDINGS = {
  concorda: words('concorda', 'agrees'),
  discorda: words('non concorda', 'disagrees'),
  indeterminato: words('non determinabile', 'cannot be determined'),
} as const;

/** "comune di residenza: non concorda (risulta residente in un altro comune)". */
export function findingWords({ elemento, esito, motivo, dettaglio }: Finding, language: keyof Words): string {
  const reason =
    motivo === undefined
      ? ''
      : ` (${REASONS[motivo][language]}${dettaglio === undefined ? '' : `: ${dettaglio}`})`;
  return `${ELEMENTS[elemento][language]}: ${STANDINGS[esito][language]}${reason}`;
}
