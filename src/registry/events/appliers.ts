/** One applier for each operation: a new kind does not compile until it is handled here. */

import { type AnyContext, type Applied, type Applier, applied, refused } from './applier.ts';
import { applyIscrizione, applyNascita } from './arriving.ts';
import { applyConvivenza } from './convivenze.ts';
import type { EventRecord, Operazione } from './event-records.ts';
import { applyCancellazione, applyMorte } from './leaving.ts';
import { applyCambioAbitazione, applyFamiglia } from './moving.ts';
import { applyScheda } from './scheda.ts';
import {
  applyCittadinanza,
  applyDocumento,
  applyGeneralita,
  applyGenitori,
  applyRiservatezza,
  applySoggiorno,
  applyStatoCivile,
} from './status.ts';
import { applyTerritorio } from './territory.ts';
import { strayFault, straying } from './within-life.ts';

/** Nobody moves: a renaming is laid out over every address that it finds (renames.ts). */
const applyToponomastica: Applier<'TOPONOMASTICA'> = () => applied({});

const APPLIERS: { readonly [O in Operazione]: Applier<O> } = {
  NASCITA: applyNascita,
  ISCRIZIONE: applyIscrizione,
  MORTE: applyMorte,
  CANCELLAZIONE: applyCancellazione,
  CAMBIO_ABITAZIONE: applyCambioAbitazione,
  FAMIGLIA: applyFamiglia,
  CONVIVENZA: applyConvivenza,
  STATO_CIVILE: applyStatoCivile,
  CITTADINANZA: applyCittadinanza,
  GENERALITA: applyGeneralita,
  GENITORI: applyGenitori,
  DOCUMENTO: applyDocumento,
  SOGGIORNO: applySoggiorno,
  RISERVATEZZA: applyRiservatezza,
  SCHEDA: applyScheda,
  TOPONOMASTICA: applyToponomastica,
  TERRITORIO: applyTerritorio,
};

/** An event that says something of its own: new, or a correction with its whole content. */
export type EventWithData = Exclude<EventRecord, { readonly tipo: 'A' }>;

/** Judges an event against the register as it stands, changing nothing. */
export function applyEvent(ctx: Omit<AnyContext, 'event'> & { readonly event: EventWithData }): Applied {
  // The table pairs each operation with its own applier; the compiler cannot follow the pairing through the union.
  const applier = APPLIERS[ctx.event.operazione] as (ctx: AnyContext) => Applied;
  const result = applier(ctx);
  if ('faults' in result) return result;
  const codice = ctx.event.operazione === 'SCHEDA' ? 'SIP-109' : 'SIP-204';
  const strays = straying(ctx.register, result.changes);
  return strays.length > 0 ? refused(...strays.map((stray) => strayFault(codice, stray))) : result;
}
