/** SCHEDA: every row of one person or one family, as arrays named like the files (tracciato.md 3). */
import type { Day } from '../../../kernel/day.ts';
import type { SchedaData } from '../../../registry/events/event-records.ts';
import type { Json } from '../archive/jsonl.ts';
import {
  CITTADINANZE,
  CONVIVENZE,
  FAMIGLIE,
  type FileSpec,
  GENERALITA,
  ISCRIZIONI,
  LEGAMI,
  RESIDENZE,
  SOGGETTI,
  STATI_CIVILI,
} from '../rows/file-specs.ts';
import {
  readCittadinanza,
  readGeneralita,
  readIscrizione,
  readLegame,
  readResidenza,
  readStatoCivile,
} from '../rows/form-histories.ts';
import { readConvivenza, readFamiglia } from '../rows/form-households.ts';
import type { RowForm } from '../rows/row-form.ts';
import type { EventReader } from './event-keys.ts';
import { finishSubject } from './event-rows.ts';
import { checkCard } from './scheda-checks.ts';

const LISTS = [
  'soggetti',
  'famiglie',
  'convivenze',
  'legami',
  'residenze',
  'iscrizioni',
  'stati_civili',
  'cittadinanze',
  'generalita',
];

/** A list of rows; null where it was not given: it asserts nothing. */
function rows<T extends object>(
  r: EventReader,
  dati: Json,
  key: string,
  spec: FileSpec,
  read: (form: RowForm) => T,
): T[] | null {
  if (dati[key] === undefined || dati[key] === null) return null;
  return r.objects(dati, key, false).map((object, i) => {
    const form = r.row(spec, object);
    const record = read(form);
    r.settle(form, typeof object['id_soggetto'] === 'string' ? object['id_soggetto'] : undefined);
    // The rows of one list are told apart by their place in it.
    return { ...record, riga: i + 1 };
  });
}

/** The row with the subject it speaks of, which is its first column. */
const owned =
  <T extends object>(read: (form: RowForm) => T) =>
  (form: RowForm): T & { readonly id_soggetto: string } => {
    form.require(0);
    return { ...read(form), id_soggetto: form.cells[0]! };
  };

export function readScheda(
  r: EventReader,
  dati: Json,
  { situazioneAl }: { readonly situazioneAl: Day },
): SchedaData | null {
  r.checkKeys(dati, null, LISTS);
  const soggetti = r
    .objects(dati, 'soggetti', false)
    .flatMap((object) => finishSubject(r, r.row(SOGGETTI, object), situazioneAl) ?? []);
  const scheda: SchedaData = {
    soggetti,
    famiglie: rows(r, dati, 'famiglie', FAMIGLIE, readFamiglia),
    convivenze: rows(r, dati, 'convivenze', CONVIVENZE, readConvivenza),
    legami: rows(r, dati, 'legami', LEGAMI, owned(readLegame)),
    residenze: rows(r, dati, 'residenze', RESIDENZE, owned(readResidenza)),
    iscrizioni: rows(r, dati, 'iscrizioni', ISCRIZIONI, owned(readIscrizione)),
    stati_civili: rows(r, dati, 'stati_civili', STATI_CIVILI, owned(readStatoCivile)),
    cittadinanze: rows(r, dati, 'cittadinanze', CITTADINANZE, owned(readCittadinanza)),
    generalita: rows(r, dati, 'generalita', GENERALITA, owned(readGeneralita)),
  };
  r.checkRepeated(
    soggetti.map((s) => s.id_soggetto),
    'id_soggetto',
  );
  for (const [campo, list] of [
    ['id_famiglia', scheda.famiglie],
    ['id_convivenza', scheda.convivenze],
  ] as const)
    r.checkRepeated(
      (list ?? []).map((h) => h.id),
      campo,
    );
  const { soggetti: _, ...others } = scheda;
  const told = soggetti.length > 0 || Object.values(others).some((list) => list !== null);
  if (!told && r.faults.length === 0) r.fault('soggetti', '', ['la scheda è vuota', 'the card is empty']);
  if (r.faults.length === 0) checkCard(r, scheda);
  return scheda;
}
