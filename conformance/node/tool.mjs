// The tool that the scripted model calls.
export const NAME = 'append_line';
export const DESCRIPTION = 'Appends a line.';
export const SCHEMA = { type: 'object', properties: { line: { type: 'string' } }, required: ['line'], additionalProperties: false };
export const TIMEOUT = 30_000;
