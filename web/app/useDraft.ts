/** What is being typed in a form, kept sealed on the server as one types: a session that ends, a page loaded again, lose nothing. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../api/client.ts';

const AFTER = 1_500;

/** @param name of the draft @returns the form (null until it is known), how to change it, how to forget it */
export function useDraft<T>(
  name: string,
  empty: () => T,
): readonly [form: T | null, set: (form: T) => void, forget: () => void] {
  const [form, setForm] = useState<T | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const begin = useRef(empty);
  useEffect(() => {
    let here = true;
    call('draftRead', { nomi: [name] })
      .then(({ bozze }) => (bozze[0] === undefined ? null : (JSON.parse(bozze[0].contenuto) as T)))
      .catch(() => null)
      .then((kept) => here && setForm((now) => now ?? kept ?? begin.current()));
    return () => {
      here = false;
    };
  }, [name]);
  const stop = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
  }, []);
  const set = useCallback(
    (next: T) => {
      setForm(next);
      stop();
      timer.current = setTimeout(() => {
        void call('draftWrite', { nome: name, contenuto: JSON.stringify(next) }).catch(() => undefined);
      }, AFTER);
    },
    [name, stop],
  );
  const forget = useCallback(() => {
    stop();
    void call('draftWrite', { nome: name, contenuto: null }).catch(() => undefined);
  }, [name, stop]);
  return [form, set, forget];
}
