/**
 * One cell of a story's table: "S1.casa" is the street where S1 of comune A lives, "B:S1.casa" the same of comune B, "F1.membri"
 * who is in the family. What is not so is "-"; what is only possible ends in "?".
 */

import { AppError } from '../../src/kernel/app-error.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { askHousehold } from '../../src/registry/answers/ask-family.ts';
import { askHistory } from '../../src/registry/answers/ask-history.ts';
import { askPerson, type PersonAnswer, type When } from '../../src/registry/answers/ask-person.ts';
import type { FamilyState } from '../../src/registry/answers/family.ts';
import type { Kinship } from '../../src/registry/answers/kinship.ts';
import type { RelatedPerson } from '../../src/registry/answers/person-state.ts';
import { askPopulation } from '../../src/registry/answers/population.ts';

/** Comuni of the stories: Bastiglia, Bomporto, Campogalliano. */
export const COMUNI: Readonly<Record<string, string>> = {
  A: '036001',
  B: '036002',
  C: '036003',
  D: '036004',
};

const short = (code: string | undefined): string =>
  Object.entries(COMUNI).find(([, comune]) => comune === code)?.[0] ?? code ?? '-';
const maybe = (text: string, certezza: string | undefined): string =>
  certezza === 'possibile' ? `${text}?` : text;
const words = (...parts: (string | null | undefined)[]): string =>
  parts.filter((p) => p != null && p !== '').join(' ') || '-';
const named = (p: RelatedPerson | null): string =>
  p === null
    ? '-'
    : words(p.cognome, p.nome) === '-'
      ? (p.id_soggetto ?? p.codice_fiscale ?? '-')
      : words(p.cognome, p.nome);

function flags({ segnali: s }: PersonAnswer): string {
  const told = [
    s.in_transito !== null && `in transito ${short(s.in_transito.da)}>${short(s.in_transito.verso)}`,
    s.trasferimento_pendente !== null && 'trasferimento pendente',
    s.doppia_residenza !== null && 'doppia residenza',
    s.decorrenze_diverse && 'decorrenze diverse',
    s.in_conflitto && 'in conflitto',
    s.protetto && 'riservato',
  ];
  return told.filter((t) => t !== false).join(', ') || '-';
}

/** "3", or "99(3)" where nobody heads the family and 3 was declared last. */
const kin = ({ relazione, ultima_dichiarata }: Kinship): string =>
  ultima_dichiarata === undefined ? relazione : `${relazione}(${ultima_dichiarata})`;

const PERSON: Readonly<Record<string, (p: PersonAnswer) => string>> = {
  casa: ({ residenza: r }) =>
    !r.residente
      ? '-'
      : maybe(r.senza_fissa_dimora ? 'senza fissa dimora' : (r.indirizzo?.toponimo ?? 'ignota'), r.certezza),
  dove: ({ residenza: r }) => (r.residente ? maybe(short(r.comune), r.certezza) : '-'),
  iscritto: ({ residenza: r }) => r.iscritto_dal ?? '-',
  famiglia: ({ famiglia: f }) => (f === null ? '-' : `${f.id}/${kin(f)}`),
  stato: ({ stato_civile: s }) =>
    s === null
      ? '-'
      : maybe(
          s.coniuge == null
            ? s.stato_civile
            : `${s.stato_civile}+${s.coniuge.id_soggetto ?? s.coniuge.codice_fiscale}`,
          s.certezza,
        ),
  cittadinanza: ({ cittadinanza: c }) =>
    c === null ? '-' : [c.cittadinanza, c.altra_cittadinanza].filter((x) => x !== null).join('/'),
  nome: ({ generalita: g }) => words(g?.cognome, g?.nome),
  sesso: ({ generalita: g }) => g?.sesso ?? '-',
  nascita: ({ generalita: g }) => g?.data_nascita ?? '-',
  eta: ({ generalita: g }) => String(g?.eta ?? '-'),
  cf: ({ generalita: g }) => words(g?.codice_fiscale, g?.validita_cf === '9' ? '(9)' : null),
  padre: ({ genitori }) => named(genitori.padre),
  madre: ({ genitori }) => named(genitori.madre),
  figli: ({ figli }) => figli.map(named).join(', ') || '-',
  morte: ({ decesso: d }) => (d === null ? '-' : maybe(d.data, d.certezza)),
  documento: ({ documento: d }) => (d === null ? '-' : words(d.tipo, d.numero)),
  soggiorno: ({ soggiorno: s }) => (s === null ? '-' : words(s.tipo, s.scadenza)),
  segnali: flags,
  persona: (p) => p.persona,
  schede: (p) => p.schede.map((s) => `${short(s.comune)}:${s.id_soggetto}`).join(', '),
};

function members(f: FamilyState): string {
  const told = f.componenti.map((m) => {
    const acting = f.facente_funzione === true && m.id_soggetto === f.id_intestatario ? '*' : '';
    const last = m.ultima_dichiarata === undefined ? '' : `(${m.ultima_dichiarata})`;
    return maybe(`${m.id_soggetto}${acting}/${m.relazione}${last}`, m.certezza);
  });
  return told.join(', ') || (f.dal === null ? '-' : 'nessuno');
}

const HOUSEHOLD: Readonly<Record<string, (f: FamilyState) => string>> = {
  membri: members,
  via: (f) => (f.dal === null ? '-' : (f.indirizzo?.toponimo ?? '-')),
  chiusa: (f) => f.fino_al ?? '-',
  nome: (f) => f.denominazione ?? '-',
};

/** Kinds of fact that the history of a person tells, as known then: what a seal hides is not among them. */
async function namesTold(db: Database, comune: string, id: string, when: When): Promise<string> {
  const { fatti } = await askHistory(db, { kind: 'number', comune, id_soggetto: id }, when, true);
  const names = fatti
    .filter((f) => f.genere === 'identities')
    .map((f) => words(String(f.valore['cognome']), String(f.valore['nome'])));
  return [...new Set(names)].join(', ');
}

/** Residents of a comune; people, of the province. */
async function residents(db: Database, comune: string | null, when: When): Promise<string> {
  const { residenti: r } = await askPopulation(db, comune, when.al, when.notoAl);
  return `${r.maschi}M ${r.femmine}F ${r.stranieri} stranieri`;
}

export async function answerCell(db: Database, column: string, when: When): Promise<string> {
  const [subject = '', what = ''] = column.split('.');
  const [first, second] = subject.split(':');
  const comune = COMUNI[second === undefined ? 'A' : first!]!;
  const id = second ?? first!;
  try {
    if (what === 'residenti') return await residents(db, COMUNI[id] ?? null, when);
    if (what === 'nomi') return await namesTold(db, comune, id, when);
    if (id.startsWith('F') || id.startsWith('C')) {
      const tipo = id.startsWith('F') ? 'famiglia' : 'convivenza';
      return HOUSEHOLD[what]!(await askHousehold(db, { comune, tipo, id }, when));
    }
    const answer = PERSON[what];
    if (answer === undefined) throw new RangeError(`no such column of a story: ${column}`);
    return answer(await askPerson(db, { kind: 'number', comune, id_soggetto: id }, when));
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return 'ignoto';
    throw error;
  }
}
