/** A guided first use: what one does here, in order, for each task that one has. Shown until one says to have read it. */
import { useState } from 'react';
import { Link } from 'react-router';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { useSession } from '../../app/session.tsx';

const WORDS = words({
  it: {
    title: 'Per cominciare',
    read: 'Ho capito',
    again: 'Rivedi come si comincia',
    manual: 'Apri il manuale',
  },
  en: {
    title: 'To begin',
    read: 'I have read it',
    again: 'See again how to begin',
    manual: 'Open the manual',
  },
});

interface Step {
  readonly operation: string;
  readonly it: string;
  readonly en: string;
}
const STEPS: readonly Step[] = [
  {
    operation: 'personSearch',
    it: 'Apri Cerca e di’ per quale scopo e pratica lavori: si chiede una volta sola.',
    en: 'Open Search and say for what purpose and file you work: it is asked once.',
  },
  {
    operation: 'personSearch',
    it: 'Scrivi nella casella come lo diresti («rossi mario 1974») e premi Invio due volte: sei sulla persona.',
    en: 'Type in the box as you would say it ("rossi mario 1974") and press Enter twice: you are on the person.',
  },
  {
    operation: 'verify',
    it: 'Per un’autocertificazione apri Verifica: scrivi ciò che è stato dichiarato, leggi l’esito, scarica la ricevuta.',
    en: 'For a self-certification open Verify: write what was declared, read the outcome, download the receipt.',
  },
  {
    operation: 'supplyUpload',
    it: 'Per consegnare l’anagrafe apri Forniture e trascina il file: l’esito dice che cosa va sistemato.',
    en: 'To deliver the register open Supplies and drop the file: the outcome says what must be mended.',
  },
  {
    operation: 'reconciliationList',
    it: 'In Confronto trovi ciò che tocca a voi, e ciò che tocca ad altri, per far combaciare i registri.',
    en: 'In Compare you find what is for you, and what is for others, to make the registers match.',
  },
  {
    operation: 'populationCount',
    it: 'In Popolazione vedi subito i residenti di oggi; scegli un comune o un giorno e premi Conta; il CSV si scarica.',
    en: 'In Population you see the residents of today at once; choose a comune or a day and press Count; the CSV is downloaded.',
  },
  {
    operation: 'userManage',
    it: 'In Amministrazione guarda prima «Da decidere»; un utente nuovo si invita da «Utenti», poi gli si dà un profilo.',
    en: 'In Administration look at "To be decided" first; a new user is invited in "Users", then given a profile.',
  },
  {
    operation: 'recoveryList',
    it: 'In Chiavi dei colleghi approvi chi ha perso le chiavi: confronta il numero e riconosci la persona, poi consegna il codice.',
    en: 'In Keys of colleagues you approve who lost their keys: compare the number and recognise the person, then hand over the code.',
  },
  {
    operation: 'auditSearch',
    it: 'In Controllo parti dalle anomalie; ogni accesso si cerca per utente, ente, scopo e giorno.',
    en: 'In Audit begin from the anomalies; every access is searched by user, body, purpose and day.',
  },
  {
    operation: 'ownAccesses',
    it: 'In I miei dati vedi chi ha consultato i tuoi dati, quando e perché.',
    en: 'In My data you see who looked at your data, when and why.',
  },
];
/** That somebody at this browser has read it: nothing of anybody. */
const KEPT = 'sipop-primi-passi';

export function FirstSteps() {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const { can } = useSession();
  const [read, setRead] = useState(() => localStorage.getItem(KEPT) !== null);
  const steps = STEPS.filter(({ operation }) => can(operation));
  if (steps.length === 0) return null;
  const keep = (now: boolean) => {
    if (now) localStorage.setItem(KEPT, '1');
    else localStorage.removeItem(KEPT);
    setRead(now);
  };
  if (read)
    return (
      <p>
        <button type="button" className="btn btn-sm btn-outline-primary" onClick={() => keep(false)}>
          {say.again}
        </button>
      </p>
    );
  return (
    <section className="panel" aria-label={say.title}>
      <h2 className="mt-0">{say.title}</h2>
      <ol>
        {steps.map((step) => (
          <li key={step.it}>{step[language]}</li>
        ))}
      </ol>
      <div className="actions mb-0">
        <button type="button" className="btn btn-primary" onClick={() => keep(true)}>
          {say.read}
        </button>
        <Link className="btn btn-outline-primary" to="/manuale">
          {say.manual}
        </Link>
      </div>
    </section>
  );
}
