/** Findings as they are shown to who may ask: by code with what to do, one by one, and without what was written before an identity was sealed. */
import { z } from 'zod';
import type { Client } from '../../platform/db/pool.ts';
import { listSubjects } from '../../registry/review/review.sql.ts';
import {
  countByCode,
  type FindingPageQuery,
  type PagedFinding,
} from '../../registry/supplies/listing.sql.ts';
import type { StoredFinding } from '../../registry/supplies/supplies.sql.ts';
import { type FindingCode, finding, MESSAGES } from './messages/messages.ts';
import { COUNT } from './supply-asked.ts';

export const BY_CODE = z.object({
  codice: z.string().max(20),
  gravita: z.enum(['B', 'E', 'W']),
  numero: COUNT,
  aperte: COUNT,
  soggetti: COUNT,
  forniture: COUNT,
  che_cosa: z.string().max(4000).describe('Che cosa non va e che cosa fare / what is wrong and what to do'),
  che_cosa_en: z.string().max(4000),
  esempio: z.string().max(4000),
  esempio_en: z.string().max(4000),
});
export const FINDING = z.object({
  ricevuta: z.string().max(12),
  comune: z.string().max(6),
  progressivo: z.int().min(0).max(999_999),
  operazione: z.string().max(60).nullable(),
  codice: z.string().max(20),
  gravita: z.enum(['B', 'E', 'W']),
  file: z.string().max(300).nullable(),
  riga: COUNT.nullable(),
  id_soggetto: z.string().max(300),
  id_famiglia: z.string().max(300).nullable(),
  id_evento: z.string().max(300).nullable(),
  campo: z.string().max(300),
  valore: z.string().max(300),
  messaggio: z.string().max(4000),
  messaggio_en: z.string().max(4000),
  dettaglio: z.record(z.string().max(60), z.union([z.string().max(2000), z.boolean(), COUNT])).nullable(),
  chiusa_da: z.string().max(60).nullable(),
});

/** A finding as anybody may read it: where it was written before the identity was sealed, with the sentence of its code alone and nothing of what was given. */
export function withheldWhereSealed<F extends StoredFinding>(f: F): F {
  if (!f.sealed_since) return f;
  const { it, en } = meaningOf(f.codice);
  return { ...f, valore: '', messaggio: it, messaggio_en: en, dettaglio: null };
}

export const shownFinding = (f: PagedFinding): z.input<typeof FINDING> =>
  plainFinding(withheldWhereSealed(f));

const plainFinding = (f: PagedFinding): z.input<typeof FINDING> => ({
  ricevuta: f.ricevuta,
  comune: f.comune,
  progressivo: f.progressivo,
  operazione: f.id_operazione,
  codice: f.codice,
  gravita: f.gravita as 'B' | 'E' | 'W',
  file: f.file,
  riga: f.riga,
  id_soggetto: f.id_soggetto,
  id_famiglia: f.id_famiglia,
  id_evento: f.id_evento,
  campo: f.campo,
  valore: f.valore,
  messaggio: f.messaggio,
  messaggio_en: f.messaggio_en,
  dettaglio: f.dettaglio,
  chiusa_da: f.chiusa_da === null ? null : (f.chiusa_da_operazione ?? String(f.chiusa_da)),
});

/** What a code means and what to do about it, whatever row it is of. */
function meaningOf(codice: string): { readonly it: string; readonly en: string } {
  if (!Object.hasOwn(MESSAGES, codice)) return { it: codice, en: codice };
  const blank = { file: '…', id_soggetto: '…', campo: '…', valore: '…', id_famiglia: '…', id_evento: '…' };
  const { messaggio, messaggio_en } = finding(codice as FindingCode, { ...blank, atteso: '…' });
  return { it: messaggio, en: messaggio_en };
}

/** By code, with whom the examples name. */
export async function byCode(db: Client, query: FindingPageQuery) {
  const counts = await countByCode(db, query);
  const per_codice = counts.map(({ comune: _, id_soggetto: __, ...count }): z.input<typeof BY_CODE> => {
    const { it, en } = meaningOf(count.codice);
    return {
      ...count,
      gravita: count.gravita as 'B' | 'E' | 'W',
      che_cosa: it,
      che_cosa_en: en,
      esempio: count.esempio ?? it,
      esempio_en: count.esempio_en ?? en,
    };
  });
  return { per_codice, subjects: await listSubjects(db, counts) };
}
