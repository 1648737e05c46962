/** The proof that a trace is in the record: the path of hashes from it to a signed root. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { useWords, words } from '../../app/language.tsx';
import type { Task } from '../../app/task.tsx';
import { Field } from '../../components/Field.tsx';
import { saveFile } from '../../components/files.ts';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';

const WORDS = words({
  it: {
    leaf: 'Numero della traccia',
    hint: 'Come mostrato nell’elenco degli accessi',
    prove: 'Prova',
    good: (n: number, size: number) => `La traccia ${n} è nel registro di ${size} tracce, intatta.`,
    bad: 'La prova non riesce: avvisa subito chi gestisce il servizio.',
    content: 'Che cosa dice',
    path: 'La catena di impronte fino alla radice',
    root: 'Radice',
    save: 'Scarica la prova',
  },
  en: {
    leaf: 'Number of the trace',
    hint: 'As shown in the list of accesses',
    prove: 'Prove',
    good: (n: number, size: number) => `Trace ${n} is in the record of ${size} traces, intact.`,
    bad: 'The proof fails: tell at once who runs the service.',
    content: 'What it says',
    path: 'The chain of hashes up to the root',
    root: 'Root',
    save: 'Download the proof',
  },
});

export function Proof({ task }: { readonly task: Task }) {
  const say = useWords(WORDS);
  const [leaf, setLeaf] = useState('');
  const prove = useMutation({
    mutationFn: (foglia: number) => call('auditProve', { ...task, foglia }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (/^\d{1,15}$/.test(leaf.trim())) prove.mutate(Number(leaf.trim()));
  };
  const proof = prove.data;
  return (
    <>
      <form onSubmit={submit} className="narrow">
        <Field
          label={say.leaf}
          hint={say.hint}
          inputMode="numeric"
          value={leaf}
          required
          maxLength={15}
          onChange={(event) => setLeaf(event.target.value)}
        />
        <button type="submit" className="btn btn-primary">
          {say.prove}
        </button>
      </form>
      <div className="mt-3" aria-live="polite">
        {prove.isPending ? <Waiting /> : null}
        {prove.error ? <Problem error={prove.error} /> : null}
        {proof === undefined ? null : (
          <>
            <Notice kind={proof.valida ? 'done' : 'error'}>
              {proof.valida ? say.good(proof.foglia, proof.dimensione) : say.bad}
            </Notice>
            <h2>{say.content}</h2>
            <pre className="panel">{proof.contenuto}</pre>
            <h2>{say.path}</h2>
            <ol className="code small">
              {proof.prova.map((hash) => (
                <li key={hash}>{hash}</li>
              ))}
            </ol>
            <p>
              {say.root}: <span className="code small">{proof.radice}</span>
            </p>
            <button
              type="button"
              className="btn btn-outline-primary"
              onClick={() =>
                saveFile(
                  `sipop-${proof.foglia}.json`,
                  new Blob([JSON.stringify(proof, null, 2)], { type: 'application/json' }),
                )
              }
            >
              {say.save}
            </button>
          </>
        )}
      </div>
    </>
  );
}
