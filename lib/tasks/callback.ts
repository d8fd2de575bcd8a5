import { z } from 'zod';
import { defineKind } from './kind';

const schema = z.looseObject({
  title: z
    .string()
    .optional()
    .meta({
      title: 'Title',
      description: 'What the person is asked to do.',
      examples: ['Approve the refund'],
    }),
  instructions: z.string().optional().meta({
    title: 'Instructions',
    description: 'Shown above the buttons.',
    format: 'text',
  }),
  data: z.json().optional().meta({
    title: 'Data',
    description: 'What the person needs to decide, or what the caller needs to know.',
    format: 'json',
  }),
});

/** Hands nothing to anybody: the step waits until its task token is completed by an HTTP call or by a button. */
export const callbackKind = defineKind({
  resource: 'millrace:callback',
  title: 'Wait for a callback',
  description: 'Waits until a person or a program completes the step by its task token.',
  icon: 'hourglass',
  schema,
  initial: { title: 'Approve' },
  call: async (_call, parameters) => ({ kind: 'pending', output: z.json().parse(parameters) }),
});
