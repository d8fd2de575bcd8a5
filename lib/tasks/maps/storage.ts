import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Json } from '@/lib/expression/json';
import type { MapStorage } from '@/lib/runner/ports';
import type { HttpClient } from '../http-client';
import { httpParameters } from '../http-parameters';
import { sentence } from '../kind';
import { Downloads } from './downloads';
import { type Cursor, readItemsPage } from './items-page';
import { Place } from './place';
import { transformed, writeResults, writeWhole } from './results';

type ReadJob = Parameters<MapStorage['read']>[0];
type WriteJob = Parameters<MapStorage['write']>[0];
type Page = Awaited<ReturnType<MapStorage['read']>>;

const filePath = z.string().min(1).max(1_024);
const inFile = z.strictObject({ path: filePath });
const inBucket = z.looseObject({ Bucket: filePath, Key: filePath });
const listing = z.looseObject({ Bucket: filePath, Prefix: z.string().default('') });
const overHttp = httpParameters.pick({ url: true, headers: true, query: true, timeoutSeconds: true });
const cursorText = z.strictObject({ at: z.int(), count: z.int(), of: z.int().optional() });

export interface StorageOptions {
  /** Where `files` and `downloads` are. */
  readonly dataFolder: string;
  readonly http: HttpClient;
}

/**
 * What distributed Maps read from and write to: files in the folder `files` of the data folder, and whatever HTTP gives. AWS's names for S3
 * mean the folder's files: a bucket is a folder in it.
 */
export function openMapStorage({ dataFolder, http }: StorageOptions): MapStorage {
  const place = new Place(join(dataFolder, 'files'));
  const downloads = new Downloads(join(dataFolder, 'downloads'));
  const cleared = downloads.clear();
  const fromFile = (path: string, job: ReadJob) => readFrom(place.existing(path), path, job);
  return {
    read: (job) => {
      switch (job.resource) {
        case 'millrace:file':
          return fromFile(given(inFile, job).path, job);
        case 'arn:aws:states:::s3:getObject': {
          const { Bucket, Key } = given(inBucket, job);
          return fromFile(`${Bucket}/${Key}`, job);
        }
        case 'arn:aws:states:::s3:listObjectsV2':
          return readListing(place, given(listing, job), job);
        case 'millrace:http':
          return cleared.then(() => readOverHttp(downloads, http, job));
        default:
          throw new Error(unknown(job.resource, readers));
      }
    },
    write: async (job) => {
      switch (job.resource) {
        case '':
          return [...job.parts.flat(), ...transformed(job.config, job.results)];
        case 'millrace:file':
          return writeFiles(place, given(inFile, job).path, job);
        case 'arn:aws:states:::s3:putObject':
          return writeObjects(place, given(listing, job), job);
        default:
          throw new Error(unknown(job.resource, writers));
      }
    },
  };
}

/** What an ItemReader may name as its Resource. */
const readers = [
  'millrace:file',
  'millrace:http',
  'arn:aws:states:::s3:getObject',
  'arn:aws:states:::s3:listObjectsV2',
];
/** What a ResultWriter may. */
const writers = ['millrace:file', 'arn:aws:states:::s3:putObject'];

function unknown(resource: string, known: readonly string[]): string {
  return `Nothing here is called "${resource}": use ${known.join(', ')}.`;
}

function given<Schema extends z.ZodType>(
  schema: Schema,
  { parameters }: ReadJob | WriteJob,
): z.output<Schema> {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  throw new Error(`The parameters are wrong: ${sentence(parsed.error)}`);
}

async function readFrom(path: Promise<string>, name: string, { config, from }: ReadJob): Promise<Page> {
  const { items, next } = await readItemsPage(await path, name, config, cursorIn(from));
  return next === undefined ? { items } : { items, next: JSON.stringify(next) };
}

async function readOverHttp(downloads: Downloads, http: HttpClient, job: ReadJob): Promise<Page> {
  const { url, ...asked } = given(overHttp, job);
  const path = await downloads.file(job.run, () => http.open({ ...asked, url }));
  const { size } = await stat(path);
  const cursor = cursorIn(job.from);
  if (cursor?.of !== undefined && cursor.of !== size)
    throw new Error(`What ${new URL(url).host} gives has changed while it was read: start the Map again.`);
  const { items, next } = await readItemsPage(path, new URL(url).pathname, job.config, cursor);
  if (next === undefined) {
    await downloads.remove(job.run);
    return { items };
  }
  return { items, next: JSON.stringify({ ...next, of: size }) };
}

function cursorIn(from: string | undefined): (Cursor & { readonly of?: number | undefined }) | undefined {
  return from === undefined ? undefined : cursorText.parse(JSON.parse(from));
}

const objectsPerPage = 1_000;

/** The files of a folder, as S3 lists objects. */
async function readListing(
  place: Place,
  { Bucket, Prefix }: z.output<typeof listing>,
  job: ReadJob,
): Promise<Page> {
  const folder = await place.existing(Bucket);
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  const keys = all
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((key) => key.startsWith(Prefix) && (job.from === undefined || key > job.from))
    .sort((a, b) => (a < b ? -1 : 1))
    .slice(0, objectsPerPage);
  const items = await Promise.all(
    keys.map(async (Key): Promise<Json> => {
      const { size, mtimeMs } = await stat(join(folder, Key));
      const LastModified = Math.floor(mtimeMs / 1000);
      return { Key, Size: size, LastModified, Etag: `"${mtimeMs}-${size}"`, StorageClass: 'STANDARD' };
    }),
  );
  const last = keys.at(-1);
  return last === undefined || keys.length < objectsPerPage ? { items } : { items, next: last };
}

const file = z.strictObject({ path: z.string(), size: z.int() });
const written = z.strictObject({ succeeded: z.array(file), failed: z.array(file) });
type Written = z.output<typeof written>;

/** The files of this part, and with the last part those of all parts. */
async function writePart(place: Place, folder: string, job: WriteJob): Promise<Written> {
  const own = written.parse(await writeResults(place, folder, job));
  const all = [...job.parts.map((part) => written.parse(part)), own];
  return {
    succeeded: all.flatMap(({ succeeded }) => succeeded),
    failed: all.flatMap(({ failed }) => failed),
  };
}

async function writeFiles(place: Place, path: string, job: WriteJob): Promise<Json> {
  const folder = `${path.replace(/\/+$/, '')}/${job.run}`;
  const files = await writePart(place, folder, job);
  return job.last ? { folder, ...files } : files;
}

/** In AWS's words: the files, and a manifest that names them. */
async function writeObjects(
  place: Place,
  { Bucket, Prefix }: z.output<typeof listing>,
  job: WriteJob,
): Promise<Json> {
  const prefix = `${Prefix === '' || Prefix.endsWith('/') ? Prefix : `${Prefix}/`}${job.run}`;
  const files = await writePart(place, `${Bucket}/${prefix}`, job);
  if (!job.last) return files;
  const named = (some: Written['failed']) =>
    some.map(({ path, size }) => ({ Key: path.slice(Bucket.length + 1), Size: size }));
  const manifest = {
    DestinationBucket: Bucket,
    MapRunArn: job.run,
    ResultFiles: { FAILED: named(files.failed), PENDING: [], SUCCEEDED: named(files.succeeded) },
  };
  const Key = `${prefix}/manifest.json`;
  await writeWhole(place, `${Bucket}/${Key}`, JSON.stringify(manifest));
  return { MapRunArn: job.run, ResultWriterDetails: { Bucket, Key } };
}
