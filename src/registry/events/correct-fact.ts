/** A correction or annulment of what came with a full supply, made of the register as it should have been (tracciato.md 3, R and A). */
import type { SoggettoRecord } from '../claims/records.ts';
import { sourceRow } from '../claims/source-row.ts';
import type { EventFault } from './applier.ts';
import type { EventWithData } from './appliers.ts';
import type { Step } from './refold-window.ts';
import { hasData } from './stored-event.ts';
import { correctSupplyFact, rowMended } from './supply-fact.ts';
import {
  endedFact,
  familiesMoved,
  familiesReopened,
  movingOn,
  survivorMoved,
  survivorTold,
} from './supply-fact-around.ts';
import { strayFault, straying } from './within-life.ts';
import type { Changes, WorkingRegister } from './working-register.ts';

/** The row of the subject in the event that would have brought him. */
function rowTold(event: EventWithData, idSoggetto: string): SoggettoRecord | undefined {
  if (event.operazione === 'NASCITA') return event.dati.soggetto;
  if (event.operazione !== 'ISCRIZIONE') return undefined;
  return event.dati.soggetti.find((s) => s.soggetto.id_soggetto === idSoggetto)?.soggetto;
}

/** The columns of a registration that a row gives. */
const registered = (row: SoggettoRecord): object => ({
  motivo_iscrizione: row.motivo_iscrizione,
  ...(row.comune_provenienza === null && row.stato_provenienza === null
    ? {}
    : { comune_provenienza: row.comune_provenienza, stato_provenienza: row.stato_provenienza }),
});

/** The values that a correction gives to a fact of a full supply, under the register's names. */
function correctedValue(event: EventWithData, idSoggetto: string): object {
  switch (event.operazione) {
    case 'MORTE':
      return { comune_morte: event.dati.comune_morte, stato_morte: event.dati.stato_morte };
    case 'CANCELLAZIONE':
      return {
        motivo_cancellazione: event.dati.motivo,
        comune_destinazione: event.dati.destinazione?.comune ?? null,
        stato_destinazione: event.dati.destinazione?.stato ?? null,
      };
    case 'STATO_CIVILE': {
      const { stato_civile, id_coniuge, cf_coniuge, atto } = event.dati;
      return { stato_civile, id_coniuge, cf_coniuge, atto };
    }
    case 'CITTADINANZA': {
      const { cittadinanza, altra_cittadinanza } = event.dati;
      return {
        stato: cittadinanza,
        ...(altra_cittadinanza === undefined ? {} : { altra: altra_cittadinanza }),
      };
    }
    case 'NASCITA':
    case 'ISCRIZIONE': {
      const row = rowTold(event, idSoggetto);
      return row === undefined ? {} : registered(row);
    }
    case 'GENERALITA':
    case 'GENITORI':
      return event.dati.columns;
    case 'DOCUMENTO':
    case 'SOGGIORNO':
      return Object.fromEntries(
        Object.entries(event.dati.columns).map(([k, v]) => [k.replace(/^(documento|soggiorno)_/, ''), v]),
      );
    case 'RISERVATEZZA':
      return { protetto: event.dati.riservatezza };
    case 'CAMBIO_ABITAZIONE':
      return event.dati.famiglia.indirizzo === null
        ? {}
        : { follows: null, address: event.dati.famiglia.indirizzo };
    default:
      return {};
  }
}

/** @returns why it does not apply: nothing (SIP-205) where there is no such fact any more */
export function correctFact(register: WorkingRegister, step: Step): readonly EventFault[] | null {
  const { record, root, eventId } = step.content;
  const { riferimento } = record;
  if (root === null || riferimento === null || 'id_evento' in riferimento) return [];
  const entry = register.entry(riferimento.id_soggetto);
  if (entry === undefined) return [];
  const corrected = hasData(record)
    ? {
        eventId,
        source: sourceRow('eventi.jsonl', record.riga),
        from: record.operazione === 'MORTE' ? record.dati.data_morte : record.decorrenza,
        value: correctedValue(record, riferimento.id_soggetto),
      }
    : null;
  const next = correctSupplyFact(
    entry,
    root.eventId,
    riferimento.fatto,
    riferimento.dal,
    step.annuls ? null : corrected,
  );
  if (next === undefined) return [];
  const row = hasData(record) && !step.annuls ? rowTold(record, riferimento.id_soggetto) : undefined;
  const mended =
    row !== undefined && corrected !== null
      ? rowMended(next, row, root.eventId, corrected)
      : riferimento.fatto === 'CAMBIO_ABITAZIONE'
        ? movingOn(register, entry, next, root.eventId, riferimento.dal)
        : next;
  const ended = endedFact(entry, root.eventId, riferimento.fatto, riferimento.dal);
  const survivor = ended === undefined ? undefined : survivorTold(register, ended);
  const to = step.annuls || corrected === null ? null : corrected.from;
  const changes: Changes = {
    newEntries: [],
    newHouseholds: [],
    entries: [],
    households: [],
    replacedEntries: [
      mended,
      ...(ended === undefined || survivor === undefined ? [] : [survivorMoved(survivor, ended, to)]),
    ],
    replacedHouseholds:
      ended === undefined ? familiesMoved(register, entry, mended) : familiesReopened(register, ended),
  };
  const strays = straying(register, changes);
  if (strays.length > 0) return strays.map((stray) => strayFault('SIP-204', stray));
  register.commit(changes, eventId);
  return null;
}
