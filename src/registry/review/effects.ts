/**
 * What a decision changes, told as differences between what the register answers before and after it: of each entry's person
 * every part of the answer, moves, population, findings. Pure; the same for a preview and for what happened.
 */
import type { PersonAnswer } from '../answers/ask-person.ts';
import type { EntryFacts } from '../answers/facts.ts';
import type { StayAnswer } from '../answers/family.ts';
import type { EntryName } from '../answers/person-state.ts';
import type { PopulationCell } from '../answers/population.sql.ts';
import { type BySex, bySex } from '../answers/population.ts';
import { transfersOf } from '../answers/transfers.ts';
import type { ListedFinding } from '../reconciliation/listing.ts';

/** A person with all the entries that are theirs. */
export interface PersonName {
  readonly persona: string;
  readonly schede: readonly EntryName[];
}

/** A move, with the halves that came: a half that is null is awaited, or never was told. */
export interface MoveAnswer {
  readonly da: string | null;
  readonly verso: string | null;
  readonly cancellazione: string | null;
  readonly iscrizione: string | null;
}

/** Everything that the register answers of a person, as far as a decision may change it. */
export interface WholeAnswer {
  readonly person: PersonName;
  readonly state: PersonAnswer;
  readonly famiglie: readonly StayAnswer[];
  readonly trasferimenti: readonly MoveAnswer[];
}

/** What the register answers of some persons at an instant. */
export interface Survey {
  readonly people: readonly WholeAnswer[];
  readonly cells: readonly PopulationCell[];
}

/** The parts of an answer: all of it but the times at which it was asked. */
export type AnswerParts = Omit<PersonAnswer, 'persona' | 'al' | 'noto_al'> &
  Pick<WholeAnswer, 'famiglie' | 'trasferimenti'>;
export type AnswerPart = keyof AnswerParts;

/** A part that is otherwise; null: nothing was, or is, answered. */
export interface ChangedField<P extends AnswerPart = AnswerPart> {
  readonly campo: P;
  readonly prima: AnswerParts[P] | null;
  readonly dopo: AnswerParts[P] | null;
}

export interface ChangedEntry {
  readonly scheda: EntryName;
  readonly persona_prima: string | null;
  readonly persona_dopo: string | null;
  readonly campi: readonly ChangedField[];
}

/** The part that the persons concerned have in the counts of the province. */
export interface PopulationPart extends BySex {
  readonly stranieri: number;
  /** Open registrations less people (registry.md: a line of its own in every table). */
  readonly iscrizioni_doppie: number;
}

/** A finding that a decision opens or closes. */
export type FindingEffect = Pick<
  ListedFinding,
  'genere' | 'codice' | 'comune' | 'altro_comune' | 'persone' | 'giorno' | 'messaggio' | 'messaggio_en'
>;

export interface DecisionEffects {
  readonly persone_prima: readonly PersonName[];
  readonly persone_dopo: readonly PersonName[];
  /** By entry: what is answered of whoever asks by it. */
  readonly cambiamenti: readonly ChangedEntry[];
  readonly popolazione: { readonly prima: PopulationPart; readonly dopo: PopulationPart };
  readonly segnalazioni_aperte: readonly FindingEffect[];
  readonly segnalazioni_chiuse: readonly FindingEffect[];
}

export function movesOf(entries: readonly EntryFacts[]): MoveAnswer[] {
  // A half towards nobody knows where is no move between comuni.
  return transfersOf(entries)
    .filter(
      ({ departure, arrival }) => (departure ?? arrival)!.other !== null || (departure && arrival) !== null,
    )
    .map(({ departure, arrival }) => ({
      da: departure?.comune ?? arrival?.other ?? null,
      verso: arrival?.comune ?? departure?.other ?? null,
      cancellazione: departure?.date ?? null,
      iscrizione: arrival?.date ?? null,
    }))
    .sort((a, b) =>
      (a.cancellazione ?? a.iscrizione ?? '') < (b.cancellazione ?? b.iscrizione ?? '') ? -1 : 1,
    );
}

function populationPart(cells: readonly PopulationCell[]): PopulationPart {
  const people = bySex(cells, (c) => c.persone);
  const registrations = bySex(cells, (c) => c.iscrizioni);
  return { ...people, iscrizioni_doppie: registrations.totale - people.totale };
}

const nameKey = (e: EntryName): string => `${e.comune}:${e.id_soggetto}`;

const byEntry = (survey: Survey): Map<string, WholeAnswer> =>
  new Map(survey.people.flatMap((p) => p.person.schede.map((s) => [nameKey(s), p] as const)));

function partsOf(answer: WholeAnswer | undefined): Partial<AnswerParts> {
  if (answer === undefined) return {};
  const { noto_al: _noto, al: _al, persona: _persona, ...parts } = answer.state;
  return { ...parts, famiglie: answer.famiglie, trasferimenti: answer.trasferimenti };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

function changedEntry(
  scheda: EntryName,
  before: WholeAnswer | undefined,
  after: WholeAnswer | undefined,
): ChangedEntry {
  const [prima, dopo] = [partsOf(before), partsOf(after)];
  const names = [...new Set([...Object.keys(prima), ...Object.keys(dopo)])] as AnswerPart[];
  return {
    scheda,
    persona_prima: before?.person.persona ?? null,
    persona_dopo: after?.person.persona ?? null,
    campi: names
      .filter((campo) => !same(prima[campo], dopo[campo]))
      .map((campo) => ({ campo, prima: prima[campo] ?? null, dopo: dopo[campo] ?? null })),
  };
}

const shortFinding = (f: ListedFinding): FindingEffect => ({
  genere: f.genere,
  codice: f.codice,
  comune: f.comune,
  altro_comune: f.altro_comune,
  persone: f.persone,
  giorno: f.giorno,
  messaggio: f.messaggio,
  messaggio_en: f.messaggio_en,
});

/** @param findings those that the decision opened and closed */
export function effectsOf(
  before: Survey,
  after: Survey,
  findings: readonly ListedFinding[],
): DecisionEffects {
  const [then, now] = [byEntry(before), byEntry(after)];
  const schede = new Map(
    [...before.people, ...after.people].flatMap((p) => p.person.schede.map((s) => [nameKey(s), s] as const)),
  );
  const cambiamenti = [...schede]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, scheda]) => changedEntry(scheda, then.get(key), now.get(key)))
    .filter((c) => c.persona_prima !== c.persona_dopo || c.campi.length > 0);
  const shown = (stato: ListedFinding['stato']): FindingEffect[] =>
    findings.filter((f) => f.stato === stato).map(shortFinding);
  return {
    persone_prima: before.people.map((p) => p.person),
    persone_dopo: after.people.map((p) => p.person),
    cambiamenti,
    popolazione: { prima: populationPart(before.cells), dopo: populationPart(after.cells) },
    segnalazioni_aperte: shown('aperta'),
    segnalazioni_chiuse: shown('chiusa'),
  };
}
