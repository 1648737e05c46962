/** A supply as the register keeps it: what it was, and what became of it (tracciato.md 4, Outcome). */
import type { Day } from '../../kernel/day.ts';

export type Esito = 'ACCETTATA' | 'ACCETTATA_CON_SEGNALAZIONI' | 'RIFIUTATA';
export type TipoFornitura = 'COMPLETA' | 'VARIAZIONI' | 'OPERAZIONE' | 'SCONOSCIUTA';

/** Rows or lines by file, as the outcome shows them. */
export type FileCounts = Readonly<Record<string, number>>;

/** The way by which a supply came in (tracciato.md, opening). */
export type Door = 'SIPOP' | 'ANPR' | 'MAPPATA';
/** That of operations in the national form, which are no deliveries of files. */
export type OperationsDoor = 'OPERAZIONI';

export interface SupplyRecord {
  readonly door: Door | OperationsDoor;
  readonly fileName: string;
  /** Of the archive, in hexadecimal. */
  readonly sha256: string;
  /** ISTAT code, or '' where it cannot be told. */
  readonly comune: string;
  /** 0 where it cannot be told, and of an operation, which has none. */
  readonly progressivo: number;
  readonly tipo: TipoFornitura;
  readonly esito: Esito;
  readonly situazioneAl: Day | null;
  readonly generata: string | null;
  readonly softwareNome: string | null;
  readonly softwareVersione: string | null;
  readonly assenti: string | null;
  /** An operator confirmed by name that much would be set aside or cancelled (SIP-014). */
  readonly confirmed: boolean;
  readonly lette: FileCounts;
  readonly applicate: FileCounts;
  readonly scartate: FileCounts;
  readonly segnalate: FileCounts;
  /** Of an operation in the national form: what it asks (5008) and its idOperazioneComune. */
  readonly operation?: { readonly kind: string; readonly id: string };
}

/** Numbers given to a supply: its own, its first event's, and where its entries and households begin. */
export interface SupplyNumbers {
  readonly supplyId: number;
  readonly eventId: number;
  readonly entryBase: number;
  readonly householdBase: number;
  readonly entries: number;
  readonly households: number;
}

/** What the register holds of a comune's supplies: the last one accepted, operations apart. */
export interface RegisterPosition {
  readonly lastProgressivo: number;
  readonly situazioneAl: Day | null;
  readonly softwareNome: string | null;
  /** The latest registration day of an accepted operation; null or absent where there is none. */
  readonly operationsAl?: Day | null;
}

/** A receipt given: the number that can be read again for ever, and the outcome. */
export interface Receipt {
  readonly ricevuta: string;
  readonly esito: Esito;
  /** True where the same bytes had been accepted before, and nothing was done again. */
  readonly repeated: boolean;
}
