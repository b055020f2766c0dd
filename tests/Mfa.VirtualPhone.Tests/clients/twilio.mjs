// Drives the virtual network with Twilio's own client: node twilio.mjs <address of the network>
// Says what it saw, one line a fact, and ends with 1 at the first that is wrong.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import twilio from "twilio";

const network = process.argv[2];
const { accountSid, authToken, numbers, messagingService } = (await (await fetch(`${network}/connection`)).json()).twilio;
const [from] = numbers;
const to = "+14255550123";

function connect(token) {
  const client = twilio(accountSid, token);
  client.api.baseUrl = network;
  return client;
}

// What Twilio asks for and tells: only what its own validator takes for Twilio's.
const hooks = [];
let wake = () => {};
const twiml = new Map();
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const form = Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString()));
  const signed = twilio.validateRequest(authToken, request.headers["x-twilio-signature"], `${base}${request.url}`, form);
  hooks.push({ path: request.url.split("?")[0], form, signed, token: request.headers["i-twilio-idempotency-token"] });
  response.setHeader("content-type", "text/xml");
  response.end(twiml.get(request.url.split("?")[0]) ?? "<Response/>");
  wake();
});
await new Promise((up) => server.listen(0, "127.0.0.1", up));
const base = `http://127.0.0.1:${server.address().port}`;

async function hook(path, wanted = () => true) {
  for (;;) {
    const at = hooks.findIndex((one) => one.path === path && wanted(one.form));
    if (at >= 0) {
      const [one] = hooks.splice(at, 1);
      assert.ok(one.signed, `${path} is not signed`);
      assert.ok(one.token);
      return one.form;
    }
    await new Promise((came) => { wake = came; });
  }
}

async function phone(method, route, body) {
  const answer = await fetch(`${network}/phones/${to.slice(1)}${route}`, {
    method, headers: body ? { "content-type": "application/json" } : {}, body: body ? JSON.stringify(body) : undefined,
  });
  assert.equal(answer.status, 200, `${route}: ${answer.status}`);
  return answer.json();
}

async function ringing() {
  for (;;) {
    const { call, version } = await phone("GET", "");
    if (call?.state === "ringing") return call;
    await phone("GET", `?wait=5&seen=${version}`);
  }
}

function saw(what) {
  console.log(what);
}

const client = connect(authToken);

// Texts
const text = await client.messages.create({ to, from, body: "Good day é & so on", statusCallback: `${base}/text?for=a%2Fb` });
assert.match(text.sid, /^SM[0-9a-f]{32}$/);
assert.deepEqual([text.status, text.direction, text.dateSent, text.errorCode], ["queued", "outbound-api", null, null]);
assert.ok(text.dateCreated instanceof Date && !Number.isNaN(text.dateCreated.getTime()));
assert.equal((await phone("GET", "")).texts[0].body, "Good day é & so on");
saw("text sent");
const delivered = await hook("/text", (form) => form.MessageStatus === "delivered");
assert.equal(delivered.MessageSid, text.sid);
saw("text delivered");
assert.equal((await client.messages(text.sid).fetch()).status, "delivered");
saw("text fetched");
const accepted = await client.messages.create({ to, messagingServiceSid: messagingService, body: "By the service", riskCheck: "disable", validityPeriod: 300 });
assert.deepEqual([accepted.status, accepted.messagingServiceSid], ["accepted", messagingService]);
saw("text sent by the service");

