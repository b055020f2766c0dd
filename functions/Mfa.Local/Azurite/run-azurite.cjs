// Runs Azurite in this process: node run-azurite.cjs <azurite.js> <its arguments>.
// It ends with the program that started it: the other end of our stdin closes, however that program ended.
const http = require('http');

const stop = () => {
  process.emit('SIGTERM');
  // Azurite saves and ends by itself; this is for one that was not up yet.
  setTimeout(() => process.exit(0), 3000).unref();
};
process.stdin.on('end', stop).on('error', stop).resume();

// Azurite saves once its servers have closed, and they would wait for connections that a client keeps for later.
const close = http.Server.prototype.close;
http.Server.prototype.close = function (done) {
  const closing = close.call(this, done);
  this.closeAllConnections();
  return closing;
};

// Ctrl+C reaches everything in the terminal at once; Azurite has to outlive the program that uses it.
const once = process.once;
process.once = (event, listener) => (event === 'SIGINT' ? process : once.call(process, event, listener));
process.on('SIGINT', () => {});

process.argv.splice(1, 1);
require(process.argv[1]);
