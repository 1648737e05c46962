/** Flags that come unasked (services.md): what whoever reads must know before anything else. */
import type { Answer } from '../../api/client.ts';
import { useCodes } from '../../app/codes.ts';
import { useWords, words } from '../../app/language.tsx';
import { showDate } from '../../components/dates.ts';
import { Icon } from '../../components/Icon.tsx';

const WORDS = words({
  it: {
    flags: 'Segnali',
    protected: 'Persona protetta: trattare l’indirizzo con riservatezza',
    transit: (from: string, to: string, since: string, days: number) =>
      `In transito da ${from} a ${to} dal ${since} (${days} giorni)`,
    pending: (from: string, to: string) => `Trasferimento non ancora confermato da ${from} a ${to}`,
    double: (main: string, also: string) => `Doppia residenza: ${main}, e anche ${also}`,
    dates: 'Decorrenze diverse tra i due comuni',
    uncertain: 'Una data è incerta',
    conflict: 'Dati in contrasto tra loro',
    correction: 'In correzione: dati scartati o segnalazioni aperte',
    late: (comune: string, day: string, days: number) =>
      `I dati di ${comune} sono del ${day}: in ritardo di ${days} giorni`,
  },
  en: {
    flags: 'Flags',
    protected: 'Protected person: treat the address with confidentiality',
    transit: (from: string, to: string, since: string, days: number) =>
      `In transit from ${from} to ${to} since ${since} (${days} days)`,
    pending: (from: string, to: string) => `Transfer not yet confirmed from ${from} to ${to}`,
    double: (main: string, also: string) => `Double residence: ${main}, and also ${also}`,
    dates: 'The two comuni give different days',
    uncertain: 'A date is uncertain',
    conflict: 'Data in conflict with each other',
    correction: 'Under correction: data set aside or findings open',
    late: (comune: string, day: string, days: number) =>
      `The data of ${comune} are of ${day}: ${days} days late`,
  },
});

type Signals = Answer<'personRead'>['segnali'];

export function Flags({ signals: s }: { readonly signals: Signals }) {
  const say = useWords(WORDS);
  const codes = useCodes();
  const told: (readonly [grave: boolean, text: string])[] = [];
  if (s.protetto) told.push([true, say.protected]);
  if (s.in_transito !== null) {
    const { da, verso, dal, giorni_di_attesa } = s.in_transito;
    told.push([true, say.transit(codes.comune(da), codes.comune(verso), showDate(dal), giorni_di_attesa)]);
  }
  if (s.trasferimento_pendente !== null)
    told.push([
      false,
      say.pending(codes.comune(s.trasferimento_pendente.da), codes.comune(s.trasferimento_pendente.verso)),
    ]);
  if (s.doppia_residenza !== null)
    told.push([
      true,
      say.double(
        codes.comune(s.doppia_residenza.corrente),
        (s.doppia_residenza.anche ?? []).map((code) => codes.comune(code)).join(', '),
      ),
    ]);
  if (s.decorrenze_diverse) told.push([false, say.dates]);
  if (s.data_incerta) told.push([false, say.uncertain]);
  if (s.in_conflitto) told.push([true, say.conflict]);
  if (s.in_correzione) told.push([false, say.correction]);
  if (s.fornitura !== null && (s.fornitura.giorni_di_ritardo ?? 0) > 0)
    told.push([
      false,
      say.late(
        codes.comune(s.fornitura.comune),
        showDate(s.fornitura.situazione_al),
        s.fornitura.giorni_di_ritardo ?? 0,
      ),
    ]);
  if (told.length === 0) return null;
  return (
    <ul className="flags" aria-label={say.flags}>
      {told.map(([grave, text]) => (
        <li key={text} className={grave ? 'flag grave' : 'flag'}>
          <Icon name="warning-circle" small /> {text}
        </li>
      ))}
    </ul>
  );
}
