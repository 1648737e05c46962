/** What the cases of the national operations are told with: people of the little register, lines of eventi.jsonl. */
import { ADDRESS_COLUMNS } from '../../src/services/intake/rows/file-specs.ts';
import { known, type Parts, tie } from '../support/operation-requests.ts';
import type { Json } from '../support/operations-register.ts';

export interface OperationCase {
  /** Requests that come before. */
  readonly before?: readonly string[];
  readonly request: string;
  readonly events: readonly Json[];
}

export const DAY = '2025-03-03';
export const MARIO = known('S1', 'ROSSI', 'MARIO');
export const ANNA = known('S2', 'BIANCHI', 'ANNA');
export const LUCA = known('S3', 'ROSSI', 'LUCA');
export const ADA = known('S4', 'NERI', 'ADA');
export const UGO = known('S5', 'GALLI', 'UGO');
export const LEO = known('S6', 'VERDI', 'LEO');

/** A line as operation 1 would tell it: of its day, unless the change says otherwise. */
export const event = (operazione: string, dati: Json | null, change: Json = {}): Json => ({
  id_evento: 'ANPR-1',
  operazione,
  tipo: 'N',
  data_evento: DAY,
  decorrenza: DAY,
  registrazione: DAY,
  ...(dati === null ? {} : { dati }),
  ...change,
});

export const second = { id_evento: 'ANPR-1/2' };
export const listed = (generalita: Parts, legame: string): Parts => ({
  generalita,
  legameSoggetto: tie(legame, DAY),
});

export const ITALIAN: Parts = { descrizioneStato: 'ITALIA', codiceStato: '100' };

export const search = (generalitaPerRicerca: Parts): Parts => ({ generalitaPerRicerca });
/** Every address column, empty: what a request does not tell is not kept. */
export const NO_ADDRESS: Readonly<Record<string, null>> = Object.fromEntries(
  ADDRESS_COLUMNS.map((column) => [column, null]),
);
