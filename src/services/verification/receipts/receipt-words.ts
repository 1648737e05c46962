/** What a receipt says, in words: label and value, Italian and English, for the page, the PDF and the command line alike. Pure. */
import { knownAtWords, parseKnownAt } from '../../../registry/answers/known-at.ts';
import type { Receipt } from './receipt.ts';

export interface Line {
  readonly it: string;
  readonly en: string;
  readonly value: string;
}

const OUTCOMES = {
  S: 'S: confermato / confirmed',
  N: 'N: non confermato / not confirmed',
  A: 'A: non determinabile / cannot be determined',
} as const;

const KINDS = {
  verifica: 'controllo di autocertificazioni / check of self-certifications',
  lotto: 'controllo di un elenco di autocertificazioni / check of a list of self-certifications',
} as const;

const line = (it: string, en: string, value: string): Line => ({ it, en, value });

/** An instant as people in Italy read it. */
function instantWords(text: string): string {
  const instant = parseKnownAt(text);
  return instant === null ? text : knownAtWords(instant).replace('T', ' ').slice(0, 19);
}

export function outcomeLines({ esiti }: Receipt): readonly Line[] {
  if (!Array.isArray(esiti)) {
    const { S, N, A, errori } = esiti as Exclude<Receipt['esiti'], readonly unknown[]>;
    return [
      line('Confermate (S)', 'Confirmed', String(S)),
      line('Non confermate (N)', 'Not confirmed', String(N)),
      line('Non determinabili (A)', 'Cannot be determined', String(A)),
      line('Righe con errori', 'Rows with errors', String(errori)),
    ];
  }
  return esiti.map((esito, i) => line(`Dichiarazione ${i + 1}`, `Declaration ${i + 1}`, OUTCOMES[esito]));
}

export function factLines(receipt: Receipt): readonly Line[] {
  const signed = new Date(receipt.iat * 1000).toISOString();
  return [
    line('Oggetto', 'Subject', KINDS[receipt.tipo]),
    line('Richiesto da', 'Asked by', `${receipt.ente} (${receipt.operatore})`),
    line('Firmato il', 'Signed on', instantWords(signed)),
    line('Scopo', 'Purpose', receipt.scopo ?? '-'),
    line('Pratica', 'File number', receipt.pratica ?? '-'),
    line('Data di riferimento', 'Reference day', receipt.al),
    line('Dati registrati fino a', 'Data recorded up to', instantWords(receipt.noto_al)),
    line('Impronta del dichiarato', 'Digest of what was declared', receipt._sd[0] ?? ''),
    line('Numero', 'Number', receipt.jti),
  ];
}

/** Why a receipt is not good. */
export const FAULTS = {
  malformed: {
    it: 'non è una ricevuta di questo sistema, o è incompleta',
    en: 'it is no receipt of this system, or not whole',
  },
  'unknown-key': {
    it: 'non è firmata con una chiave di questo sistema: può essere falsa, o l’elenco delle chiavi è vecchio',
    en: 'it is signed by no key of this system: it may be false, or the list of keys is old',
  },
  forged: {
    it: 'è stata modificata dopo la firma: non vale',
    en: 'it was changed after it was signed: it is not valid',
  },
  'other-declaration': {
    it: 'la ricevuta è buona, ma la dichiarazione allegata non è quella controllata',
    en: 'the receipt is good, but the declaration beside it is not the one that was checked',
  },
} as const;
