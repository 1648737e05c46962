/** A question before what cannot be taken lightly: what will happen, a reason where one is due, and a way back. */
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useWords, words } from '../app/language.tsx';
import { Field } from './Field.tsx';
import { Problem } from './Notice.tsx';

const WORDS = words({
  it: { cancel: 'Annulla', reason: 'Motivo', missing: 'Scrivi il motivo' },
  en: { cancel: 'Cancel', reason: 'Reason', missing: 'Write the reason' },
});

interface AskProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly confirm: string;
  /** Whether a reason must be written. */
  readonly reason?: boolean;
  readonly onConfirm: (reason: string) => Promise<unknown>;
  readonly onClose: () => void;
}

export function Ask({ title, children, confirm, reason = false, onConfirm, onClose }: AskProps) {
  const say = useWords(WORDS);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [why, setWhy] = useState('');
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (reason && why.trim() === '') return;
    setBusy(true);
    setError(null);
    try {
      await onConfirm(why.trim());
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <h2 id={id} className="mt-0">
          {title}
        </h2>
        {children}
        {error === null ? null : <Problem error={error} />}
        {reason ? (
          <Field
            label={say.reason}
            value={why}
            maxLength={200}
            wrong={sent && why.trim() === '' ? say.missing : null}
            onChange={(event) => setWhy(event.target.value)}
          />
        ) : null}
        <div className="actions mb-0">
          <button type="submit" className="btn btn-primary" disabled={busy}>
            {confirm}
          </button>
          <button type="button" className="btn btn-outline-primary" onClick={onClose}>
            {say.cancel}
          </button>
        </div>
      </form>
    </dialog>
  );
}
