/** `sipop person`: who somebody is, where, with whom and in which state, on a day, as known when. */
import { parseDay } from '../kernel/day.ts';
import { askPerson, type PersonAnswer } from '../registry/answers/ask-person.ts';
import type { PersonState, RelatedPerson } from '../registry/answers/person-state.ts';
import { answer, personKeyOption, soughtOf, whenWords } from './ask.ts';
import type { CommandContext } from './command.ts';
import { addressWords, elsewhereWords, kinshipWords, type Labels, labelsOf } from './labels.ts';
import { ACTING, parseOptions } from './options.ts';
import { fields } from './table.ts';

/** "(possibile: …)" after what some reading of a partial date denies. */
const surety = (certezza: string | undefined): string =>
  certezza === 'possibile' ? ' (possibile: data non completa)' : '';

export function personName(p: RelatedPerson | null | undefined): string | null {
  if (p === null || p === undefined) return null;
  const name = [p.cognome, p.nome].filter(Boolean).join(' ');
  const number = p.comune === undefined ? null : `${p.comune}:${p.id_soggetto}`;
  return [p.codice_fiscale ?? number, name].filter(Boolean).join('  ');
}

/** What a reader must know unasked (services.md, Lookup). */
export function flagWords(state: PersonState, labels: Labels): string[] {
  const s = state.segnali;
  const flags: string[] = [];
  if (s.protetto) flags.push('DATI RISERVATI');
  if (s.in_transito !== null)
    flags.push(
      `in transito da ${labels.comune(s.in_transito.da)} verso ${labels.comune(s.in_transito.verso)} dal ${s.in_transito.dal}${s.in_transito.oltre_i_termini ? ', oltre i termini' : ''}`,
    );
  if (s.trasferimento_pendente !== null)
    flags.push(`trasferimento pendente da ${labels.comune(s.trasferimento_pendente.da)}`);
  if (s.doppia_residenza !== null)
    flags.push(
      `doppia residenza (EA030), anche in ${s.doppia_residenza.anche.map((c) => labels.comune(c)).join(', ')}`,
    );
  if (s.decorrenze_diverse) flags.push('cancellazione e iscrizione con decorrenze diverse');
  if (s.in_conflitto) flags.push('deceduto in un registro e residente in un altro');
  if (s.in_correzione) flags.push('dati in correzione');
  if (s.data_incerta) flags.push('data incerta');
  return flags;
}

function residenceWords(state: PersonState, labels: Labels): string {
  const r = state.residenza;
  if (r.residente) return `${labels.comune(r.comune)} dal ${r.iscritto_dal}${surety(r.certezza)}`;
  if (state.decesso !== null) return 'non residente (deceduto)';
  if (r.cancellato_dal === undefined) return 'non residente';
  const where = r.altrove === undefined ? '' : ` verso ${elsewhereWords(r.altrove, labels)}`;
  const why = labels.code('T15', r.motivo_cancellazione);
  return `non residente dal ${r.cancellato_dal}${where}${why === '' ? '' : ` (${why})`}`;
}

/** Where else some reading of a partial date puts the person on the day, a line each. */
function otherwise(state: PersonState, labels: Labels): string {
  return (state.residenza.oppure ?? [])
    .map((other) => {
      if ('comune' in other) return labels.comune(other.comune);
      return other.senza_fissa_dimora === true ? 'senza fissa dimora' : addressWords(other.indirizzo);
    })
    .join('\n');
}

function show(state: PersonAnswer, context: CommandContext, labels: Labels): void {
  const g = state.generalita;
  const name = [g?.cognome, g?.nome].filter(Boolean).join(' ');
  const birthplace = [
    labels.comune(g?.comune_nascita, parseDay(g?.data_nascita ?? '') ?? undefined),
    g?.localita_nascita,
    labels.state(g?.stato_nascita),
  ].filter(Boolean);
  const civil = state.stato_civile;
  const spouse = personName(civil?.coniuge);
  const citizenship = state.cittadinanza;
  const family = state.famiglia;
  const document = state.documento;
  context.out.write(`${state.persona}  ${name}\n${whenWords(state.al, state.noto_al)}\n\n`);
  context.out.write(
    fields(
      [
        ['segnali', flagWords(state, labels).join('; ')],
        [
          'codice fiscale',
          g === null ? null : `${g.codice_fiscale ?? 'assente'}${g.validita_cf === '1' ? ' (validato)' : ''}`,
        ],
        ['sesso', g?.sesso],
        [
          'nascita',
          g === null
            ? null
            : `${g.data_nascita}${birthplace.length === 0 ? '' : ` a ${birthplace.join(', ')}`}${g.eta === null ? '' : ` (${g.eta} anni)`}`,
        ],
        [
          'decesso',
          state.decesso === null
            ? null
            : `${state.decesso.data}${state.decesso.comune === null ? '' : ` a ${labels.comune(state.decesso.comune)}`}${surety(state.decesso.certezza)}`,
        ],
        ['residenza', residenceWords(state, labels)],
        [
          'indirizzo',
          state.residenza.senza_fissa_dimora
            ? 'senza fissa dimora'
            : `${addressWords(state.residenza.indirizzo)}${surety(state.residenza.certezza_indirizzo)}`,
        ],
        ['oppure', otherwise(state, labels)],
        [
          family?.tipo ?? 'famiglia',
          family === null
            ? null
            : `${family.comune}:${family.id}, ${kinshipWords(family, family.tipo, labels)}${surety(family.certezza)}`,
        ],
        [
          'stato civile',
          civil === null
            ? null
            : `${labels.code('T1', civil.stato_civile)} dal ${civil.dal}${spouse === null ? '' : ` con ${spouse}`}${surety(civil.certezza)}`,
        ],
        [
          'cittadinanza',
          citizenship === null
            ? null
            : `${[citizenship.cittadinanza, citizenship.altra_cittadinanza]
                .map((code) => labels.state(code))
                .filter(Boolean)
                .join(', ')} dal ${citizenship.dal}${surety(citizenship.certezza)}`,
        ],
        ['padre', personName(state.genitori.padre)],
        ['madre', personName(state.genitori.madre)],
        ['figli', state.figli.map(personName).join('\n')],
        [
          'documento',
          document === null
            ? null
            : [
                document.tipo,
                document.numero,
                document.scadenza === null ? '' : `scade il ${document.scadenza}`,
              ]
                .filter(Boolean)
                .join(' '),
        ],
        [
          'soggiorno',
          state.soggiorno === null
            ? null
            : [
                labels.code('T8', state.soggiorno.tipo),
                state.soggiorno.scadenza === null ? '' : `scade il ${state.soggiorno.scadenza}`,
              ]
                .filter(Boolean)
                .join(' '),
        ],
        ['schede', state.schede.map((s) => `${s.comune}:${s.id_soggetto}`).join('  ')],
      ],
      context.out,
    ),
  );
}

export async function personCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('person', context.args, { values: ACTING });
  const key = personKeyOption('person', options);
  return answer(
    context,
    options,
    (app, when) => askPerson(app.db, key, when),
    { operation: 'personRead', sought: soughtOf(key), subjects: (state) => [state.persona] },
    (state) => show(state, context, labelsOf(context)),
  );
}
