// The tool that the scripted model calls, and the JSON that it is asked for.
import { z } from 'zod';

export const NAME = 'append_line';
export const DESCRIPTION = 'Appends a line.';
export const SCHEMA = { type: 'object', properties: { line: { type: 'string' } }, required: ['line'], additionalProperties: false };
export const TIMEOUT = 30_000;

export const DOCUMENT = z.object({ summary: z.string(), lines: z.array(z.string()), count: z.number().int() });
