/** Words for what a decision about two entries changes: each part of an answer in one line, before and after. */
import type { RelatedPerson } from '../registry/answers/person-state.ts';
import type {
  AnswerPart,
  AnswerParts,
  ChangedEntry,
  ChangedField,
  DecisionEffects,
  FindingEffect,
  PersonName,
  PopulationPart,
} from '../registry/review/effects.ts';
import type { CommandContext } from './command.ts';
import { addressWords, type Labels } from './labels.ts';
import { personName } from './person.command.ts';
import { fields } from './table.ts';

type Words = { readonly [P in AnswerPart]: (value: NonNullable<AnswerParts[P]>, labels: Labels) => string };

const entry = (e: { readonly comune: string; readonly id_soggetto: string }): string =>
  `${e.comune}:${e.id_soggetto}`;
const people = (list: readonly RelatedPerson[]): string => list.map(personName).join('; ');
const parts = (...texts: readonly (string | null | undefined | false)[]): string =>
  texts.filter((text) => typeof text === 'string' && text !== '').join(', ');

const TITLES: Readonly<Record<AnswerPart, string>> = {
  schede: 'schede',
  parla: 'parla',
  generalita: 'generalità',
  residenza: 'residenza',
  famiglia: 'famiglia',
  famiglie: 'famiglie',
  stato_civile: 'stato civile',
  cittadinanza: 'cittadinanza',
  genitori: 'genitori',
  figli: 'figli',
  decesso: 'decesso',
  documento: 'documento',
  soggiorno: 'soggiorno',
  dichiarati: 'dichiarati',
  segnali: 'segnali',
  trasferimenti: 'trasferimenti',
};

const WORDS: Words = {
  schede: (list) => list.map(entry).join(' '),
  parla: entry,
  generalita: (g) =>
    parts([g.cognome, g.nome].filter(Boolean).join(' '), g.sesso, g.data_nascita, g.codice_fiscale),
  residenza: (r, labels) =>
    r.residente
      ? parts(labels.comune(r.comune), addressWords(r.indirizzo), `dal ${r.iscritto_dal}`)
      : 'non residente',
  famiglia: (f, labels) =>
    `${f.comune}:${f.id} (${labels.code(f.tipo === 'famiglia' ? 'T5' : 'T6', f.relazione)})`,
  famiglie: (list) =>
    list.map((f) => `${f.comune}:${f.id} dal ${f.dal}${f.al === null ? '' : ` al ${f.al}`}`).join('; '),
  stato_civile: (s, labels) =>
    parts(labels.code('T1', s.stato_civile), `dal ${s.dal}`, personName(s.coniuge)),
  cittadinanza: (c, labels) => parts(labels.state(c.cittadinanza), labels.state(c.altra_cittadinanza)),
  genitori: (g) =>
    parts(g.padre && `padre ${personName(g.padre)}`, g.madre && `madre ${personName(g.madre)}`),
  figli: people,
  decesso: (d, labels) => parts(d.data, labels.comune(d.comune)),
  documento: (d) => parts(d.tipo, d.numero),
  soggiorno: (s, labels) => parts(labels.code('T8', s.tipo), s.scadenza),
  dichiarati: (d) => parts(d.titolo_studio, d.posizione_professionale, d.condizione_non_professionale),
  segnali: (s, labels) =>
    parts(
      s.protetto && 'dati riservati',
      s.in_transito &&
        `in transito da ${labels.comune(s.in_transito.da)} verso ${labels.comune(s.in_transito.verso)}`,
      s.trasferimento_pendente && `trasferimento pendente da ${labels.comune(s.trasferimento_pendente.da)}`,
      s.doppia_residenza &&
        `doppia residenza, anche in ${s.doppia_residenza.anche.map((c) => labels.comune(c)).join(' e ')}`,
      s.decorrenze_diverse && 'decorrenze diverse',
      s.in_conflitto && 'deceduto in un registro e residente in un altro',
      s.data_incerta && 'data incerta',
    ),
  trasferimenti: (list, labels) =>
    list
      .map(
        (m) =>
          `${labels.comune(m.da) || '?'} → ${labels.comune(m.verso) || '?'} (cancellazione ${m.cancellazione ?? 'manca'}, iscrizione ${m.iscrizione ?? 'manca'})`,
      )
      .join('; '),
};

/** "prima → dopo" of one part; null where both read the same. */
function changeWords<P extends AnswerPart>(
  change: ChangedField<P>,
  labels: Labels,
): readonly [string, string] | null {
  const read = (value: AnswerParts[P] | null): string =>
    value === null || value === undefined ? '—' : WORDS[change.campo](value, labels) || '—';
  const [prima, dopo] = [read(change.prima), read(change.dopo)];
  return prima === dopo ? null : [TITLES[change.campo], `${prima}\n→ ${dopo}`];
}

const personWords = (p: PersonName): string => `${p.persona} (${p.schede.map(entry).join(', ')})`;

const populationWords = (p: PopulationPart): string =>
  `${p.totale} (M ${p.maschi}, F ${p.femmine}, stranieri ${p.stranieri}), iscrizioni doppie ${p.iscrizioni_doppie}`;

/** Entries of one person of whom the same is answered before and after, told once. */
function together(changes: readonly ChangedEntry[]): readonly (readonly ChangedEntry[])[] {
  const groups = Map.groupBy(changes, (c) => JSON.stringify([c.persona_prima, c.persona_dopo, c.campi]));
  return [...groups.values()];
}

function showEntries(context: CommandContext, labels: Labels, changes: readonly ChangedEntry[]): void {
  const { persona_prima, persona_dopo, campi } = changes[0]!;
  const person =
    persona_prima === persona_dopo
      ? (persona_dopo ?? '')
      : `${persona_prima ?? '—'} → ${persona_dopo ?? '—'}`;
  context.out.write(`\n${person}  ${changes.map((c) => entry(c.scheda)).join(' ')}\n`);
  const lines = campi.flatMap((c) => {
    const words = changeWords(c, labels);
    return words === null ? [] : [words];
  });
  context.out.write(fields(lines, context.out).replaceAll(/^(?=.)/gm, '    '));
}

function showFindings(
  context: CommandContext,
  title: string,
  findings: readonly FindingEffect[],
  english: boolean,
): void {
  if (findings.length === 0) return;
  context.out.write(`\n${title}\n`);
  for (const f of findings)
    context.out.write(
      `    ${f.genere.toLowerCase().replaceAll('_', ' ')}  ${f.comune}: ${english ? f.messaggio_en : f.messaggio}\n`,
    );
}

/** What a decision changes, before it is made or right after. */
export function showEffects(
  context: CommandContext,
  labels: Labels,
  effects: DecisionEffects,
  english: boolean,
): void {
  const list = (persons: readonly PersonName[]): string => persons.map(personWords).join('\n') || '—';
  const { prima, dopo } = effects.popolazione;
  context.out.write(
    fields(
      [
        ['persone prima / before', list(effects.persone_prima)],
        ['persone dopo / after', list(effects.persone_dopo)],
        ['residenti / residents', `${populationWords(prima)}\n→ ${populationWords(dopo)}`],
      ],
      context.out,
    ),
  );
  for (const changes of together(effects.cambiamenti)) showEntries(context, labels, changes);
  showFindings(context, 'Segnalazioni che si aprono / findings opened', effects.segnalazioni_aperte, english);
  showFindings(
    context,
    'Segnalazioni che si chiudono / findings closed',
    effects.segnalazioni_chiuse,
    english,
  );
}
