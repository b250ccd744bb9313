// The page, and the worker in it: the same script. It fetches what to do, does it in both, and posts what came out.
const isPage = typeof document === 'object';
const globals = () => Reflect.ownKeys(globalThis).map(String);

async function work() {
  const input = await (await fetch('/input')).json();
  const before = globals();
  const added = () => globals().filter((name) => !before.includes(name));
  const { makeFresh, makeGiven } = await import('/work.js');
  const given = await makeGiven(input.given);
  const addedByMaking = added();
  const fresh = await makeFresh(input.fresh);
  return { given, fresh, addedByMaking, addedByVerifying: added(), agent: navigator.userAgent };
}

function inWorker() {
  return new Promise((resolve, reject) => {
    const worker = new Worker('/page.js', { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(`worker: ${event.message}`));
  });
}

const told = (error) => ({ error: String(error?.stack ?? error) });
if (isPage) {
  const page = await work().catch(told);
  const worker = await inWorker().catch(told);
  await fetch('/output', { method: 'POST', body: JSON.stringify({ page, worker }) });
} else {
  globalThis.postMessage(await work().catch(told));
}
