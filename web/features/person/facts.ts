/** What a fact of a history says, in words of both languages. */
import type { Answer } from '../../api/client.ts';
import type { Codes } from '../../app/codes.ts';
import { showDate } from '../../components/dates.ts';
import { addressLine } from './address.ts';

export type Fact = Answer<'historyRead'>['fatti'][number];

/** The lanes of a life, in the order in which one reads it. */
export const LANES = {
  registrations: { it: 'Iscrizione', en: 'Registration' },
  dwellings: { it: 'Abitazione', en: 'Dwelling' },
  memberships: { it: 'Famiglia', en: 'Family' },
  civil_statuses: { it: 'Stato civile', en: 'Civil status' },
  citizenships: { it: 'Cittadinanza', en: 'Citizenship' },
  identities: { it: 'Generalità', en: 'Identity' },
  parents: { it: 'Genitori', en: 'Parents' },
  protections: { it: 'Riservatezza', en: 'Protection' },
  documents: { it: 'Documento', en: 'Document' },
  permits: { it: 'Soggiorno', en: 'Residence permit' },
  declarations: { it: 'Dichiarazioni', en: 'Declarations' },
  deaths: { it: 'Decesso', en: 'Death' },
} as const satisfies Readonly<Record<string, { readonly it: string; readonly en: string }>>;
export type Lane = keyof typeof LANES;

export const laneOf = (fact: Fact): Lane | null => (fact.genere in LANES ? (fact.genere as Lane) : null);

/** "VIA EMILIA 12", "coniugato/a", "ROSSI MARIO …". */
export function told({ genere, valore, scheda }: Fact, codes: Codes): string {
  const text = (name: string): string | undefined => {
    const value = valore[name];
    return value === null || value === undefined ? undefined : String(value);
  };
  const join = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(' · ');
  switch (genere) {
    case 'identities':
      return join(`${text('cognome') ?? ''} ${text('nome') ?? ''}`.trim(), text('codice_fiscale'));
    case 'dwellings':
      return addressLine(Object.fromEntries(Object.entries(valore).map(([name]) => [name, text(name)])));
    case 'civil_statuses':
      return join(codes.word('T1', text('stato_civile')), text('cf_coniuge'));
    case 'citizenships':
      return join(...Object.values(valore).map((code) => codes.state(code === null ? null : String(code))));
    case 'memberships': {
      const table = text('tipo') === 'convivenza' ? 'T6' : 'T5';
      return join(
        text('id_famiglia') ?? text('id_convivenza') ?? text('id'),
        codes.word(table, text('relazione')),
      );
    }
    case 'registrations':
      return join(
        codes.comune(scheda.comune),
        codes.word('T7', text('motivo_iscrizione')),
        codes.word('T15', text('motivo_cancellazione')),
      );
    case 'deaths':
      return join(codes.comune(text('comune')), codes.state(text('stato')));
    case 'documents':
      return join(text('tipo'), text('numero'), showDate(text('scadenza')));
    case 'permits':
      return join(codes.word('T8', text('tipo')), showDate(text('scadenza')));
    default:
      return Object.values(valore)
        .filter((part) => typeof part === 'string' && part !== '')
        .join(' · ');
  }
}
