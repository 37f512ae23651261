// Runs the cases that it reads, one JSON line each, and writes what the official clients saw, one JSON line each.
// usage: node driver.mjs GATEWAY
import { createInterface } from 'node:readline/promises';
import { Seen } from './seen.mjs';

const AT_ONCE = 6;
const MODULES = { chat: 'Chat', messages: 'Messages', responses: 'Responses', agents: 'Agents', vercel: 'Vercel' };
const url = process.argv[2];

// What there is to know about what was raised; `delivered` as the gateway says.
function failure(error) {
  const { type = null, code = null, midstream = {} } = error.error?.error ?? error.error ?? {};
  return { class: error.constructor.name, status: error.status ?? null, message: String(error.message), type, code, delivered: midstream.delivered ?? null };
}

async function run(order, clients) {
  const seen = new Seen();
  try {
    await clients[order.client][order.way](order, seen);
  } catch (error) {
    seen.error = failure(error);
  }
  console.log(JSON.stringify({ n: order.n, ...seen }));
}

const orders = [];
for await (const line of createInterface({ input: process.stdin })) orders.push(JSON.parse(line));
const clients = {};
for (const name of new Set(orders.map(({ client }) => client))) {
  clients[name] = new (await import(`./${name}.mjs`))[MODULES[name]](url);
}
async function worker() {
  for (let order; (order = orders.shift()); ) await run(order, clients);
}
await Promise.all(Array.from({ length: AT_ONCE }, worker));
process.exit(0);
