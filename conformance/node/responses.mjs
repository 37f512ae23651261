// The Responses API with the official OpenAI client.
import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { Seen } from './seen.mjs';
import { DOCUMENT, NAME, SCHEMA, TIMEOUT } from './tool.mjs';

const TOOLS = [{ type: 'function', name: NAME, strict: false, parameters: SCHEMA }];
const TERMINAL = ['response.completed', 'response.incomplete', 'response.failed'];

export class Responses {
  constructor(url) {
    this.responses = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0, timeout: TIMEOUT }).responses;
  }

  parameters({ model, say, tool, think }) {
    return { model, input: say, ...(tool && { tools: TOOLS }), ...(think && { reasoning: { effort: 'low', summary: 'auto' } }) };
  }

  async raw(order, seen) {
    const stream = new Lifecycle(seen);
    for await (const event of await this.responses.create({ ...this.parameters(order), stream: true })) stream.take(event);
    stream.end();
  }

  async helper(order, seen) {
    await this.read(this.parameters(order), seen);
  }

  async plain(order, seen) {
    read(await this.responses.create(this.parameters(order)), seen);
  }

  async parsed(order, seen) {
    const response = await this.helped({ ...this.parameters(order), text: { format: zodTextFormat(DOCUMENT, 'answer') } }, seen);
    seen.parsed = response.output_parsed;
  }

  // The history is sent along, nothing is kept by the provider.
  async turns(order, seen) {
    const parameters = { ...this.parameters(order), store: false, include: ['reasoning.encrypted_content'] };
    const first = await this.read(parameters, seen);
    const input = [{ role: 'user', content: order.say }, ...first.output, ...results(first)];
    seen.report = (await this.helped({ ...parameters, input }, new Seen())).output_text;
  }

  // The history is kept for us.
  async chain(order, seen) {
    const parameters = this.parameters(order);
    const first = await this.read(parameters, seen);
    const second = await this.helped({ ...parameters, input: results(first), previous_response_id: first.id }, new Seen());
    seen.report = second.output_text;
    seen.encore = (await this.responses.create({ ...parameters, input: order.again, previous_response_id: second.id })).output_text;
  }

  async kept(order, seen) {
    const first = await this.helped(this.parameters(order), seen);
    const again = await this.responses.retrieve(first.id);
    read(again, seen);
    seen.odd(again.output_text !== first.output_text || again.id !== first.id, 'another response');
    const items = [];
    for await (const item of this.responses.inputItems.list(first.id)) items.push(item);
    seen.odd(!JSON.stringify(items).includes(order.say), 'input items');
    await this.responses.delete(first.id);
    await this.responses.retrieve(first.id);
  }

  async unknown(order) {
    await this.responses.create({ ...this.parameters(order), previous_response_id: 'resp_unknown' });
  }

  async read(parameters, seen) {
    const response = await this.helped(parameters, seen);
    read(response, seen);
    return response;
  }

  async helped(parameters, seen) {
    const stream = this.responses.stream(parameters);
    stream.on('response.output_text.delta', ({ delta }) => (seen.text += delta));
    return stream.finalResponse();
  }
}

// What raw iteration shows has to agree with itself.
class Lifecycle {
  number = -1; items = []; texts = {}; final = null;

  constructor(seen) {
    this.seen = seen;
  }

  take(event) {
    const { seen } = this;
    this.number++;
    seen.odd(event.sequence_number !== this.number, 'sequence_number');
    seen.odd((event.type === 'response.created') !== (this.number === 0), 'created');
    seen.odd(this.final, 'event behind the terminal one');
    if (event.type === 'response.output_item.added') {
      seen.odd(event.output_index !== this.items.length, 'output_index');
      this.items.push(event.item.id);
    } else if (event.type === 'response.output_item.done') {
      seen.odd(event.item.id !== this.items[event.output_index], 'item id');
      if (event.item.type === 'function_call') seen.call(event.item.call_id, event.item.name, event.item.arguments);
    } else if (event.type === 'response.output_text.delta') {
      seen.text += event.delta;
      this.texts[event.output_index] = (this.texts[event.output_index] ?? '') + event.delta;
    } else if (event.type === 'response.output_text.done') {
      seen.odd(event.text !== this.texts[event.output_index], 'text of done');
    } else if (['response.reasoning_summary_text.delta', 'response.reasoning_text.delta'].includes(event.type)) {
      seen.thinking += event.delta;
    } else if (TERMINAL.includes(event.type)) {
      this.final = event.response;
    }
  }

  end() {
    const { seen, final } = this;
    if (!final) return seen.odd(true, 'no terminal event');
    const whole = new Seen();
    read(final, whole);
    seen.odd(String(final.output.map(({ id }) => id)) !== String(this.items), 'items of the final response');
    seen.odd(whole.text !== seen.text || JSON.stringify(whole.calls) !== JSON.stringify(seen.calls), 'the final response says something else');
    Object.assign(seen, { ids: whole.ids, usage: whole.usage, finishes: whole.finishes });
  }
}

function results({ output }) {
  return output.filter(({ type }) => type === 'function_call').map(({ call_id }) => ({ type: 'function_call_output', call_id, output: 'done' }));
}

function text(parts) {
  return (parts ?? []).map(({ text }) => text ?? '').join('');
}

function read(response, seen) {
  seen.id(response.id);
  if (response.usage) seen.usage.push(response.usage.output_tokens);
  seen.finishes.push(response.status);
  seen.text = '';
  seen.thinking = '';
  for (const item of response.output) {
    if (item.type === 'message') seen.text += text(item.content);
    if (item.type === 'reasoning') seen.thinking += text(item.summary) + text(item.content);
    if (item.type === 'function_call') seen.call(item.call_id, item.name, item.arguments);
  }
}
