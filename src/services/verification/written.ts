/**
 * A declaration written as names and values (`comune=036005 via="via Emilia" civico=12`): on the command line, and in the columns of a file. One reading for
 * both. What is wrong is told by the name under which it was written. Pure.
 */
import type { z } from 'zod';
import { DECLARATION, type Declaration, NAMED_PERSON, type NamedPerson } from './declaration.ts';

/** Members of a declaration that stand one level down. */
const NESTED: Readonly<Record<string, string>> = {
  via: 'indirizzo',
  civico: 'indirizzo',
  scala: 'indirizzo',
  piano: 'indirizzo',
  interno: 'indirizzo',
};
/** Members that name somebody: a code, or COGNOME/NOME/NASCITA. */
const PERSONS: ReadonlySet<string> = new Set(['coniuge', 'figlio', 'parente']);
const YES: ReadonlySet<string> = new Set(['si', 'sì', 'true', '1', 's', 'x']);
const NO: ReadonlySet<string> = new Set(['no', 'false', '0', 'n', '']);

export interface WrittenFault {
  /** The name under which it was written; "oggetto" where it is what is declared. */
  readonly nome: string;
  readonly it: string;
  readonly en: string;
}

export type ReadDeclaration =
  | { readonly kind: 'read'; readonly declared: Declaration }
  | { readonly kind: 'wrong'; readonly faults: readonly WrittenFault[] };

/** "RSSMRA74A01F257X", or "ROSSI/MARIO/1974". */
export function writtenPerson(text: string): Record<string, string> {
  const [cognome = '', nome = '', data] = text.split('/').map((part) => part.trim());
  if (nome === '') return { codice_fiscale: cognome.toUpperCase() };
  return { cognome, nome, ...(data === undefined || data === '' ? {} : { data_nascita: data }) };
}

/** "CODICE", or "CODICE:relazione". */
function writtenMember(text: string): unknown {
  const [who = '', relazione] = text.split(':');
  return {
    persona: writtenPerson(who.trim()),
    ...(relazione === undefined ? {} : { relazione: relazione.trim() }),
  };
}

const fault = (nome: string, it: string, en: string): WrittenFault => ({ nome, it, en });

/** Reads what is declared. @param written names with their values, in order; "componente" may come again */
export function readWritten(oggetto: string, written: Iterable<readonly [string, string]>): ReadDeclaration {
  const value: Record<string, unknown> = { oggetto };
  const componenti: unknown[] = [];
  const faults: WrittenFault[] = [];
  for (const [name, text] of written) {
    const nested = NESTED[name];
    if (nested !== undefined) value[nested] = { ...(value[nested] as object | undefined), [name]: text };
    else if (name === 'componente') componenti.push(writtenMember(text));
    else if (PERSONS.has(name)) value[name] = writtenPerson(text);
    else if (name === 'non') {
      const word = text.trim().toLowerCase();
      if (YES.has(word) || NO.has(word)) value['non'] = YES.has(word);
      else faults.push(fault('non', '«si» o «no»', '"si" (yes) or "no"'));
    } else value[name] = text;
  }
  if (oggetto === 'stato_di_famiglia') value['componenti'] = componenti;
  const read = DECLARATION.safeParse(value);
  if (read.success && faults.length === 0) return { kind: 'read', declared: read.data };
  const wrong = read.success ? [] : faultsOf(read.error, value);
  return { kind: 'wrong', faults: [...faults, ...wrong] };
}

/** The person whom a declaration is about. */
export function readWrittenPerson(
  value: Readonly<Record<string, string>>,
):
  | { readonly kind: 'read'; readonly persona: NamedPerson }
  | { readonly kind: 'wrong'; readonly faults: readonly WrittenFault[] } {
  const read = NAMED_PERSON.safeParse(value);
  if (read.success) return { kind: 'read', persona: read.data };
  return { kind: 'wrong', faults: faultsOf(read.error, value) };
}

/** One for each name, the one that says what was expected. */
function faultsOf(error: z.ZodError, value: Readonly<Record<string, unknown>>): WrittenFault[] {
  const byName = new Map<string, WrittenFault>();
  for (const issue of error.issues) {
    const found = faultOf(issue, value);
    byName.set(found.nome, found);
  }
  return [...byName.values()].slice(0, 5);
}

function faultOf(issue: z.core.$ZodIssue, value: Readonly<Record<string, unknown>>): WrittenFault {
  const [first, second] = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const extra = issue.keys.join(', ');
    return fault(
      first === 'indirizzo' || first === undefined ? extra : first,
      `non serve per «${value['oggetto']}»: lasciare vuoto`,
      `is not wanted for "${value['oggetto']}": leave it empty`,
    );
  }
  if (first === undefined)
    return fault('codice_fiscale', issue.message, 'codice fiscale, or surname and name');
  const nome = first === 'indirizzo' ? (second ?? 'via') : first === 'componenti' ? 'componente' : first;
  if (first === 'oggetto' || issue.code === 'invalid_union')
    return fault('oggetto', 'non è tra gli oggetti previsti', 'is none of the foreseen matters');
  const given = first === 'indirizzo' ? (value['indirizzo'] as object | undefined) : value;
  const told = given !== undefined && (nome in given || nome === 'componente');
  if (issue.code === 'invalid_type' && !told)
    return fault(
      nome,
      `manca, ed è necessario per «${value['oggetto']}»`,
      `is missing, and needed for "${value['oggetto']}"`,
    );
  if (issue.code === 'too_small' || issue.code === 'too_big')
    return fault(nome, 'è vuoto o troppo lungo', 'is empty or too long');
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String).join(', ');
    return fault(nome, `dev’essere uno tra: ${allowed}`, `must be one of: ${allowed}`);
  }
  return fault(nome, `atteso: ${issue.message}`, `expected: ${issue.message}`);
}
