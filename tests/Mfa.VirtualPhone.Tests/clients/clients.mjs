// Drives the virtual network with the carrier's own clients: node clients.mjs <address of the network>
// Says what it saw, one line a fact, and ends with 1 at the first that is wrong.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { CallAutomationClient, parseCallAutomationEvent } from "@azure/communication-call-automation";
import { SmsClient } from "@azure/communication-sms";

const network = process.argv[2];
const loopback = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
const { connectionString, numbers } = await (await fetch(`${network}/connection`)).json();
const phone = "14255550123";

const events = [];
let wake = () => {};
const receiver = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  events.push(parseCallAutomationEvent(JSON.parse(Buffer.concat(parts).toString())));
  response.end();
  wake();
});
await new Promise((up) => receiver.listen(0, "127.0.0.1", up));
const callback = `http://127.0.0.1:${receiver.address().port}/events`;

async function event(kind) {
  for (;;) {
    const at = events.findIndex((one) => one.kind === kind);
    if (at >= 0) return events.splice(at, 1)[0];
    await new Promise((came) => { wake = came; });
  }
}

async function press(route, body) {
  const answer = await fetch(`${network}/phones/${phone}/${route}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body ?? {}),
  });
  assert.equal(answer.status, 200, `${route}: ${answer.status}`);
  return answer.json();
}

function saw(what) {
  console.log(what);
}

// Texts
const texts = new SmsClient(connectionString, loopback);
const results = await texts.send({ from: numbers[0], to: ["+14255550123", "12"], message: "Good day" }, { enableDeliveryReport: true, tag: "t" });
assert.deepEqual(results.map((one) => [one.successful, one.httpStatusCode]), [[true, 202], [false, 400]]);
assert.match(results[0].messageId, /^Outgoing_/);
assert.equal(results[1].errorMessage, "Invalid To phone number format.");
saw("text sent");

const wrong = connectionString.replace(/accesskey=.*/, `accesskey=${Buffer.from("another").toString("base64")}`);
await assert.rejects(new SmsClient(wrong, loopback).send({ from: numbers[0], to: ["+14255550123"], message: "no" }), { statusCode: 401 });
saw("text with a wrong key is 401");

// A call
const calls = new CallAutomationClient(connectionString, loopback);
const invite = { targetParticipant: { phoneNumber: "+14255550123" }, sourceCallIdNumber: { phoneNumber: numbers[0] } };
await assert.rejects(new CallAutomationClient(wrong, loopback).createCall(invite, callback), (fault) => fault.statusCode === 401 && fault.code === "7509");
saw("call with a wrong key is 401");

const { callConnection, callConnectionProperties } = await calls.createCall(invite, callback, { operationContext: "the call" });
assert.equal(callConnectionProperties.callConnectionState, "connecting");
assert.equal(callConnectionProperties.targetParticipants[0].phoneNumber, "+14255550123");
saw("call placed");

await press("answer");
const connected = await event("CallConnected");
assert.equal(connected.operationContext, "the call");
assert.equal(connected.callConnectionId, callConnectionProperties.callConnectionId);
const participants = await event("ParticipantsUpdated");
assert.equal(participants.participants[0].identifier.phoneNumber, "+14255550123");
assert.equal((await callConnection.getCallConnectionProperties()).callConnectionState, "connected");
saw("call connected");

const media = callConnection.getCallMedia();
await media.playToAll([{ kind: "textSource", text: "Hello", voiceName: "en-US-JennyNeural" }], { operationContext: "hello" });
const played = await event("PlayCompleted");
assert.equal(played.operationContext, "hello");
assert.deepEqual([played.resultInformation.code, played.resultInformation.subCode], [200, 0]);
saw("prompt played");

await media.startRecognizing(invite.targetParticipant, {
  kind: "callMediaRecognizeDtmfOptions", maxTonesToCollect: 1, interruptPrompt: true,
  playPrompt: { kind: "textSource", text: "Press pound", voiceName: "en-US-JennyNeural" }, operationContext: "key",
});
const { call } = await press("keys", { keys: "#" });
assert.deepEqual(call.said, ["Hello", "Press pound"]);
const recognized = await event("RecognizeCompleted");
assert.deepEqual(recognized.dtmfResult.tones, ["pound"]);
assert.equal(recognized.resultInformation.subCode, 8531);
assert.equal(recognized.operationContext, "key");
saw("key recognized");

await media.startRecognizing(invite.targetParticipant, { kind: "callMediaRecognizeDtmfOptions", maxTonesToCollect: 1, initialSilenceTimeoutInSeconds: 300 });
await media.cancelAllOperations();
assert.equal((await event("RecognizeCanceled")).resultInformation.subCode, 8508);
saw("recognize cancelled");

const tones = await media.sendDtmfTones(["one", "two", "pound"], invite.targetParticipant, { operationContext: "tones" });
assert.equal(tones.operationContext, "tones");
assert.equal((await event("SendDtmfTonesCompleted")).operationContext, "tones");
saw("tones sent");

await callConnection.hangUp(true);
const ended = await event("CallDisconnected");
assert.deepEqual([ended.resultInformation.code, ended.resultInformation.subCode], [200, 7000]);
await assert.rejects(callConnection.getCallConnectionProperties(), (fault) => fault.statusCode === 404 && fault.code === "8522");
saw("call hung up");

receiver.close();
receiver.closeAllConnections();
