/** Form of a row of famiglie.csv or convivenze.csv (tracciato.md 2). */
import type { HouseholdRecord } from '../../../registry/claims/records.ts';
import { columnsOf } from './columns.ts';
import { CONVIVENZE, FAMIGLIE } from './file-specs.ts';
import { readAddress } from './form-address.ts';
import type { RowForm } from './row-form.ts';

export const F = columnsOf(FAMIGLIE, ['id_famiglia', 'dal', 'al', 'motivo', 'id_intestatario', 'specie']);
export const C = columnsOf(CONVIVENZE, [
  'id_convivenza',
  'specie_convivenza',
  'denominazione',
  'id_responsabile',
  'dal',
  'al',
  'specie',
]);

/** The record of the row at hand; to be used only where `f.faults` is empty. */
export function readFamiglia(f: RowForm): HouseholdRecord {
  f.require(F.id_famiglia);
  f.require(F.dal);
  return {
    riga: f.riga,
    kind: 'famiglia',
    id: f.text(F.id_famiglia)!,
    dal: f.date(F.dal)!,
    al: f.day(F.al),
    motivo: f.code(F.motivo, 'T26', 'EC004'),
    denominazione: null,
    id_intestatario: f.text(F.id_intestatario),
    indirizzo: readAddress(f, F.specie),
  };
}

/** The same of a convivenza. */
export function readConvivenza(f: RowForm): HouseholdRecord {
  f.require(C.id_convivenza);
  f.require(C.specie_convivenza);
  f.require(C.denominazione);
  f.require(C.dal);
  return {
    riga: f.riga,
    kind: 'convivenza',
    id: f.text(C.id_convivenza)!,
    dal: f.date(C.dal)!,
    al: f.day(C.al),
    motivo: f.code(C.specie_convivenza, 'T27', 'EC005'),
    denominazione: f.text(C.denominazione),
    id_intestatario: f.text(C.id_responsabile),
    indirizzo: readAddress(f, C.specie),
  };
}
