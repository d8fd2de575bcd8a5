import { z } from 'zod';
import type { Millrace } from '@/scripts/test/millrace';

type Service = 'train' | 'flight' | 'hotel';

const Calls = z.looseObject({ Arguments: z.looseObject({ url: z.url() }) });
const Template = z.looseObject({
  States: z.looseObject({ 'Book the train': Calls, 'Book the flight': Calls, 'Book the hotel': Calls }),
});
const Bookings = z.object({ items: z.array(z.looseObject({ number: z.string(), status: z.string() })) });

/** The booking services that run beside a Millrace: outside of it, with addresses, tables and routes of their own. */
export class BookingServices {
  readonly #addresses: Readonly<Record<Service, string>>;

  /** Their addresses stand in the template that Millrace offers. */
  static async of(millrace: Millrace): Promise<BookingServices> {
    const { items } = await millrace.client.listTemplates({});
    const template = items.find(({ id }) => id === 'booking');
    const { States } = Template.parse(template?.definition);
    return new BookingServices({
      train: States['Book the train'].Arguments.url,
      flight: States['Book the flight'].Arguments.url,
      hotel: States['Book the hotel'].Arguments.url,
    });
  }

  private constructor(addresses: Readonly<Record<Service, string>>) {
    this.#addresses = addresses;
  }

  /** Where the service takes bookings. */
  url(service: Service): string {
    return this.#addresses[service];
  }

  async setHealth(service: Service, status: 'healthy' | 'unhealthy'): Promise<void> {
    const response = await fetch(new URL('/health', this.url(service)), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status }),
    });
    if (!response.ok) throw new Error(`the ${service} service answered ${response.status}`);
  }

  /** What the service's own tables hold for an order. */
  async bookingsOf(service: Service, order: string): Promise<readonly string[]> {
    const response = await fetch(`${this.url(service)}?order=${encodeURIComponent(order)}`);
    return Bookings.parse(await response.json()).items.map(({ status }) => status);
  }
}
