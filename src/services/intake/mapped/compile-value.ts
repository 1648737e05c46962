/** Values and conditions of a mapping, made into functions of the row at hand. Linear in the length of the row; no pattern is run. */
import { type PartialDate, parsePartialDate } from '../../../kernel/day.ts';
import { findBirthPlaces } from '../../../reference/birth-places.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type { Words } from '../messages/message-rule.ts';
import { type CenturyRule, datesReader } from './dates.ts';
import type { Problem } from './mapping-problem.ts';
import type { FieldPlace, RowScope } from './row-scope.ts';
import type { Condition, Steps, TranslationSpec, Value } from './schema.ts';

/** Why a value cannot be had: the row is set aside (SIP-102), with the text as it was. */
export class ValueFault {
  readonly text: string;
  readonly why: Words;
  constructor(text: string, why: Words) {
    this.text = text;
    this.why = why;
  }
}

/** A value of the row at hand, '' for none; or why there is none. */
export type ReadValue = () => string | ValueFault;
export type ReadCondition = () => boolean;

export interface CompileContext {
  readonly scope: RowScope;
  readonly codici: Readonly<Record<string, TranslationSpec>>;
  readonly century: Pick<CenturyRule, 'notAfter'>;
  readonly reference: Reference;
}

/** A value with the fields that it is made of. */
export interface CompiledValue {
  readonly read: ReadValue;
  readonly fields: readonly FieldPlace[];
  /** A constant of the mapping that CSV must quote is in it. */
  readonly quoted: boolean;
}

const needsQuotes = (text: string): boolean => /[;"\r\n]/.test(text);

/** @throws MissingField, where the file has not what the mapping names */
export function compileValue(value: Value, context: CompileContext, path: Problem['path']): CompiledValue {
  const source = compileSource(value, context, path);
  const steps = compileSteps(value, context, path);
  const quoted =
    source.quoted ||
    [value.predefinito ?? '', value.riempi?.con ?? ''].some(needsQuotes) ||
    (value.codici !== undefined &&
      Object.values(context.codici[value.codici]?.valori ?? {}).some(needsQuotes));
  if (steps.length === 0) return { ...source, quoted };
  const { read } = source;
  return {
    fields: source.fields,
    quoted,
    read: () => {
      let text = read();
      for (let i = 0; i < steps.length; i++) {
        if (typeof text !== 'string') return text;
        text = steps[i]!(text);
      }
      return text;
    },
  };
}

function compileSource(value: Value, context: CompileContext, path: Problem['path']): CompiledValue {
  const { scope } = context;
  if (value.campo !== undefined) {
    const place = scope.place(value.campo, [...path, 'campo']);
    return { fields: [place], quoted: false, read: () => scope.text(place) };
  }
  if (value.costante !== undefined) {
    const { costante } = value;
    return { fields: [], quoted: needsQuotes(costante), read: () => costante };
  }
  if (value.unisci !== undefined) return joined(value, context, [...path, 'unisci']);
  if (value.primo !== undefined) {
    const all = value.primo.map((one, i) => compileValue(one, context, [...path, 'primo', i]));
    return together(all, () => {
      for (const { read } of all) {
        const text = read();
        if (text !== '') return text;
      }
      return '';
    });
  }
  return cases(value, context, path);
}

const together = (all: readonly CompiledValue[], read: ReadValue): CompiledValue => ({
  fields: all.flatMap(({ fields }) => fields),
  quoted: all.some(({ quoted }) => quoted),
  read,
});

function joined(value: Value, context: CompileContext, path: Problem['path']): CompiledValue {
  const separator = value.separatore ?? ' ';
  const all = (value.unisci ?? []).map((one, i) => compileValue(one, context, [...path, i]));
  const keeps = value.tieni_vuoti === true;
  const made = together(all, () => {
    let text = '';
    let some = false;
    for (let i = 0; i < all.length; i++) {
      const part = all[i]!.read();
      if (typeof part !== 'string') return part;
      if (part === '' && !keeps) continue;
      text += some || (keeps && i > 0) ? separator + part : part;
      some ||= part !== '';
    }
    return some ? text : '';
  });
  return needsQuotes(separator) ? { ...made, quoted: true } : made;
}

function cases(value: Value, context: CompileContext, path: Problem['path']): CompiledValue {
  const all = (value.casi ?? []).map(({ quando, valore }, i) => ({
    when: compileCondition(quando, context.scope, [...path, 'casi', i, 'quando']),
    value: compileValue(valore, context, [...path, 'casi', i, 'valore']),
  }));
  const other =
    value.altrimenti === undefined ? null : compileValue(value.altrimenti, context, [...path, 'altrimenti']);
  const values = all.map((one) => one.value);
  return together(other === null ? values : [...values, other], () => {
    for (const { when, value: then } of all) if (when()) return then.read();
    return other === null ? '' : other.read();
  });
}

type Step = (text: string) => string | ValueFault;

/** The steps in the order of the language, whatever the order in which they are written. */
function compileSteps(value: Steps, context: CompileContext, path: Problem['path']): Step[] {
  const steps: Step[] = [];
  const { taglia, parte, vuoto_se: empty, togli, riempi, predefinito } = value;
  if (taglia !== undefined) steps.push((text) => text.slice(taglia.from, taglia.to).trim());
  if (parte !== undefined) steps.push((text) => partOf(text, parte.separatore, parte.numero));
  if (empty !== undefined) {
    const none = new Set(empty);
    steps.push((text) => (none.has(text) ? '' : text));
  }
  if (togli !== undefined) {
    const removed = new Set(togli);
    steps.push((text) => [...text].filter((char) => !removed.has(char)).join(''));
  }
  if (value.maiuscole === true) steps.push((text) => text.toUpperCase());
  if (value.togli_zeri === true) steps.push(withoutZeros);
  if (riempi !== undefined) {
    const fill = riempi.con ?? '0';
    steps.push((text) => (text === '' ? '' : text.padStart(riempi.a, fill)));
  }
  if (value.data !== undefined)
    steps.push(dateStep(value.data, { pivot: value.secolo ?? null, ...context.century }));
  if (value.codici !== undefined) steps.push(translation(context.codici[value.codici]!));
  if (value.luogo !== undefined) {
    const on =
      value.alla_data === undefined
        ? null
        : compileValue(value.alla_data, context, [...path, 'alla_data']).read;
    steps.push(placeStep(value.luogo, on, context.reference));
  }
  if (predefinito !== undefined) steps.push((text) => (text === '' ? predefinito : text));
  return steps;
}

function partOf(text: string, separator: string, number: number): string {
  let from = 0;
  for (let n = 1; ; n++) {
    const at = text.indexOf(separator, from);
    if (n === number) return text.slice(from, at < 0 ? text.length : at).trim();
    if (at < 0) return '';
    from = at + separator.length;
  }
}

function withoutZeros(text: string): string {
  let at = 0;
  while (at < text.length - 1 && text.charCodeAt(at) === 48) at++;
  return at === 0 ? text : text.slice(at);
}

function dateStep(shapes: readonly string[], century: CenturyRule): Step {
  const read = datesReader(shapes, century);
  const told = shapes.join(', ');
  return (text) =>
    text === ''
      ? ''
      : (read(text) ??
        new ValueFault(text, [`non è una data ${told} che esista`, `it is not a date ${told} that exists`]));
}

function translation({ valori, altrimenti }: TranslationSpec): Step {
  const known = new Map(Object.entries(valori));
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (text === '' || altrimenti === 'vuoto') return '';
    if (altrimenti === 'conserva') return text;
    return new ValueFault(text, [
      'il valore non è tra quelli che la mappatura traduce',
      'the value is not one of those that the mapping translates',
    ]);
  };
}

