/**
 * Which content of an event is in force: corrections stand on each other, annulments take away (tracciato.md 3, R and A).
 * "The A of an event takes its corrections with it, the A of its latest R restores what that had replaced." Pure.
 */

/** A correction or an annulment of one root, in the order in which they were applied. */
export interface Version {
  readonly eventId: number;
  readonly tipo: 'R' | 'A';
  /** The id_evento it refers to; null where it refers to a fact of a full supply. */
  readonly refersTo: string | null;
  readonly idEvento: string;
}

export interface InForce {
  /** The latest correction in force; null: the root itself, where it is not annulled. */
  readonly correction: Version | null;
  readonly annulled: boolean;
}

/** @param versions of one root, oldest first, each of them fit when it was applied */
export function inForce(versions: readonly Version[]): InForce {
  const stack: Version[] = [];
  let annulled = false;
  for (const version of versions) {
    if (version.tipo === 'R') {
      stack.push(version);
      annulled = false;
      continue;
    }
    const top = stack.at(-1);
    if (top !== undefined && version.refersTo === top.idEvento) stack.pop();
    else annulled = true;
  }
  return { correction: annulled ? null : (stack.at(-1) ?? null), annulled };
}

/**
 * May a further R or A refer to `idEvento`? Only to the root or to its latest correction (SIP-205), and not once it is
 * annulled. @param rootId the root's own id_evento; null for a fact of a full supply
 */
export function mayRefer(
  versions: readonly Version[],
  rootId: string | null,
  idEvento: string | null,
): boolean {
  const { correction, annulled } = inForce(versions);
  if (annulled) return false;
  return idEvento === rootId || (correction !== null && idEvento === correction.idEvento);
}
