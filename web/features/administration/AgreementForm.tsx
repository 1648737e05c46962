/** A new agreement: its legal basis, what may be asked, by which profiles, for what, from where, until when. */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, type Request } from '../../api/client.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { usePurpose } from '../../app/task.tsx';
import { Checks } from '../../components/Checks.tsx';
import { DateField } from '../../components/DateField.tsx';
import { Field } from '../../components/Field.tsx';
import { Problem } from '../../components/Notice.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { PURPOSE, SERVICES, type ServiceName } from './words.ts';

const WORDS = words({
  it: {
    basis: 'Base giuridica e numero della convenzione',
    services: 'Servizi che può chiedere',
    profiles: 'Profili che può dare ai suoi utenti',
    purposes: 'Scopi per cui può chiedere',
    until: 'Scade il',
    delivers: 'Che cosa consegna (solo se consegna)',
    every: 'Ogni quanti giorni',
    network: 'Reti da cui può entrare',
    networkHint: 'Per esempio 10.1.0.0/16, separate da virgole; da ovunque, se vuoto',
    save: 'Registra la convenzione',
    missing: 'Servono base giuridica, scadenza, e almeno un servizio, un profilo e uno scopo',
  },
  en: {
    basis: 'Legal basis and number of the agreement',
    services: 'Services it may ask for',
    profiles: 'Profiles it may give its users',
    purposes: 'Purposes it may ask for',
    until: 'Ends on',
    delivers: 'What it delivers (if it does)',
    every: 'Every how many days',
    network: 'Networks it may enter from',
    networkHint: 'For example 10.1.0.0/16, with commas between; from anywhere where empty',
    save: 'Record the agreement',
    missing: 'Legal basis, end, and one service, one profile and one purpose at least are needed',
  },
});

interface AgreementFormProps {
  readonly ente: string;
  readonly onDone: () => void;
}

export function AgreementForm({ ente, onDone }: AgreementFormProps) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const scopo = usePurpose(PURPOSE);
  const [base, setBase] = useState('');
  const [fino, setFino] = useState('');
  const [consegna, setConsegna] = useState('');
  const [giorni, setGiorni] = useState('');
  const [rete, setRete] = useState('');
  const [services, setServices] = useState<readonly string[]>([]);
  const [profiles, setProfiles] = useState<readonly string[]>([]);
  const [purposes, setPurposes] = useState<readonly string[]>([]);
  const [sent, setSent] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const known = useQuery({ queryKey: ['profileList', scopo], queryFn: () => call('profileList', { scopo }) });
  if (known.error) return <Problem error={known.error} />;
  if (known.data === undefined) return <Waiting />;
  const missing =
    base.trim() === '' || fino === '' || [services, profiles, purposes].some((list) => list.length === 0);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (missing) return;
    setError(null);
    try {
      await call('agreementMake', {
        scopo,
        ente,
        base: base.trim(),
        servizi: services as Request<'agreementMake'>['servizi'],
        profili: [...profiles],
        scopi: [...purposes],
        fino_al: fino,
        ...(consegna.trim() === '' ? {} : { consegna: consegna.trim() }),
        ...(giorni.trim() === '' ? {} : { ogni_giorni: Number(giorni) }),
        ...(rete.trim() === '' ? {} : { rete: rete.split(/[\s,;]+/).filter(Boolean) }),
      });
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="panel" noValidate>
      {error === null ? null : <Problem error={error} />}
      {sent && missing ? <p className="wrong">{say.missing}</p> : null}
      <div className="row-fields">
        <Field
          label={say.basis}
          value={base}
          maxLength={200}
          onChange={(event) => setBase(event.target.value)}
        />
        <DateField label={say.until} value={fino} onChange={setFino} whole />
      </div>
      <Checks
        legend={say.services}
        options={(Object.keys(SERVICES) as ServiceName[]).map((id) => [id, SERVICES[id][language]])}
        chosen={services}
        onChange={setServices}
      />
      <Checks
        legend={say.profiles}
        options={known.data.profili.map((p) => [p.profilo, p[language]])}
        chosen={profiles}
        onChange={setProfiles}
      />
      <Checks
        legend={say.purposes}
        options={known.data.scopi.map((p) => [p.scopo, p[language]])}
        chosen={purposes}
        onChange={setPurposes}
      />
      <div className="row-fields">
        <Field
          label={say.delivers}
          value={consegna}
          maxLength={120}
          onChange={(event) => setConsegna(event.target.value)}
        />
        <Field
          label={say.every}
          value={giorni}
          inputMode="numeric"
          maxLength={4}
          onChange={(event) => setGiorni(event.target.value.replace(/\D/g, ''))}
        />
        <Field
          label={say.network}
          hint={say.networkHint}
          value={rete}
          maxLength={500}
          onChange={(event) => setRete(event.target.value)}
        />
      </div>
      <button type="submit" className="btn btn-primary">
        {say.save}
      </button>
    </form>
  );
}
