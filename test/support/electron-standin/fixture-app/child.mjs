process.parentPort.on('message', ({ data }) => {
  process.parentPort.postMessage({ got: data.ask + 1, type: process.type });
});
