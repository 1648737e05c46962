/** Lines of eventi.jsonl that many stories need, in the words of the page. */
import { arrival, type Line, type LineOptions, line } from './story.ts';

/** A girl of S1 and S2, born into F1. */
export const birth = (id: string, subject: string, on: string, change: Line = {}): Line =>
  line(id, 'NASCITA', on, {
    soggetto: arrival(subject, {
      cognome: 'ROSSI',
      nome: 'EVA',
      sesso: 'F',
      data_nascita: on,
      id_padre: 'S1',
      id_madre: 'S2',
      ...change,
    }),
    legame: { id_famiglia: 'F1', relazione: '3' },
  });

export const death = (
  id: string,
  subject: string,
  on: string,
  { data_morte, ...options }: LineOptions & { readonly data_morte?: string } = {},
): Line =>
  line(
    id,
    'MORTE',
    on,
    { id_soggetto: subject, comune_morte: '036023', ...(data_morte === undefined ? {} : { data_morte }) },
    options,
  );

/** Gone to Bologna, or where it is said. */
export const leaves = (id: string, on: string, who: string | readonly string[], more: Line = {}): Line =>
  line(id, 'CANCELLAZIONE', on, {
    motivo: '3',
    id_soggetti: typeof who === 'string' ? [who] : who,
    destinazione: { comune: '037006' },
    ...more,
  });

export const status = (
  id: string,
  on: string,
  subject: string,
  stato_civile: string,
  more: Line = {},
  registrazione = on,
): Line => line(id, 'STATO_CIVILE', on, { id_soggetto: subject, stato_civile, ...more }, { registrazione });

/** A street of a family: civico 1 of a via. */
export const via = (id_famiglia: string, toponimo: string, more: Line = {}): Line => ({
  id_famiglia,
  specie: 'VIA',
  toponimo,
  civico: '1',
  ...more,
});

/** A family moves whole. */
export const moves = (
  id: string,
  on: string,
  family: string,
  toponimo: string,
  options: LineOptions = {},
): Line =>
  line(id, 'CAMBIO_ABITAZIONE', on, { id_famiglia: family, famiglia: via(family, toponimo) }, options);

/** Single persons move into a new family of their own, the first as its head. */
export const movesOut = (
  id: string,
  on: string,
  who: readonly string[],
  family: string,
  toponimo: string,
): Line =>
  line(id, 'CAMBIO_ABITAZIONE', on, {
    id_soggetti: who,
    legami: who.map((id_soggetto, i) => ({ id_soggetto, relazione: i === 0 ? '1' : '3' })),
    famiglia: via(family, toponimo),
  });

/** Somebody comes from elsewhere into a new family. */
export const arrives = (
  id: string,
  on: string,
  subject: string,
  family: string,
  change: Line = {},
  more: Line = {},
  options: LineOptions = {},
): Line =>
  line(
    id,
    'ISCRIZIONE',
    on,
    {
      motivo: '3',
      provenienza: { comune: '037006' },
      famiglia: via(family, 'NUOVA', { motivo: '2' }),
      soggetti: [{ ...arrival(subject, change), legame: { id_famiglia: family, relazione: '1' } }],
      ...more,
    },
    options,
  );