// A call, gathered and updated
twiml.set("/start", new twilio.twiml.VoiceResponse().toString());
const gather = new twilio.twiml.VoiceResponse();
gather.gather({ input: "dtmf", numDigits: 1, finishOnKey: "", timeout: 30, actionOnEmptyResult: true, action: `${base}/keys` }).say({ voice: "Google.nl-NL-Wavenet-F" }, "Druk op hekje");
twiml.set("/start", gather.toString());
const waits = new twilio.twiml.VoiceResponse();
waits.say("Thank you");
waits.pause({ length: 60 });
twiml.set("/keys", waits.toString());
const call = await client.calls.create({
  to, from, url: `${base}/start`, timeout: 30, statusCallback: `${base}/status`, statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
});
assert.match(call.sid, /^CA[0-9a-f]{32}$/);
assert.equal(call.status, "queued");
saw("call placed");
assert.equal((await ringing()).id, call.sid);
await phone("POST", "/answer");
assert.equal((await hook("/start")).CallSid, call.sid);
for (const [count, status] of ["initiated", "ringing", "in-progress"].entries()) assert.equal((await hook("/status", (form) => form.CallStatus === status)).SequenceNumber, `${count}`);
saw("call answered");
await phone("POST", "/keys", { keys: "#" });
assert.equal((await hook("/keys")).Digits, "#");
saw("key gathered");
const last = new twilio.twiml.VoiceResponse();
last.say({ language: "en-GB" }, "Something else");
last.pause({ length: 60 });
assert.equal((await client.calls(call.sid).update({ twiml: last.toString() })).status, "in-progress");
const updated = (await phone("GET", "")).call;
assert.deepEqual([updated.said.at(-1), updated.language, updated.wire], ["Something else", "en-GB", "twilio"]);
saw("call updated");
assert.equal((await client.calls(call.sid).update({ status: "completed" })).status, "completed");
assert.equal((await hook("/status", (form) => form.CallStatus === "completed")).SipResponseCode, "200");
saw("call hung up");

// A text from the phone is listed with the others.
await phone("POST", "/texts", { to: from, body: "482913" });

// Lists
for (let count = 0; count < 3; count++) await client.messages.create({ to, from, body: `${count}` });
const today = new Date(new Date().toISOString().slice(0, 10));
const all = await client.messages.list({ to, dateSentAfter: today, pageSize: 2 });
assert.deepEqual(all.map((one) => one.body), ["2", "1", "0", "By the service", "Good day é & so on"]);
assert.deepEqual((await client.messages.list({ to, limit: 1 })).map((one) => one.body), ["2"]);
assert.equal((await client.messages.list({ from: to })).length, 1);
const page = await client.messages.page({ to, pageSize: 2 });
assert.deepEqual((await page.nextPage()).instances.map((one) => one.body), ["0", "By the service"]);
saw("texts listed");
assert.deepEqual((await client.calls.list({ to, status: "completed", startTimeAfter: today })).map((one) => one.sid), [call.sid]);
assert.deepEqual(await client.calls.list({ to, startTimeBefore: new Date(today - 86_400_000) }), []);
saw("calls listed");

// Refusals
await assert.rejects(client.messages.create({ to: "12", from, body: "no" }), { status: 400, code: 21211 });
await assert.rejects(client.messages.create({ to, from, body: "x".repeat(1601) }), { status: 400, code: 21617 });
await assert.rejects(client.messages.create({ to: "+15005550009", from, body: "no" }), { status: 400, code: 21614 });
await assert.rejects(client.calls.create({ to: "12", from, url: `${base}/start` }), { status: 400, code: 21211 });
await assert.rejects(client.calls(call.sid).update({ status: "completed" }), { status: 400, code: 21220 });
await assert.rejects(client.calls("CA00000000000000000000000000000000").fetch(), { status: 404, code: 20404 });
await assert.rejects(connect("another").messages.create({ to, from, body: "no" }), { status: 401, code: 20003 });
saw("refusals are twilio's");
const asked = await Promise.allSettled(Array.from({ length: 200 }, () => client.messages(text.sid).fetch()));
const refused = asked.filter((one) => one.status === "rejected").map((one) => [one.reason.status, one.reason.code]);
assert.ok(refused.length > 0 && refused.every(([status, code]) => status === 429 && code === 20429), JSON.stringify(refused[0]));
saw("too many requests are 429");

server.close();
server.closeAllConnections();
