// Messages with the official Anthropic client.
import Anthropic from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { Seen } from './seen.mjs';
import { DESCRIPTION, DOCUMENT, NAME, SCHEMA, TIMEOUT } from './tool.mjs';

const TOOLS = [{ name: NAME, input_schema: SCHEMA }];

export class Messages {
  constructor(url) {
    this.client = new Anthropic({ baseURL: url, apiKey: 'none', maxRetries: 0, timeout: TIMEOUT });
  }

  parameters({ model, say, tool, think }) {
    return {
      model, max_tokens: 4096, messages: [{ role: 'user', content: say }],
      ...(tool && { tools: TOOLS }), ...(think && { thinking: { type: 'enabled', budget_tokens: 1024 } }),
    };
  }

  async raw(order, seen) {
    const blocks = [];
    let ended = false;
    for await (const event of await this.client.messages.create({ ...this.parameters(order), stream: true })) {
      if (event.type === 'message_start') seen.id(event.message.id);
      if (event.type === 'content_block_start') {
        seen.odd(event.index !== blocks.length, 'index');
        blocks.push({ ...event.content_block, pieces: '' });
      }
      if (event.type === 'content_block_delta') delta(event.delta, blocks[event.index], seen);
      if (event.type === 'message_delta') {
        seen.finishes.push(event.delta.stop_reason);
        seen.usage = [event.usage.output_tokens];
      }
      ended ||= event.type === 'message_stop';
    }
    seen.odd(!ended, 'no message_stop');
    blocks.filter(({ type }) => type === 'tool_use').forEach(({ id, name, pieces }) => seen.call(id, name, pieces));
  }

  async helper(order, seen) {
    read(await this.helped(this.parameters(order), seen), seen);
  }

  async plain(order, seen) {
    read(await this.client.messages.create(this.parameters(order)), seen);
  }

  async parsed(order, seen) {
    const message = await this.helped({ ...this.parameters(order), output_config: { format: zodOutputFormat(DOCUMENT) } }, seen);
    seen.parsed = message.parsed_output;
  }

  async turns(order, seen) {
    const parameters = this.parameters(order);
    const { content } = await this.read(parameters, seen);
    const results = content.filter(({ type }) => type === 'tool_use').map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: 'done' }));
    const messages = [...parameters.messages, { role: 'assistant', content }, { role: 'user', content: results }];
    seen.report = text(await this.helped({ ...parameters, messages }, new Seen()));
  }

  // The client's own loop of tool calls.
  async runner(order, seen) {
    seen.ran = [];
    const run = ({ line }) => {
      seen.ran.push(line);
      return 'done';
    };
    const tool = betaTool({ name: NAME, description: DESCRIPTION, inputSchema: SCHEMA, run });
    const runner = this.client.beta.messages.toolRunner({ ...this.parameters(order), tools: [tool], stream: true });
    let message;
    for await (const stream of runner) message = await stream.finalMessage();
    seen.report = text(message);
  }

  async count(order, seen) {
    const { max_tokens, ...parameters } = this.parameters(order);
    seen.count = (await this.client.messages.countTokens(parameters)).input_tokens;
  }

  async read(parameters, seen) {
    const message = await this.helped(parameters, seen);
    read(message, seen);
    return message;
  }

  async helped(parameters, seen) {
    const stream = this.client.messages.stream(parameters);
    stream.on('text', (piece) => (seen.text += piece));
    return stream.finalMessage();
  }
}

function delta({ type, text, thinking, partial_json }, block, seen) {
  if (type === 'text_delta') seen.text += text;
  if (type === 'thinking_delta') seen.thinking += thinking;
  if (type === 'input_json_delta') block.pieces += partial_json;
}

function text(message) {
  return message.content.map(({ text }) => text ?? '').join('');
}

function read(message, seen) {
  seen.id(message.id);
  seen.usage.push(message.usage.output_tokens);
  seen.finishes.push(message.stop_reason);
  seen.text = text(message);
  seen.thinking = message.content.map(({ thinking }) => thinking ?? '').join('');
  for (const { type, id, name, input } of message.content) {
    if (type === 'tool_use') seen.call(id, name, JSON.stringify(input));
  }
}
