/** What befalls a comune and not one of its families: streets that get another name, convivenze that open. */
import { dayText } from '../calendar.ts';
import { addressColumns, drawAddress, recordedAfter, type Town, type World } from './world.ts';

const NEW_NAMES =
  "LUISA SPAGNOLI|ENZO FERRARI|LUCIANO PAVAROTTI|DON LORENZO MILANI|DEI CADUTI SUL LAVORO|TERESA MATTEI|DEL VOLONTARIATO|MARGHERITA HACK|DELL'UNITA' D'ITALIA|VITTIME DEL TERREMOTO|FRANCA VIOLA|CARLA FRACCI".split(
    '|',
  );

/** Share of the new homes that nobody comes to live in, and that close. */
const CLOSED_AGAIN = 0.4;
/** Residents for each renaming in a year. */
const PER_RENAMING = 12_000;

/** Decides which streets of the comune get another name, and tells it. */
export function renameStreets(world: World, town: Town): void {
  const { random, months } = world;
  for (let month = 1; month <= months.count; month++) {
    if (!random.chance(Math.min(0.5, town.comune.residents / PER_RENAMING / 12))) continue;
    const day = random.int(months.first(month), months.end(month));
    const address = drawAddress(world, town, day);
    const [specie, toponimo] = address.split(';') as [string, string];
    const name = NEW_NAMES[(town.index + town.renamings.length * 5) % NEW_NAMES.length]!;
    if (town.renamings.length >= 3 || toponimo.startsWith('DELLA CASA')) continue;
    const registrazione = recordedAfter(world, day, 20, 0);
    town.log.add({
      operazione: 'TOPONOMASTICA',
      decorrenza: day,
      registrazione,
      dati: { da: { specie, toponimo }, a: { toponimo: name } },
    });
    town.renamings.push({ from: `${specie};${toponimo};`, to: `${specie};${name};`, day });
  }
}

/** A home for a few opens now and then in the larger comuni; some of them close again. */
export function openConvivenze(world: World, town: Town): void {
  const { random, months } = world;
  for (let month = 1; month <= months.count; month++) {
    if (!random.chance(Math.min(0.2, world.sizes[town.index]! / 600_000))) continue;
    const day = random.int(months.first(month), months.end(month));
    const address = drawAddress(world, town, day);
    const id = town.numbers.nextInstitute();
    town.log.add({
      operazione: 'CONVIVENZA',
      decorrenza: day,
      registrazione: recordedAfter(world, day, 10, 0),
      dati: {
        azione: 'APERTURA',
        convivenza: {
          id_convivenza: id,
          specie_convivenza: '6',
          denominazione: `COMUNITA' ALLOGGIO "${random.pick(['LA VELA', 'IL PONTE', 'ARCOBALENO'])}"`,
          dal: dayText(day),
          ...addressColumns(address),
        },
        movimenti: [],
      },
    });
    if (random.chance(CLOSED_AGAIN)) closeAgain(world, town, id, day);
  }
}

function closeAgain(world: World, town: Town, id: string, opened: number): void {
  const day = opened + world.random.int(30, 240);
  town.log.add({
    operazione: 'CONVIVENZA',
    decorrenza: day,
    registrazione: recordedAfter(world, day, 10, 0),
    dati: { azione: 'CHIUSURA', convivenza: { id_convivenza: id } },
  });
}
