import { z } from 'zod';
import type { Contract } from './contract';
import { routes } from './routes';

const TaskLimit = z
  .strictObject({
    resource: z.string().min(1).max(200).meta({ description: 'Of a kind of task, such as `millrace:http`.' }),
    concurrency: z
      .int()
      .min(1)
      .max(100_000)
      .meta({ description: 'How many of its calls may be under way at once; the others wait to start.' }),
  })
  .meta({ id: 'TaskLimit' });

/** What is decided for the installation as a whole. */
export const Settings = z
  .object({
    taskLimits: z.array(TaskLimit).max(500).meta({ description: 'Kinds that are not named have no limit.' }),
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof Settings>;

export const settingsContracts = {
  getSettings: {
    ...routes.getSettings,
    summary: 'Get the settings of the installation',
    status: 200,
    answer: Settings,
    problems: [],
  },
  updateSettings: {
    ...routes.updateSettings,
    summary: 'Change some settings of the installation; the others stay',
    body: z.strictObject({ taskLimits: Settings.shape.taskLimits.optional() }),
    status: 200,
    answer: Settings,
    problems: [],
  },
} as const satisfies Record<string, Contract>;
