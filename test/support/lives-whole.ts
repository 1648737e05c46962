/** The register of a comune told whole again, as the comune believes it to be (tracciato.md 1, A later COMPLETA realigns). */
import { type Cells, CUTS, type Whole } from './lives.ts';
import { latest, pick, row, type World } from './lives-world.ts';

/** Rows as of the cut: somebody is left out, and of those who have gone some are still kept. */
export function wholeOf(world: World, whole: Whole): void {
  const cut = CUTS[whole.cut]!;
  const comune = pick(world.codes, whole.comune)!;
  const register = world.registers.get(comune)!;
  const soggetti: Cells[] = [];
  const legami: Cells[] = [];
  const people = world.people.filter((p) => p.comune === comune && p.since <= cut && p.nascita <= cut);
  for (const [i, p] of people.entries()) {
    const home = p.family ?? p.convivenza;
    if (whole.but % 4 === 0 && i === whole.but % people.length) continue;
    if (home === null) {
      if (p.left === null || (i + whole.but) % 2 === 0) continue;
      const { on, motivo } = p.left;
      if (on > cut || on < p.since) continue;
      soggetti.push(
        row(p, p.since, p.reason, {
          cancellato_dal: on,
          ...(p.dead
            ? { posizione: 'DECEDUTO', data_morte: on, comune_morte: comune, motivo_cancellazione: '1' }
            : { posizione: 'CANCELLATO', motivo_cancellazione: motivo }),
        }),
      );
      continue;
    }
    soggetti.push(row(p, p.since, p.reason));
    legami.push({
      id_soggetto: p.id,
      [p.family === null ? 'id_convivenza' : 'id_famiglia']: home,
      relazione: p.relazione,
      dal: latest(p.tied, p.since),
    });
  }
  const homes = world.homes.filter((h) => h.comune === comune);
  const lived = (id: string): boolean => legami.some((l) => (l['id_famiglia'] ?? l['id_convivenza']) === id);
  register.wholes.push({
    cut: whole.cut,
    cancels: whole.cancels,
    rows: {
      soggetti,
      legami,
      famiglie: homes
        .filter((h) => h.id.startsWith('F') && lived(h.id))
        .map((h) => ({ id_famiglia: h.id, dal: h.dal, ...h.address })),
      convivenze: homes
        .filter((h) => h.id.startsWith('C') && lived(h.id))
        .map((h) => ({
          id_convivenza: h.id,
          dal: h.dal,
          specie_convivenza: '3',
          denominazione: 'CASA',
          ...h.address,
        })),
    },
  });
}
