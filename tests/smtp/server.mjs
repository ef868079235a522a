// A mail server for the tests of letters: npm's smtp-server on a free port of this machine. It prints a line of JSON for each thing
// that happens: {"port"} once it listens, {"letter"} for each letter that it took, {"cut"} where it hung up on purpose.
// How it treats a letter stands in the recipient's address, before the first dot:
//   busy     451 at RCPT for the first time, then taken      gone    550 at RCPT
//   full     452 after the letter for the first time         spam    554 after the letter
//   dropped  hangs up at RCPT for the first time             cut     takes the letter and hangs up before it says so
//   mute     says nothing at RCPT for the first time         late    takes the letter and says nothing
// Arguments: a file with certificate and key (PEM), or "plain" for a server that offers no encryption; "only-tls" speaks TLS from the
// first byte; "login" wants the name and the password "letters".
import { readFileSync } from "node:fs";
import { SMTPServer } from "smtp-server";

const [pem, ...how] = process.argv.slice(2);
const say = (what) => process.stdout.write(JSON.stringify(what) + "\n");
const seen = new Set();
/** The first time that this happens to this address. */
const first = (what, address) => !seen.has(what + address) && seen.add(what + address);
const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });
const way = (address) => address.split(/[.@]/)[0];

const server = new SMTPServer({
  ...(pem === "plain" ? { disabledCommands: ["STARTTLS"] } : { key: readFileSync(pem), cert: readFileSync(pem) }),
  secure: how.includes("only-tls"),
  authOptional: !how.includes("login"),
  disableReverseLookup: true,
  onAuth: ({ username, password }, _, done) =>
    username === "letters" && password === "letters" ? done(null, { user: username }) : done(refusal(535, "who are you?")),
  onRcptTo({ address }, session, done) {
    const kind = way(address);
    if (kind === "gone") return done(refusal(550, `no such mailbox: ${address}`));
    if (kind === "busy" && first("busy", address)) return done(refusal(451, "come again"));
    if (kind === "mute" && first("mute", address)) return undefined;
    if (kind === "dropped" && first("dropped", address)) {
      say({ cut: address });
      return hangUp(session);
    }
    return done();
  },
  onData(stream, session, done) {
    let raw = "";
    stream.setEncoding("utf8");
    stream.on("data", (part) => (raw += part));
    stream.on("end", () => {
      const to = session.envelope.rcptTo.map((one) => one.address);
      const kind = way(to[0]);
      if (kind === "spam") return done(refusal(554, `not this: ${to[0]}`));
      if (kind === "full" && first("full", to[0])) return done(refusal(452, "no room just now"));
      say({ letter: { to, from: session.envelope.mailFrom.address, secure: session.secure, raw } });
      if (kind === "late") return undefined;
      if (kind === "cut") {
        say({ cut: to[0] });
        return hangUp(session);
      }
      return done();
    });
  },
});

/** Ends the connection of a session without a word. */
function hangUp(session) {
  for (const connection of server.connections) if (connection.session === session) connection._socket.destroy();
}

server.on("error", () => {});
server.listen(0, "127.0.0.1", () => say({ port: server.server.address().port }));
process.stdin.on("end", () => process.exit(0)).resume();
