// Reads one stream after another with the official client and prints what it saw, a JSON line each.
// usage: node client.mjs BASE_URL MODEL...
import OpenAI from './target/node_modules/openai/index.mjs';

const [baseURL, ...models] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
const messages = [{ role: 'user', content: 'Count.' }];
const tools = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }];

async function raw(model, more) {
  const seen = { text: '', finishes: [], usages: 0, ids: new Set(), error: null };
  try {
    const stream = await client.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true }, ...more });
    for await (const chunk of stream) {
      seen.ids.add(chunk.id);
      if (chunk.usage) seen.usages++;
      for (const choice of chunk.choices) {
        seen.text += choice.delta.content ?? '';
        if (choice.finish_reason) seen.finishes.push(choice.finish_reason);
      }
    }
  } catch (e) {
    seen.error = { name: e.constructor.name, status: e.status ?? null, code: e.code ?? null, delivered: e.error?.midstream?.delivered ?? null };
  }
  return { ...seen, ids: seen.ids.size };
}

async function helper(model, more) {
  const stream = client.chat.completions.stream({ model, messages, ...more });
  const message = await stream.finalMessage();
  const completion = await stream.finalChatCompletion();
  return { text: message.content, finish: completion.choices[0].finish_reason,
           calls: (message.tool_calls ?? []).map((c) => [c.id, c.function.name, c.function.arguments]) };
}

for (const model of models) {
  const more = model.startsWith('tool-') ? { tools } : {};
  const result = { model, raw: await raw(model, more) };
  if (!result.raw.error) result.helper = await helper(model, more);
  console.log(JSON.stringify(result));
}
