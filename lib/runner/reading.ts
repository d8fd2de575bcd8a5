import { EngineUnavailable } from './ports';

/** Waits for a read from the database; whatever it fails of becomes EngineUnavailable, as asking again later may help. */
export async function reading<Result>(read: Promise<Result>): Promise<Result> {
  try {
    return await read;
  } catch (reason) {
    const words = reason instanceof Error ? reason.message : String(reason);
    throw new EngineUnavailable(`The database could not be read (${words}); try again in a moment.`);
  }
}
