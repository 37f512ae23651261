// OpenAI's Agents SDK: one run with a tool, streamed.
import { Agent, OpenAIChatCompletionsModel, OpenAIResponsesModel, Runner, setTracingDisabled, tool } from '@openai/agents';
import OpenAI from 'openai';
import { DESCRIPTION, NAME, SCHEMA, TIMEOUT } from './tool.mjs';

const REASONING = { reasoning: { effort: 'low', summary: 'auto' } };

export class Agents {
  constructor(url) {
    setTracingDisabled(true);
    this.client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0, timeout: TIMEOUT });
  }

  async responses(order, seen) {
    await this.run(new OpenAIResponsesModel(this.client, order.model), REASONING, order, seen);
  }

  // With the reasoning sent along, sealed.
  async unkept(order, seen) {
    const settings = { ...REASONING, store: false, providerData: { include: ['reasoning.encrypted_content'] } };
    await this.run(new OpenAIResponsesModel(this.client, order.model), settings, order, seen);
  }

  async chat(order, seen) {
    await this.run(new OpenAIChatCompletionsModel(this.client, order.model), {}, order, seen);
  }

  async run(model, modelSettings, { say }, seen) {
    seen.ran = [];
    const execute = ({ line }) => {
      seen.ran.push(line);
      return 'done';
    };
    const tools = [tool({ name: NAME, description: DESCRIPTION, parameters: SCHEMA, strict: true, execute })];
    const agent = new Agent({ name: 'scribe', model, modelSettings, tools });
    const result = await new Runner().run(agent, say, { stream: true });
    for await (const event of result) {
      if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta') seen.text += event.data.delta;
    }
    await result.completed;
    seen.report = result.finalOutput;
  }
}
