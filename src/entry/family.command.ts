/** `sipop family`: a person's family (or convivenza) on a day, the one of origin and the next ones. */
import { askFamily, askHousehold, type PersonFamily } from '../registry/answers/ask-family.ts';
import type { FamilyState } from '../registry/answers/family.ts';
import type { HouseholdName } from '../registry/answers/person-state.ts';
import { answer, comuneOption, personKeyOption, soughtOf, whenWords } from './ask.ts';
import type { Subject } from './audited.ts';
import type { CommandContext } from './command.ts';
import { addressWords, kinshipWords, type Labels, labelsOf } from './labels.ts';
import { ACTING, type AskOptions, parseOptions, usageError } from './options.ts';
import { fields, table } from './table.ts';

function showFamily(state: FamilyState, context: CommandContext, labels: Labels): void {
  const id = state.id_famiglia ?? state.id_convivenza;
  context.out.write(
    `${state.tipo} ${state.comune}:${id}${state.denominazione === null ? '' : `  ${state.denominazione}`}\n${whenWords(state.al, state.noto_al)}\n\n`,
  );
  context.out.write(
    fields(
      [
        ['comune', labels.comune(state.comune)],
        ['indirizzo', state.senza_fissa_dimora ? 'senza fissa dimora' : addressWords(state.indirizzo)],
        [
          state.tipo === 'famiglia' ? 'intestatario' : 'responsabile',
          state.facente_funzione
            ? `nessuno indicato: ne fa le funzioni ${state.intestatario ?? state.id_intestatario}`
            : null,
        ],
        ['dal', state.dal],
        ['fino al', state.fino_al],
      ],
      context.out,
    ),
  );
  context.out.write(state.componenti.length === 0 ? '\nnessun componente\n' : '\n');
  if (state.componenti.length === 0) return;
  context.out.write(
    table(
      state.componenti,
      [
        {
          title: 'relazione',
          text: (m) => kinshipWords(m, state.tipo, labels),
        },
        { title: 'cognome e nome', text: (m) => [m.cognome, m.nome].filter(Boolean).join(' ') },
        { title: 'codice fiscale', text: (m) => m.codice_fiscale },
        { title: 'nascita', text: (m) => m.data_nascita },
        { title: 'scheda', text: (m) => `${state.comune}:${m.id_soggetto}` },
        { title: 'dal', text: (m) => m.dal },
        { title: 'certezza', text: (m) => (m.certezza === 'possibile' ? 'possibile' : null) },
      ],
      context.out,
    ),
  );
}

function showPersonFamily(answered: PersonFamily, context: CommandContext, labels: Labels): void {
  const { persona, famiglia, famiglie } = answered;
  if (famiglia === null)
    context.out.write(
      `${persona.persona}  ${[persona.generalita?.cognome, persona.generalita?.nome].filter(Boolean).join(' ')}: in nessuna famiglia o convivenza\n${whenWords(persona.al, persona.noto_al)}\n`,
    );
  else showFamily(famiglia, context, labels);
  if (famiglie.length === 0 || (famiglie.length < 2 && famiglia !== null)) return;
  context.out.write('\nfamiglie della persona, nel tempo\n');
  context.out.write(
    table(
      famiglie,
      [
        { title: 'dal', text: (f) => f.dal },
        { title: 'al', text: (f) => f.al },
        { title: 'famiglia', text: (f) => `${f.comune}:${f.id}` },
        { title: 'relazione', text: (f) => labels.code(f.tipo === 'famiglia' ? 'T5' : 'T6', f.relazione) },
      ],
      context.out,
    ),
  );
}

/** --famiglia or --convivenza COMUNE:ID; null where neither is given. @throws AppError usage */
function householdOption(options: AskOptions, labels: Labels): HouseholdName | null {
  for (const tipo of ['famiglia', 'convivenza'] as const) {
    const text = options.value(tipo);
    if (text === undefined) continue;
    const colon = text.indexOf(':');
    if (colon > 0)
      return {
        comune: comuneOption(labels, 'family', text.slice(0, colon)),
        tipo,
        id: text.slice(colon + 1),
      };
    throw usageError(
      'family',
      `--${tipo} si scrive COMUNE:IDENTIFICATIVO, per esempio 036042:90000039`,
      `--${tipo} is written COMUNE:IDENTIFIER, such as 036042:90000039`,
    );
  }
  return null;
}

const membersOf = ({ comune, componenti }: FamilyState): Subject[] =>
  componenti.map(({ id_soggetto }) => ({ comune, id_soggetto }));

export async function familyCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('family', context.args, { values: ['famiglia', 'convivenza', ...ACTING] });
  const labels = labelsOf(context);
  const household = householdOption(options, labels);
  if (household !== null)
    return answer(
      context,
      options,
      (app, when) => askHousehold(app.db, household, when),
      { operation: 'familyRead', subjects: membersOf },
      (state) => showFamily(state, context, labels),
    );
  const key = personKeyOption('family', options);
  return answer(
    context,
    options,
    (app, when) => askFamily(app.db, key, when),
    {
      operation: 'familyRead',
      sought: soughtOf(key),
      subjects: ({ persona, famiglia }) => [
        persona.persona,
        ...(famiglia === null ? [] : membersOf(famiglia)),
      ],
    },
    (answered) => showPersonFamily(answered, context, labels),
  );
}
