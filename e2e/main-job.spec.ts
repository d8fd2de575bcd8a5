import { BookingServices } from './booking';
import { expect, test } from './test';

const services = ['train', 'flight', 'hotel'] as const;

test('[U1] a flow is drawn, run on real services, seen to fail, mended by Retry and seen to succeed', async ({
  millrace,
  flows,
  flowsPage,
  designer,
  execution,
}) => {
  const booking = await BookingServices.of(millrace);
  const order = flows.name('order');
  await booking.setHealth('hotel', 'unhealthy');

  await flowsPage.open();
  await flowsPage.create(flows.name('Booking'));
  for (const [place, service] of services.entries()) {
    await designer.dragToGround('HTTP request', { x: 0, y: -200 + place * 160 });
    await designer.rename(`Book the ${service}`);
    await designer.choose('Method', 'POST');
    await designer.fill('URL', booking.url(service));
    await designer.button('Add to Headers').click();
    await designer.fill('Headers 1 name', 'Idempotency-Key');
    await designer.fill('Headers 1 value', '{% $states.context.Execution.Id %}');
    await designer.fill('Body', '{"order": "{% $states.input.order %}", "traveller": "Ada Lovelace"}');
    await designer.tab('Input & output').click();
    await designer.fill('Output', '{% $states.input %}');
    await designer.unselect();
  }
  await designer.connect('Book the train', 'Book the flight');
  await designer.connect('Book the flight', 'Book the hotel');
  await designer.save(1);

  await designer.run({ order });
  await execution.expectEnd('Failed');
  await execution.expectStatus('Book the flight', 'Succeeded');
  await execution.expectStatus('Book the hotel', 'Failed');
  await expect(execution.banner).toContainText('Book the hotel failed');
  const panel = await execution.choose('Book the hotel');
  await expect(panel).toContainText('Http.Status.503');
  await expect(panel).toContainText('The hotel service is unhealthy');
  await execution.openTab('Book the hotel', 'Logs');
  await expect(panel.getByRole('log', { name: 'Logs' })).toContainText(`POST ${booking.url('hotel')}`);
  await expect(panel.getByRole('log', { name: 'Logs' })).toContainText('503 after');

  await booking.setHealth('hotel', 'healthy');
  await panel.getByRole('button', { name: 'Retry step' }).click();
  await execution.expectEnd('Succeeded');
  await execution.expectStatus('Book the hotel', 'Succeeded');
  await expect(execution.banner).toBeHidden();

  await execution.openTab('Book the hotel', 'Attempts');
  await expect(panel.getByRole('article')).toHaveCount(2);
  await expect(panel.getByRole('article', { name: 'Attempt 1' })).toContainText('Http.Status.503');
  await expect(panel.getByRole('article', { name: 'Attempt 2' })).toContainText('Retried by hand');
  await expect(panel.getByRole('article', { name: 'Attempt 2' })).toContainText('Succeeded');
  for (const service of services) expect(await booking.bookingsOf(service, order)).toEqual(['booked']);
});
