/** Something that is to happen at a time (milliseconds since 1970). */
export interface Due {
  readonly at: number;
  /** Where it stands in the heap; the heap's own, -1 outside of it. */
  place: number;
}

/** A binary heap by time. Taking out and adding cost O(log n), so cancelled timeouts leave nothing behind. */
export class DueHeap<Item extends Due> {
  private readonly items: Item[] = [];

  first(): Item | undefined {
    return this.items[0];
  }

  add(item: Item): void {
    this.items.push(item);
    this.rise(item, this.items.length - 1);
  }

  remove(item: Item): void {
    const place = item.place;
    const last = this.items.pop();
    if (place < 0 || !last) throw new Error('a timer was taken out of the heap twice');
    item.place = -1;
    if (last === item) return;
    if (this.rise(last, place) === place) this.sink(last, place);
  }

  clear(): void {
    for (const item of this.items.splice(0)) item.place = -1;
  }

  private rise(item: Item, from: number): number {
    let place = from;
    while (place > 0) {
      const above = this.items[(place - 1) >> 1];
      if (!above || above.at <= item.at) break;
      this.put(above, place);
      place = (place - 1) >> 1;
    }
    this.put(item, place);
    return place;
  }

  private sink(item: Item, from: number): void {
    let place = from;
    for (;;) {
      const below = this.earlierBelow(place);
      if (!below || below.at >= item.at) break;
      const freed = below.place;
      this.put(below, place);
      place = freed;
    }
    this.put(item, place);
  }

  private earlierBelow(place: number): Item | undefined {
    const left = this.items[2 * place + 1];
    const right = this.items[2 * place + 2];
    return left && right && right.at < left.at ? right : left;
  }

  private put(item: Item, place: number): void {
    this.items[place] = item;
    item.place = place;
  }
}
