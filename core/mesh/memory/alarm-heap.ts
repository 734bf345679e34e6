/** Something to be called at a moment; `ring` is null once it was cancelled. */
export interface Alarm {
  readonly due: number;
  /** Which was asked for first, where the moment is the same. */
  readonly order: number;
  ring: (() => void) | null;
}

/** Alarms, the earliest at hand: a binary heap, so that many thousands cost little. */
export class AlarmHeap {
  readonly #alarms: Alarm[] = [];
  #cancelled = 0;

  /** How many are there that were not cancelled. */
  get size(): number {
    return this.#alarms.length - this.#cancelled;
  }

  push(alarm: Alarm): void {
    this.#alarms.push(alarm);
    this.#rise(this.#alarms.length - 1);
  }

  /** Forgets an alarm; harmless when it has rung or was cancelled before. */
  cancel(alarm: Alarm): void {
    if (alarm.ring === null) return;
    alarm.ring = null;
    this.#cancelled++;
  }

  /** Takes out the earliest alarm that is due at `latest` or before; null when there is none. */
  takeUntil(latest: number): { readonly due: number; readonly ring: () => void } | null {
    for (let first = this.#alarms[0]; first !== undefined; first = this.#alarms[0]) {
      const { due, ring } = first;
      if (ring === null) {
        this.#dropFirst();
        this.#cancelled--;
      } else if (due > latest) {
        return null;
      } else {
        this.#dropFirst();
        first.ring = null;
        return { due, ring };
      }
    }
    return null;
  }

  #dropFirst(): void {
    const last = this.#alarms.pop();
    if (last === undefined || this.#alarms.length === 0) return;
    this.#alarms[0] = last;
    this.#sink();
  }

  #rise(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  #sink(): void {
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      const child = this.#earlier(left + 1, left) ? left + 1 : left;
      if (!this.#swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  #swapIfEarlier(lower: number, upper: number): boolean {
    if (!this.#earlier(lower, upper)) return false;
    const [below, above] = [this.#alarms[lower], this.#alarms[upper]];
    if (below === undefined || above === undefined) return false;
    this.#alarms[lower] = above;
    this.#alarms[upper] = below;
    return true;
  }

  #earlier(left: number, right: number): boolean {
    const [one, other] = [this.#alarms[left], this.#alarms[right]];
    if (one === undefined || other === undefined) return false;
    return one.due < other.due || (one.due === other.due && one.order < other.order);
  }
}
