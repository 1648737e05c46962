/** The outcome of a supply: what was read, applied, set aside; then its findings, by what to do. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { call } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { useSession } from '../../app/session.tsx';
import { usePurpose } from '../../app/task.tsx';
import { showDate, showMoment } from '../../components/dates.ts';
import { Notice, Problem } from '../../components/Notice.tsx';
import { Scroll } from '../../components/Scroll.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { FindingGroups } from './FindingGroups.tsx';

const WORDS = words({
  it: {
    title: (receipt: string) => `Fornitura ${receipt}`,
    supplies: 'Forniture',
    ACCETTATA: 'Accettata: tutto è nel registro.',
    ACCETTATA_CON_SEGNALAZIONI:
      'Accettata, con segnalazioni: ciò che è stato scartato va corretto e rimandato.',
    nothingAside:
      'Accettata, con segnalazioni: tutto è nel registro. Ciò che è segnalato va corretto nell’anagrafe; la prossima fornitura lo porta.',
    findingsElsewhere:
      'Le segnalazioni le legge il comune che ha mandato la fornitura; il tuo profilo vede i soli numeri.',
    RIFIUTATA:
      'Rifiutata: niente è stato registrato. Correggi ciò che è indicato e manda di nuovo la fornitura.',
    about: (comune: string, kind: string, asOf: string, got: string) =>
      `${comune}, ${kind}${asOf === '' ? '' : `, situazione al ${asOf}`}, ricevuta il ${got}`,
    what: 'Che cosa',
    read: 'lette',
    applied: 'applicate',
    aside: 'scartate',
    flagged: 'segnalate',
    counts: 'Righe della fornitura',
    findings: 'Segnalazioni',
  },
  en: {
    title: (receipt: string) => `Supply ${receipt}`,
    supplies: 'Supplies',
    ACCETTATA: 'Accepted: everything is in the register.',
    ACCETTATA_CON_SEGNALAZIONI:
      'Accepted, with findings: what was set aside must be corrected and sent again.',
    nothingAside:
      'Accepted, with findings: everything is in the register. What is flagged must be corrected at the comune; the next supply brings it.',
    findingsElsewhere:
      'The findings are read by the comune that sent the supply; your profile sees the numbers alone.',
    RIFIUTATA: 'Refused: nothing was recorded. Correct what is told and send the supply again.',
    about: (comune: string, kind: string, asOf: string, got: string) =>
      `${comune}, ${kind}${asOf === '' ? '' : `, as of ${asOf}`}, received ${got}`,
    what: 'What',
    read: 'read',
    applied: 'applied',
    aside: 'set aside',
    flagged: 'flagged',
    counts: 'Lines of the supply',
    findings: 'Findings',
  },
});

export function OutcomePage() {
  const say = useWords(WORDS);
  const { year = '', number = '' } = useParams();
  const ricevuta = `${year}/${number}`;
  return (
    <Page title={say.title(ricevuta)} crumbs={[{ to: '/forniture', label: say.supplies }]}>
      <Outcome ricevuta={ricevuta} />
    </Page>
  );
}

function Outcome({ ricevuta }: { readonly ricevuta: string }) {
  const say = useWords(WORDS);
  const codes = useCodes();
  const { can } = useSession();
  const scopo = usePurpose(['anagrafe', 'coordinamento']);
  const read = useQuery({
    queryKey: ['supplyOutcome', scopo, ricevuta],
    queryFn: () => call('supplyOutcome', { scopo, ricevuta }),
  });
  if (read.error) return <Problem error={read.error} />;
  if (read.data === undefined) return <Waiting />;
  const o = read.data;
  const aside = Object.values(o.scartate).reduce((sum, count) => sum + count, 0);
  const sentence =
    o.esito === 'ACCETTATA' || o.esito === 'ACCETTATA_CON_SEGNALAZIONI' || o.esito === 'RIFIUTATA'
      ? o.esito === 'ACCETTATA_CON_SEGNALAZIONI' && aside === 0
        ? say.nothingAside
        : say[o.esito]
      : o.esito;
  const kinds = Object.keys(o.lette);
  return (
    <>
      <Notice kind={o.esito === 'ACCETTATA' ? 'done' : o.esito === 'RIFIUTATA' ? 'error' : 'warning'}>
        <p>{sentence}</p>
      </Notice>
      <p className="soft">
        {say.about(
          codes.comune(o.comune),
          `${o.tipo.toLowerCase()} n. ${o.progressivo}`,
          showDate(o.situazione_al),
          showMoment(o.ricevuta_il),
        )}
      </p>
      {kinds.length === 0 ? null : (
        <Scroll label={say.counts}>
          <table className="list">
            <caption className="sr">{say.counts}</caption>
            <thead>
              <tr>
                <th scope="col">{say.what}</th>
                <th scope="col">{say.read}</th>
                <th scope="col">{say.applied}</th>
                <th scope="col">{say.aside}</th>
                <th scope="col">{say.flagged}</th>
              </tr>
            </thead>
            <tbody>
              {kinds.map((kind) => (
                <tr key={kind}>
                  <th scope="row">{kind.replaceAll('_', ' ')}</th>
                  <td>{o.lette[kind] ?? 0}</td>
                  <td>{o.applicate[kind] ?? 0}</td>
                  <td>{o.scartate[kind] ?? 0}</td>
                  <td>{o.segnalate[kind] ?? 0}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <h2>{say.findings}</h2>
      {can('findingsList') ? (
        <FindingGroups scope={{ ricevuta }} />
      ) : (
        <Notice>{say.findingsElsewhere}</Notice>
      )}
    </>
  );
}
