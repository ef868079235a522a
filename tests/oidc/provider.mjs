// A provider of OpenID Connect for the tests of single sign-on: npm's oidc-provider on a free port of this machine, with its own
// pages, behind a door at which a test can spoil what it says. It prints a line of JSON for each thing that happens: {"port"} once
// it listens, {"asked"} for each path that is asked for, {"told"} with each logout token that it gives by itself.
// Its people are whoever types a name there: the name is their subject, and the part before “@demo.example” of their address.
// Arguments: the addresses to come back to, with commas between them; a file with a key and a certificate (PEM), to speak TLS.
// Lines of JSON on its standard input change how it behaves from then on; each is answered by {"now"}:
//   {"claims": {…}}     the ID token says this instead (null takes a claim out); it is signed anew with the right key
//   {"sign": "none"}    the ID token has no signature          {"sign": "shared"}  HS256, with the published key for a secret
//   {"sign": "other"}   a key that it does not publish, under the published one's name
//   {"kid": "…"}        it says that another key signed it
//   {"iss": "…"}        it names itself so in its answer by the browser
//   {"metadata": {…}}   it says this of itself
//   {"way": "down"}     hangs up                               {"way": "mute"}     takes the request and says nothing
//   {"way": "nonsense"} answers what nobody can read           {"way": "huge"}     answers without end
//   {"way": "elsewhere"} sends on to another address           {"on": "/token"}    and only there
//   {"rotate": true}    signs with a new key and publishes that one alone
//   {"word": {…}}       it tells at once, with a logout token of these claims besides those that each has; they are spoiled as any
//   {}                  as it should
import { generateKeyPairSync, createHmac, createSign, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer as plain } from "node:http";
import { createServer as secure } from "node:https";
import { Provider } from "oidc-provider";

const [back, pem] = process.argv.slice(2);
const say = (what) => process.stdout.write(JSON.stringify(what) + "\n");
let behaves = {};
let key;
let callback;
let issuer;

/** Its keys are made anew, and the provider with them; who is signed in there stays so. */
function make() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  key = { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), alg: "RS256", use: "sig" };
  const provider = new Provider(issuer, {
    clients: [{ client_id: "common-table", client_secret: "a secret of the tests", redirect_uris: back.split(","), post_logout_redirect_uris: back.split(",").map((one) => one.replace(/return$/, "left")), backchannel_logout_uri: `${issuer}/told`, backchannel_logout_session_required: true, response_types: ["code"], grant_types: ["authorization_code"], require_auth_time: true }],
    acrValues: ["https://refeds.org/profile/mfa", "phr"],
    jwks: { keys: [key] },
    cookies: { keys: ["the tests"] },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: { openid: ["sub", "email"] },
    features: { backchannelLogout: { enabled: true } },
    // It tells itself, on this machine, what it would tell the site.
    fetch: (to, { method, headers, body }) => fetch(to, { method, headers, body }),
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, email: `${id}@demo.example` }) }),
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  });
  provider.on("server_error", (_, error) => say({ fault: String(error.stack) }));
  callback = provider.callback();
}

const part = (what) => Buffer.from(JSON.stringify(what)).toString("base64url");
const publicPem = () => JSON.stringify({ n: key.n, e: key.e });

/** A token as the test wants it. */
function spoiled(token) {
  const [head, payload] = token.split(".").slice(0, 2).map((one) => JSON.parse(Buffer.from(one, "base64url")));
  const claims = { ...payload, ...behaves.claims };
  for (const [name, value] of Object.entries(claims)) if (value === null) delete claims[name];
  const ways = {
    none: () => [{ ...head, alg: "none" }, () => ""],
    shared: () => [{ ...head, alg: "HS256" }, (text) => createHmac("sha256", publicPem()).update(text).digest("base64url")],
    other: () => [head, rsa(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey)],
  };
  const [header, sign] = ways[behaves.sign]?.() ?? [{ ...head, kid: behaves.kid ?? head.kid }, rsa({ key, format: "jwk" })];
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${sign(text)}`;
}
const rsa = (secret) => (text) => createSign("RSA-SHA256").update(text).sign(secret, "base64url");

/** A logout token with these claims, as the provider itself would make one. */
function word(about) {
  const now = Math.floor(Date.now() / 1000);
  const events = { "http://schemas.openid.net/event/backchannel-logout": {} };
  const claims = { iss: issuer, aud: "common-table", iat: now, exp: now + 120, jti: randomUUID(), events, ...about };
  return spoiled(`${part({ alg: "RS256", kid: key.kid, typ: "logout+jwt" })}.${part(claims)}.`);
}

/** What it tells by itself goes to whoever runs it. */
function told(request, response) {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (some) => (body += some));
  request.on("end", () => {
    say({ told: spoiled(new URLSearchParams(body).get("logout_token")) });
    response.writeHead(200).end();
  });
}

/** Keeps what the provider answers, to be changed before it goes out. */
function held(response, change) {
  const [write, end] = [response.write.bind(response), response.end.bind(response)];
  const parts = [];
  response.write = (some) => parts.push(Buffer.from(some)) > 0;
  response.end = (some) => {
    if (some) parts.push(Buffer.from(some));
    const text = change(Buffer.concat(parts).toString());
    if (!response.headersSent) response.setHeader("content-length", Buffer.byteLength(text));
    write(text);
    return end();
  };
}

function change(path, text) {
  if (path === "/token" && text.includes("id_token")) {
    const answer = JSON.parse(text);
    return JSON.stringify({ ...answer, id_token: spoiled(answer.id_token) });
  }
  if (path.startsWith("/.well-known")) return JSON.stringify({ ...JSON.parse(text), ...behaves.metadata });
  return text;
}

const ways = {
  down: (request) => request.socket.destroy(),
  mute: () => {},
  nonsense: (_, response) => response.end("<p>What?</p>"),
  elsewhere: (_, response) => response.writeHead(302, { location: "http://169.254.169.254/" }).end(),
  huge: (_, response) => {
    const more = () => response.destroyed || (response.write("x".repeat(65_536)), setImmediate(more));
    more();
  },
};

function answer(request, response) {
  const path = new URL(request.url, issuer).pathname;
  say({ asked: path });
  if (path === "/told") return told(request, response);
  const way = ways[behaves.way];
  if (way && (!behaves.on || behaves.on === path)) return way(request, response);
  if (behaves.iss) {
    const setHeader = response.setHeader.bind(response);
    response.setHeader = (name, value) => setHeader(name, name.toLowerCase() === "location" ? String(value).replace(/iss=[^&]*/, `iss=${encodeURIComponent(behaves.iss)}`) : value);
  }
  if (path === "/token" || path.startsWith("/.well-known")) held(response, (text) => change(path, text));
  return callback(request, response);
}

const server = pem ? secure({ key: readFileSync(pem), cert: readFileSync(pem) }, answer) : plain(answer);
server.listen(0, "127.0.0.1", () => {
  issuer = `${pem ? "https" : "http"}://localhost:${server.address().port}`;
  make();
  say({ port: server.address().port });
});

let rest = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (text) => {
  const lines = (rest + text).split("\n");
  rest = lines.pop();
  for (const line of lines) {
    const { rotate, word: about, ...other } = JSON.parse(line);
    if (rotate) make();
    behaves = other;
    if (about) say({ told: word(about) });
    say({ now: line });
  }
});
process.stdin.on("end", () => process.exit(0));
