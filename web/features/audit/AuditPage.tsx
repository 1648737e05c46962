/** Control of accesses: search, anomalies, the proof of a leaf, the verification of the whole. */
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { WithTask } from '../../app/WithTask.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { Alerts } from './Alerts.tsx';
import { Leaves } from './Leaves.tsx';
import { Proof } from './Proof.tsx';
import { Verification } from './Verification.tsx';

const WORDS = words({
  it: {
    title: 'Controllo degli accessi',
    lead: 'Ogni accesso lascia una traccia che nessuno può cambiare senza che si veda. Anche ciò che fai qui ne lascia una.',
    search: 'Accessi',
    alerts: 'Anomalie',
    proof: 'Prova di una traccia',
    verify: 'Verifica dell’insieme',
  },
  en: {
    title: 'Control of accesses',
    lead: 'Every access leaves a trace that nobody can change without its being seen. What you do here leaves one too.',
    search: 'Accesses',
    alerts: 'Anomalies',
    proof: 'Proof of a trace',
    verify: 'Verification of the whole',
  },
});

export function AuditPage() {
  const say = useWords(WORDS);
  return (
    <Page title={say.title} lead={say.lead} crumbs={[]}>
      <WithTask>
        {(task) => (
          <Tabs
            tabs={[
              { id: 'alerts', label: say.alerts, content: () => <Alerts task={task} /> },
              { id: 'search', label: say.search, content: () => <Leaves task={task} /> },
              { id: 'proof', label: say.proof, content: () => <Proof task={task} /> },
              { id: 'verify', label: say.verify, content: () => <Verification task={task} /> },
            ]}
          />
        )}
      </WithTask>
    </Page>
  );
}
