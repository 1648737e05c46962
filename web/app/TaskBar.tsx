/** The bar of the task: purpose and file number, always in sight, changed in place. */
import { type FormEvent, useId, useState } from 'react';
import { Choice, Field } from '../components/Field.tsx';
import { useLanguage, useWords, words } from './language.tsx';
import { useSession } from './session.tsx';
import { type Task, useTask } from './task.tsx';

const WORDS = words({
  it: {
    task: 'Pratica in corso',
    purpose: 'Scopo',
    file: 'Numero di pratica o protocollo',
    fileShort: 'Pratica',
    change: 'Cambia pratica',
    begin: 'Comincia',
    cancel: 'Annulla',
    why: 'Per legge ogni interrogazione dice per quale scopo e per quale pratica è fatta. Si sceglie una volta, e vale finché non si cambia.',
    choose: 'Scegli…',
    lead: 'Per che cosa lavori?',
    missingPurpose: 'Scegli uno scopo',
    missingFile: 'Scrivi il numero della pratica',
  },
  en: {
    task: 'Task in hand',
    purpose: 'Purpose',
    file: 'File or protocol number',
    fileShort: 'File',
    change: 'Change task',
    begin: 'Begin',
    cancel: 'Cancel',
    why: 'By law every question says for what purpose and for which file it is asked. You choose once, and it holds until you change it.',
    choose: 'Choose…',
    lead: 'What are you working for?',
    missingPurpose: 'Choose a purpose',
    missingFile: 'Write the number of the file',
  },
});

export function TaskBar() {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const { me } = useSession();
  const { task, begin } = useTask();
  const [changing, setChanging] = useState(false);
  if (task === null || !me) return null;
  const purpose = me.scopi.find(({ id }) => id === task.scopo)?.[language] ?? task.scopo;
  return (
    <section className="task" aria-label={say.task}>
      <div className="container">
        {changing ? (
          <TaskForm
            before={task}
            onBegin={(next) => {
              begin(next);
              setChanging(false);
            }}
            onCancel={() => setChanging(false)}
          />
        ) : (
          <>
            <span>
              {say.purpose}: <strong>{purpose}</strong>
            </span>
            <span>
              {say.fileShort}: <strong>{task.pratica}</strong>
            </span>
            <button
              type="button"
              className="btn btn-sm btn-outline-primary no-print"
              onClick={() => setChanging(true)}
            >
              {say.change}
            </button>
          </>
        )}
      </div>
    </section>
  );
}

interface TaskFormProps {
  readonly before: Task | null;
  readonly onBegin: (task: Task) => void;
  readonly onCancel?: () => void;
}

/** Purpose and file number. With one purpose only, it is chosen already. */
export function TaskForm({ before, onBegin, onCancel }: TaskFormProps) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const { me } = useSession();
  const purposes = me?.scopi ?? [];
  const [purpose, setPurpose] = useState(
    before?.scopo ?? (purposes.length === 1 ? (purposes[0]?.id ?? '') : ''),
  );
  const [file, setFile] = useState(before?.pratica ?? '');
  const [sent, setSent] = useState(false);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (purpose !== '' && file.trim() !== '') onBegin({ scopo: purpose, pratica: file.trim() });
  };
  return (
    <form onSubmit={submit} noValidate className="panel" aria-labelledby={id}>
      <h2 id={id} className="mt-0">
        {say.lead}
      </h2>
      <p className="soft">{say.why}</p>
      <div className="row-fields">
        <Choice
          label={say.purpose}
          value={purpose}
          onChange={(event) => setPurpose(event.target.value)}
          wrong={sent && purpose === '' ? say.missingPurpose : null}
        >
          <option value="">{say.choose}</option>
          {purposes.map((p) => (
            <option key={p.id} value={p.id}>
              {p[language]}
            </option>
          ))}
        </Choice>
        <Field
          label={say.file}
          value={file}
          maxLength={60}
          onChange={(event) => setFile(event.target.value)}
          wrong={sent && file.trim() === '' ? say.missingFile : null}
        />
      </div>
      <div className="actions">
        <button type="submit" className="btn btn-primary">
          {say.begin}
        </button>
        {onCancel === undefined ? null : (
          <button type="button" className="btn btn-outline-primary" onClick={onCancel}>
            {say.cancel}
          </button>
        )}
      </div>
    </form>
  );
}
