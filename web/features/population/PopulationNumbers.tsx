/** What was counted: the sums, the ages as a drawing and as a table, the comuni; and the file of it. */
import { useCodes } from '../../app/codes.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { showDate } from '../../components/dates.ts';
import { saveFile } from '../../components/files.ts';
import { Icon } from '../../components/Icon.tsx';
import { type Column, List } from '../../components/List.tsx';
import { Notice } from '../../components/Notice.tsx';
import { bands, csv, type Population } from './numbers.ts';
import { Pyramid } from './Pyramid.tsx';

const WORDS = words({
  it: {
    province: 'Provincia',
    on: (where: string, day: string) => `${where}, al ${day}`,
    residents: 'residenti',
    men: 'maschi',
    women: 'femmine',
    foreign: 'stranieri',
    families: 'famiglie',
    communities: 'convivenze',
    twice: (n: string) =>
      `${n} iscrizioni aperte in più comuni per la stessa persona: ogni comune la conta, la provincia la conta una volta.`,
    none: 'Nessun residente in quel giorno: il registro comincia con la prima fornitura di ogni comune. Prova un giorno più vicino.',
    save: 'Scarica in CSV',
    ages: 'Per età',
    age: 'Età',
    comuni: 'Per comune',
    comune: 'Comune',
    total: 'Totale',
  },
  en: {
    province: 'Province',
    on: (where: string, day: string) => `${where}, on ${day}`,
    residents: 'residents',
    men: 'men',
    women: 'women',
    foreign: 'foreigners',
    families: 'families',
    communities: 'communities',
    twice: (n: string) =>
      `${n} registrations open in more than one comune for the same person: each comune counts them, the province once.`,
    none: 'No resident on that day: the register begins with the first supply of each comune. Try a later day.',
    save: 'Download as CSV',
    ages: 'By age',
    age: 'Age',
    comuni: 'By comune',
    comune: 'Comune',
    total: 'Total',
  },
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function PopulationNumbers({ population }: { readonly population: Population }) {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const codes = useCodes();
  const written = new Intl.NumberFormat(language, { useGrouping: 'always' });
  const n = (count: number): string => written.format(count);
  const { residenti, famiglie, convivenze, iscrizioni_doppie } = population;
  const where = population.comune === null ? say.province : codes.comune(population.comune);
  const sums = [
    { what: say.residents, count: residenti.totale },
    { what: say.men, count: residenti.maschi },
    { what: say.women, count: residenti.femmine },
    { what: say.foreign, count: residenti.stranieri },
    { what: say.families, count: famiglie },
    { what: say.communities, count: convivenze },
  ];
  type Counted = Omit<Population['per_eta'][number], 'eta'>;
  const people: readonly Column<Counted>[] = [
    { title: capital(say.men), cell: ({ maschi }) => n(maschi), number: true },
    { title: capital(say.women), cell: ({ femmine }) => n(femmine), number: true },
    { title: say.total, cell: ({ totale }) => n(totale), number: true },
    { title: capital(say.foreign), cell: ({ stranieri }) => n(stranieri), number: true },
  ];
  const ages = bands(population.per_eta);
  const save = () =>
    saveFile(
      `popolazione-${population.comune ?? 'provincia'}-${population.al}.csv`,
      // The mark at the head tells a spreadsheet that the letters are UTF-8.
      new Blob([`\uFEFF${csv(population, codes.comune)}`], { type: 'text/csv;charset=utf-8' }),
    );
  return (
    <>
      <h2>{say.on(where, showDate(population.al))}</h2>
      {residenti.totale === 0 ? (
        <Notice>{say.none}</Notice>
      ) : (
        <>
          <ul className="counts">
            {sums.map(({ what, count }) => (
              <li key={what}>
                <strong>{n(count)}</strong> {what}
              </li>
            ))}
          </ul>
          {iscrizioni_doppie > 0 ? <Notice>{say.twice(n(iscrizioni_doppie))}</Notice> : null}
          <div className="actions">
            <button type="button" className="btn btn-outline-primary" onClick={save}>
              <Icon name="download" small /> {say.save}
            </button>
          </div>
          <h2>{say.ages}</h2>
          <div className="ages">
            <Pyramid rows={ages} />
            <List
              caption={say.ages}
              captionUnseen
              slim
              rows={ages}
              keyOf={({ band }) => band}
              columns={[{ title: say.age, cell: ({ band }) => band }, ...people]}
            />
          </div>
          {population.comune !== null ? null : (
            <>
              <h2>{say.comuni}</h2>
              <List
                caption={say.comuni}
                captionUnseen
                rows={population.per_comune}
                keyOf={({ comune }) => comune}
                columns={[
                  { title: say.comune, cell: ({ comune }) => codes.comune(comune) },
                  ...people,
                  { title: capital(say.families), cell: (one) => n(one.famiglie), number: true },
                  { title: capital(say.communities), cell: (one) => n(one.convivenze), number: true },
                ]}
              />
            </>
          )}
        </>
      )}
    </>
  );
}