/** Names repeat: a place is looked for once. */
const REMEMBERED = 20_000;

function placeStep(kind: 'comune' | 'stato', on: ReadValue | null, reference: Reference): Step {
  const known = new Map<string, string | ValueFault>();
  const own = kind === 'comune' ? 6 : 3;
  return (text) => {
    if (text === '' || (text.length === own && isDigits(text))) return text;
    const day = on === null ? '' : on();
    // A date at fault is told where it stands, not here.
    const date = typeof day === 'string' ? parsePartialDate(day) : null;
    const key = date === null ? text : `${text} ${date}`;
    let found = known.get(key);
    if (found === undefined) {
      found = placeCode(text, kind, date, reference);
      if (known.size >= REMEMBERED) known.clear();
      known.set(key, found);
    }
    return found;
  };
}

const isDigits = (text: string): boolean => [...text].every((char) => char >= '0' && char <= '9');

function placeCode(
  text: string,
  kind: 'comune' | 'stato',
  date: PartialDate | null,
  reference: Reference,
): string | ValueFault {
  const codes = new Set(
    findBirthPlaces(reference, text, date).flatMap((p) =>
      p.kind === kind && p.code !== null ? [p.code] : [],
    ),
  );
  const [only] = codes;
  if (codes.size === 1) return only!;
  const told = [...codes].slice(0, 5).join(', ');
  return codes.size === 0
    ? new ValueFault(text, [`nessun ${kind} ha questo codice o nome`, `no ${kind} has this code or name`])
    : new ValueFault(text, [`può essere più d’uno: ${told}`, `it may be several: ${told}`]);
}

/** @throws MissingField */
export function compileCondition(c: Condition, scope: RowScope, path: Problem['path']): ReadCondition {
  if (c.tutte !== undefined) {
    const all = c.tutte.map((one, i) => compileCondition(one, scope, [...path, 'tutte', i]));
    return () => all.every((holds) => holds());
  }
  if (c.almeno_una !== undefined) {
    const all = c.almeno_una.map((one, i) => compileCondition(one, scope, [...path, 'almeno_una', i]));
    return () => all.some((holds) => holds());
  }
  if (c.non !== undefined) {
    const holds = compileCondition(c.non, scope, [...path, 'non']);
    return () => !holds();
  }
  const place = scope.place(c.campo ?? '', [...path, 'campo']);
  const { uguale, diverso, tra, inizia, lunghezza, vuoto } = c;
  if (uguale !== undefined) return () => scope.text(place) === uguale;
  if (diverso !== undefined) return () => scope.text(place) !== diverso;
  if (tra !== undefined) {
    const known = new Set(tra);
    return () => known.has(scope.text(place));
  }
  if (lunghezza !== undefined) return () => scope.text(place).length === lunghezza;
  if (inizia !== undefined) return () => scope.text(place).startsWith(inizia);
  return () => (scope.text(place) === '') === (vuoto ?? true);
}
