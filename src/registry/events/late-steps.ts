/**
 * Steps of a refold whose turn comes late. A correction is applied in the place of what it corrects; but whom it names may have
 * stood set aside then, and become known later: the correction waited for him (SIP-210), and applies once he is known, at the
 * latest where it was itself made. What fails meanwhile may be built on it, and is tried with it. Pure, but for what is given.
 */
import type { EventFault } from './applier.ts';

interface Ordered {
  /** Its place: that of the event or fact itself, whatever corrected it. */
  readonly order: number;
  readonly content: { readonly eventId: number };
}

export interface StepHooks<S> {
  /** @returns why it does not apply; null where it was applied */
  readonly attempt: (step: S) => readonly EventFault[] | null;
  readonly applied: (step: S) => void;
  readonly failed: (step: S, faults: readonly EventFault[]) => void;
}

interface Waiting<S> {
  readonly step: S;
  readonly until: number;
  readonly faults: readonly EventFault[];
}

export class LateSteps<S extends Ordered> {
  readonly #hooks: StepHooks<S>;
  #waiting: Waiting<S>[] = [];

  constructor(hooks: StepHooks<S>) {
    this.#hooks = hooks;
  }

  take(step: S): void {
    const faults = this.#hooks.attempt(step);
    if (faults === null) {
      this.#hooks.applied(step);
      this.again();
      return;
    }
    const until = this.#until(step, faults);
    if (until === null) this.#hooks.failed(step, faults);
    else this.#waiting.push({ step, until, faults });
  }

  #until({ order, content }: S, faults: readonly EventFault[]): number | null {
    const lasting = this.#waiting.map((w) => w.until);
    if (content.eventId > order && faults.some((f) => f.codice === 'SIP-203')) lasting.push(content.eventId);
    return lasting.length === 0 ? null : Math.max(...lasting);
  }

  /** Somebody may have become known: tries again whatever waits. */
  again(): void {
    for (let moved = true; moved; ) {
      moved = false;
      for (const one of this.#waiting) {
        if (this.#hooks.attempt(one.step) !== null) continue;
        this.#waiting = this.#waiting.filter((w) => w !== one);
        this.#hooks.applied(one.step);
        moved = true;
        break;
      }
    }
  }

  /** Those that cannot wait beyond a place in the order have failed. */
  reach(order: number): void {
    const over = this.#waiting.filter((w) => w.until < order);
    this.#waiting = this.#waiting.filter((w) => w.until >= order);
    for (const { step, faults } of over) this.#hooks.failed(step, faults);
  }
}
