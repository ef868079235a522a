//! A passkey as a browser and its person's device would have it: a key of its own for one site, which answers what that site's page
//! asks. It is unlocked without anybody being asked.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The origin of the tests' site.
const ORIGIN: &str = "http://localhost";
/// Somebody is there.
const PRESENT: u8 = 0x01;
/// They have shown the device who they are.
const VERIFIED: u8 = 0x04;
/// A new key comes with it.
const ATTESTED: u8 = 0x40;

/// See the module.
pub struct Passkey {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    person: Vec<u8>,
    /// Where the browser believes to be; a test may change it.
    pub origin: &'static str,
    /// Whether the device was unlocked; a test may change it.
    pub unlocked: bool,
    /// How often it was used, as a key says that counts; a test may change it. Most never say.
    pub uses: u32,
}

impl Passkey {
    /// Makes one for what a page asks, and says what the browser answers.
    pub fn made(options: &str) -> (Self, String) {
        let options: Value = serde_json::from_str(options).unwrap();
        let chance = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &chance).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &chance).unwrap();
        let id = Sha256::digest(key.public_key().as_ref()).to_vec();
        let person = URL_SAFE_NO_PAD.decode(options["user"]["id"].as_str().unwrap()).unwrap();
        let made = Self { key, id, person, origin: ORIGIN, unlocked: true, uses: 0 };
        let site = options["rp"]["id"].as_str().unwrap();
        let mut data = made.data(site, ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(made.id.len()).unwrap().to_be_bytes());
        data.extend(&made.id);
        data.extend(made.public_key());
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(&data);
        let client = made.client("webauthn.create", &options);
        let response = json!({ "attestationObject": URL_SAFE_NO_PAD.encode(object), "clientDataJSON": URL_SAFE_NO_PAD.encode(client) });
        let said = made.said(&response);
        (made, said)
    }

    /// What the browser answers when a page asks for it.
    pub fn answer(&self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let data = self.data(options["rpId"].as_str().unwrap(), 0);
        let client = self.client("webauthn.get", &options);
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        self.said(&json!({
            "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
            "signature": URL_SAFE_NO_PAD.encode(signature),
            "userHandle": URL_SAFE_NO_PAD.encode(&self.person),
        }))
    }

    fn data(&self, site: &str, more: u8) -> Vec<u8> {
        let flags = PRESENT | more | if self.unlocked { VERIFIED } else { 0 };
        [&Sha256::digest(site)[..], &[flags], &self.uses.to_be_bytes()].concat()
    }

    /// The public key as COSE has it: an ES256 key on P-256.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", &point[1..33], b"\x22\x58\x20", &point[33..65]].concat()
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false }).to_string().into_bytes()
    }

    fn said(&self, response: &Value) -> String {
        let id = URL_SAFE_NO_PAD.encode(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "extensions": {}, "response": response }).to_string()
    }
}
