/** Anybody checks a receipt here, without an account: it says what the receipt says, and whether it is genuine. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { call } from '../../api/client.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';

const WORDS = words({
  it: {
    title: 'Controlla una ricevuta',
    lead: 'Incolla qui il testo della ricevuta, o aprila dal codice QR del documento: non serve un accesso.',
    text: 'Testo della ricevuta',
    check: 'Controlla',
    good: 'La ricevuta è autentica: l’ha firmata questo servizio e nessuno l’ha cambiata.',
    bad: 'La ricevuta non è valida.',
    declared: 'Ciò che fu dichiarato',
  },
  en: {
    title: 'Check a receipt',
    lead: 'Paste the text of the receipt here, or open it by the QR code of the document: no account is needed.',
    text: 'Text of the receipt',
    check: 'Check',
    good: 'The receipt is genuine: this service signed it and nobody changed it.',
    bad: 'The receipt is not valid.',
    declared: 'What was declared',
  },
});

export function ReceiptPage() {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const [text, setText] = useState('');
  const check = useMutation({
    mutationFn: (ricevuta: string) => call('receiptCheck', { ricevuta }),
  });
  const { mutate } = check;
  useEffect(() => {
    // A QR code carries the receipt after the #, which never leaves the browser as an address.
    const carried = window.location.hash.slice(1);
    if (carried.length < 20) return;
    window.history.replaceState(window.history.state, '', window.location.pathname);
    setText(decodeURIComponent(carried));
    mutate(decodeURIComponent(carried));
  }, [mutate]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') mutate(text.trim());
  };
  const found = check.data;
  return (
    <Page title={say.title} lead={say.lead}>
      <form onSubmit={submit}>
        <div className="field">
          <label htmlFor="receipt">{say.text}</label>
          <textarea
            id="receipt"
            className="code"
            rows={5}
            value={text}
            maxLength={200_000}
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <button type="submit" className="btn btn-primary" disabled={check.isPending}>
          {say.check}
        </button>
      </form>
      <div className="mt-3" aria-live="polite">
        {check.isPending ? <Waiting /> : null}
        {check.error ? <Problem error={check.error} /> : null}
        {found === undefined ? null : (
          <>
            <Notice kind={found.valida ? 'done' : 'error'}>
              <p>
                <strong>{found.valida ? say.good : say.bad}</strong> {found.spiegazione?.[language] ?? ''}
              </p>
            </Notice>
            <dl className="facts panel">
              {found.righe.map((row) => (
                <div key={row.it} className="fact">
                  <dt>{row[language]}</dt>
                  <dd>{row.valore}</dd>
                </div>
              ))}
            </dl>
            {found.dichiarato === null ? null : (
              <>
                <h2>{say.declared}</h2>
                <pre className="panel">{found.dichiarato}</pre>
              </>
            )}
          </>
        )}
      </div>
    </Page>
  );
}
