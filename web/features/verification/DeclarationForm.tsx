/** One declaration: what it is about, and what was declared. Fields left empty were not declared. */
import { useCodes } from '../../app/codes.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { DateField } from '../../components/DateField.tsx';
import { Choice, Field } from '../../components/Field.tsx';
import { KIN, MATTERS, type Matter, type MatterField, OTHER_MATTERS, STATUSES } from './matters.ts';

const WORDS = words({
  it: {
    matter: (n: number) => `Che cosa dichiara (${n})`,
    choose: 'Non indicato',
    needed: 'Serve per questa dichiarazione',
    remove: 'Togli questa dichiarazione',
    member: (n: number) => `Componente ${n}`,
    addMember: 'Aggiungi un componente',
    removeMember: 'Togli',
    surname: 'Cognome',
    given: 'Nome',
    born: 'Nascita',
    code: 'Codice fiscale',
    kin: 'Relazione con l’intestatario',
    m: 'maschile',
    f: 'femminile',
  },
  en: {
    matter: (n: number) => `What is declared (${n})`,
    choose: 'Not said',
    needed: 'This declaration needs it',
    remove: 'Take this declaration away',
    member: (n: number) => `Member ${n}`,
    addMember: 'Add a member',
    removeMember: 'Take away',
    surname: 'Surname',
    given: 'Given name',
    born: 'Birth',
    code: 'Codice fiscale',
    kin: 'Kinship to the head',
    m: 'male',
    f: 'female',
  },
});

export interface Draft {
  readonly key: string;
  readonly matter: Matter;
  readonly values: Readonly<Record<string, string>>;
  readonly members: readonly Readonly<Record<string, string>>[];
}

interface DeclarationFormProps {
  readonly place: number;
  readonly draft: Draft;
  /** Names of fields that the declaration cannot do without, once it was sent. */
  readonly missing: readonly string[];
  readonly onChange: (draft: Draft) => void;
  readonly onRemove: (() => void) | null;
}

export function DeclarationForm({ place, draft, missing, onChange, onRemove }: DeclarationFormProps) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const set = (name: string, value: string) =>
    onChange({ ...draft, values: { ...draft.values, [name]: value } });
  return (
    <fieldset className="panel">
      <Choice
        label={say.matter(place)}
        value={draft.matter}
        onChange={(event) => onChange({ ...draft, matter: event.target.value as Matter })}
      >
        {Object.entries(MATTERS).map(([id, { label }]) => (
          <option key={id} value={id}>
            {label[language]}
          </option>
        ))}
      </Choice>
      <div className="row-fields">
        {MATTERS[draft.matter].fields.map((field) =>
          field.input === 'members' ? null : (
            <Input
              key={field.name}
              field={field}
              value={draft.values[field.name] ?? ''}
              missing={missing.includes(field.name)}
              onChange={set}
            />
          ),
        )}
      </div>
      {draft.matter === 'stato_di_famiglia' ? <Members draft={draft} onChange={onChange} /> : null}
      {onRemove === null ? null : (
        <button type="button" className="btn btn-sm btn-outline-danger" onClick={onRemove}>
          {say.remove}
        </button>
      )}
    </fieldset>
  );
}

interface InputProps {
  readonly field: MatterField;
  readonly value: string;
  readonly missing: boolean;
  readonly onChange: (name: string, value: string) => void;
}

function Input({ field, value, missing, onChange }: InputProps) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const codes = useCodes();
  const label = field.label[language];
  const choice = (options: readonly (readonly [string, string])[]) => (
    <Choice
      label={label}
      value={value}
      required={field.required === true}
      wrong={missing ? say.needed : null}
      onChange={(event) => onChange(field.name, event.target.value)}
    >
      <option value="">{say.choose}</option>
      {options.map(([id, text]) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </Choice>
  );
  const words = (table: Readonly<Record<string, { readonly it: string; readonly en: string }>>) =>
    choice(Object.entries(table).map(([id, both]) => [id, both[language]] as const));
  switch (field.input) {
    case 'date':
      return <DateField label={label} value={value} onChange={(date) => onChange(field.name, date)} />;
    case 'comune':
      return choice(codes.comuni.map(({ codice, parole }) => [codice, parole] as const));
    case 'state':
      return choice(codes.states.map(({ codice, parole }) => [codice, parole] as const));
    case 'sex':
      return choice([
        ['M', say.m],
        ['F', say.f],
      ]);
    case 'status':
      return words(STATUSES);
    case 'kin':
      return words(KIN);
    case 'other':
      return words(OTHER_MATTERS);
    case 'yes':
      return (
        <div className="field">
          <label>
            <input
              type="checkbox"
              checked={value === 'true'}
              onChange={(event) => onChange(field.name, event.target.checked ? 'true' : '')}
            />
            {label}
          </label>
        </div>
      );
    default:
      return (
        <Field
          label={label}
          value={value}
          maxLength={120}
          required={field.required === true}
          wrong={missing ? say.needed : null}
          onChange={(event) => onChange(field.name, event.target.value)}
        />
      );
  }
}

function Members({ draft, onChange }: { readonly draft: Draft; readonly onChange: (draft: Draft) => void }) {
  const say = useWords(WORDS);
  const codes = useCodes();
  const set = (at: number, part: string, value: string) =>
    onChange({
      ...draft,
      members: draft.members.map((member, place) => (place === at ? { ...member, [part]: value } : member)),
    });
  return (
    <>
      {draft.members.map((member, at) => (
        <fieldset key={member['key']} className="panel">
          <legend>{say.member(at + 1)}</legend>
          <div className="row-fields">
            <Field
              label={say.surname}
              value={member['cognome'] ?? ''}
              onChange={(event) => set(at, 'cognome', event.target.value)}
            />
            <Field
              label={say.given}
              value={member['nome'] ?? ''}
              onChange={(event) => set(at, 'nome', event.target.value)}
            />
            <DateField
              label={say.born}
              value={member['data_nascita'] ?? ''}
              onChange={(date) => set(at, 'data_nascita', date)}
            />
            <Field
              label={say.code}
              value={member['codice_fiscale'] ?? ''}
              onChange={(event) => set(at, 'codice_fiscale', event.target.value)}
            />
            <Choice
              label={say.kin}
              value={member['relazione'] ?? ''}
              onChange={(event) => set(at, 'relazione', event.target.value)}
            >
              <option value="">{say.choose}</option>
              {codes.table('T5').map(({ codice, parole }) => (
                <option key={codice} value={codice}>
                  {parole}
                </option>
              ))}
            </Choice>
          </div>
          <button
            type="button"
            className="btn btn-sm btn-outline-danger"
            onClick={() => onChange({ ...draft, members: draft.members.filter((_, place) => place !== at) })}
          >
            {say.removeMember}
          </button>
        </fieldset>
      ))}
      <button
        type="button"
        className="btn btn-sm btn-outline-primary"
        onClick={() => onChange({ ...draft, members: [...draft.members, { key: crypto.randomUUID() }] })}
      >
        {say.addMember}
      </button>
    </>
  );
}
