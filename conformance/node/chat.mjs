// Chat Completions with the official OpenAI client.
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { Seen } from './seen.mjs';
import { DOCUMENT, NAME, SCHEMA, TIMEOUT } from './tool.mjs';

const TOOLS = [{ type: 'function', function: { name: NAME, parameters: SCHEMA } }];
const USAGE = { stream_options: { include_usage: true } };

export class Chat {
  constructor(url) {
    this.completions = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0, timeout: TIMEOUT }).chat.completions;
  }

  parameters({ model, say, tool, think }) {
    return { model, messages: [{ role: 'user', content: say }], ...(tool && { tools: TOOLS }), ...(think && { reasoning_effort: 'low' }) };
  }

  async raw(order, seen) {
    const calls = [];
    for await (const chunk of await this.completions.create({ ...this.parameters(order), ...USAGE, stream: true })) {
      seen.id(chunk.id);
      if (chunk.usage) seen.usage.push(chunk.usage.completion_tokens);
      for (const { delta, finish_reason } of chunk.choices) {
        seen.text += delta.content ?? '';
        seen.thinking += delta.reasoning_content ?? '';
        for (const { index, id, function: f } of delta.tool_calls ?? []) {
          calls[index] ??= ['', '', ''];
          [id, f.name, f.arguments].forEach((piece, i) => (calls[index][i] += piece ?? ''));
        }
        if (finish_reason) seen.finishes.push(finish_reason);
      }
    }
    calls.forEach((call) => seen.call(...call));
  }

  async helper(order, seen) {
    read(await this.helped(this.parameters(order), seen), seen);
  }

  async plain(order, seen) {
    const completion = await this.completions.create(this.parameters(order));
    seen.thinking = completion.choices[0].message.reasoning_content ?? '';
    read(completion, seen);
  }

  async parsed(order, seen) {
    const completion = await this.helped({ ...this.parameters(order), response_format: zodResponseFormat(DOCUMENT, 'answer') }, seen);
    seen.parsed = completion.choices[0].message.parsed;
  }

  async turns(order, seen) {
    const parameters = this.parameters(order);
    const first = await this.helped(parameters, seen);
    read(first, seen);
    const { message } = first.choices[0];
    const results = message.tool_calls.map(({ id }) => ({ role: 'tool', tool_call_id: id, content: 'done' }));
    const second = await this.helped({ ...parameters, messages: [...parameters.messages, message, ...results] }, new Seen());
    seen.report = second.choices[0].message.content;
  }

  async helped(parameters, seen) {
    const stream = this.completions.stream({ ...parameters, ...USAGE });
    // The helper does not accumulate members that OpenAI does not have.
    stream.on('chunk', ({ choices }) => (seen.thinking += choices[0]?.delta.reasoning_content ?? ''));
    stream.on('content', (piece) => (seen.text += piece));
    return stream.finalChatCompletion();
  }
}

function read({ id, usage, choices: [{ message, finish_reason }] }, seen) {
  seen.id(id);
  seen.usage.push(usage.completion_tokens);
  seen.text = message.content ?? '';
  seen.finishes.push(finish_reason);
  for (const { id, function: f } of message.tool_calls ?? []) seen.call(id, f.name, f.arguments);
}
