/** Shown only where an answer takes longer than a glance: a flash of it would disturb. */
import { useEffect, useState } from 'react';
import { useWords, words } from '../app/language.tsx';

const WORDS = words({ it: { waiting: 'Attendi…' }, en: { waiting: 'Please wait…' } });
const AFTER = 300;

export function Waiting({ what }: { readonly what?: string }) {
  const say = useWords(WORDS);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), AFTER);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="wait" role="status" aria-live="polite">
      {late ? (
        <>
          <span className="progress-spinner progress-spinner-active size-sm" aria-hidden="true" />
          <span>{what ?? say.waiting}</span>
        </>
      ) : null}
    </div>
  );
}
