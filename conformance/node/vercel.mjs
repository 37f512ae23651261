// Vercel's AI SDK: one streamed run with a tool, over each of the protocols.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { isStepCount, jsonSchema, streamText, tool } from 'ai';
import { DESCRIPTION, NAME, SCHEMA, TIMEOUT } from './tool.mjs';

globalThis.AI_SDK_LOG_WARNINGS = false;

export class Vercel {
  constructor(url) {
    const openai = createOpenAI({ baseURL: `${url}/v1`, apiKey: 'none' });
    const anthropic = createAnthropic({ baseURL: `${url}/v1`, apiKey: 'none' });
    const run = (model, providerOptions) => (order, seen) => this.run(model(order.model), providerOptions, order, seen);
    this.chat = run((name) => openai.chat(name), {});
    this.responses = run((name) => openai.responses(name), { openai: { reasoningEffort: 'low', reasoningSummary: 'auto', forceReasoning: true } });
    this.messages = run((name) => anthropic(name), { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } });
  }

  async run(model, providerOptions, { say }, seen) {
    seen.ran = [];
    const execute = async ({ line }) => {
      seen.ran.push(line);
      return 'done';
    };
    const tools = { [NAME]: tool({ description: DESCRIPTION, inputSchema: jsonSchema(SCHEMA), execute }) };
    let raised = null;
    const result = streamText({
      model, tools, prompt: say, providerOptions, stopWhen: isStepCount(3), maxRetries: 0, abortSignal: AbortSignal.timeout(TIMEOUT),
      onError: ({ error }) => (raised = error),
    });
    for await (const piece of result.textStream) seen.text += piece;
    if (raised) throw raised;
    seen.report = await result.text;
  }
}
