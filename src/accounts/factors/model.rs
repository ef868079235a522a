//! Seeds and codes, and what an account has of them.

use super::super::model::signs_of;
use crate::platform::ids::{AccountId, AgencyId, MembershipId, PartnerId};
use chrono::{DateTime, Duration, Utc};
use qrcode::{QrCode, render::svg};
use rand::Rng as _;
use sha2::{Digest as _, Sha256};
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// Seconds for which a code stands (RFC 6238).
const STEP: u64 = 30;
/// How many steps before and after now are taken too: clocks differ.
const SKEW: u16 = 1;
/// Digits of a code.
const DIGITS: u8 = 6;

/// What an app makes its codes from.
pub(super) struct Seed(Vec<u8>);

/// Under which place an account's seed is sealed.
pub(super) fn place(account: AccountId) -> String {
    format!("seed of codes: {account}")
}

impl Seed {
    /// 160 bits from the operating system's source of chance (RFC 4226).
    pub(super) fn fresh() -> Self {
        Self(Secret::generate().as_bytes().to_vec())
    }

    pub(super) fn of(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// To be typed into an app by somebody who cannot scan: groups of four.
    pub(super) fn written(&self) -> String {
        let text = Secret::from(self.0.clone()).to_base32();
        text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
    }

    /// The same as a picture that an app scans.
    pub(super) fn picture(&self, email: &str) -> Option<String> {
        let address = self.totp(email)?.to_url().ok()?;
        let code = QrCode::new(address).ok()?;
        Some(code.render::<svg::Color<'_>>().min_dimensions(220, 220).build())
    }

    /// The step whose code was typed, when it is one that stands now.
    pub(super) fn step_of(&self, typed: &str, now: DateTime<Utc>) -> Option<i64> {
        let seconds = u64::try_from(now.timestamp()).ok()?;
        i64::try_from(self.totp("")?.check(typed, seconds)?).ok()
    }

    fn totp(&self, email: &str) -> Option<Totp> {
        // A colon parts the issuer from the name in what an app reads.
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_skew(SKEW)
            .with_step_duration(STEP)
            .with_secret(self.0.clone())
            .with_account_name(email.replace(':', " "))
            .with_issuer(Some("Common Table"))
            .build()
            .ok()
    }
}

/// A code on paper, for the day when app and passkeys are lost. It is good once.
pub(super) struct RecoveryCode(String);

/// How many are made at once.
pub(super) const RECOVERY_CODES: usize = 10;

impl RecoveryCode {
    /// Nothing that is taken for something else; 12 of 32 signs are 60 bits.
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const LENGTH: usize = 12;

    pub(super) fn fresh() -> Self {
        let mut bytes = [0_u8; Self::LENGTH];
        rand::rng().fill_bytes(&mut bytes);
        Self(bytes.iter().map(|byte| char::from(Self::SIGNS[usize::from(byte % 32)])).collect())
    }

    /// As somebody types it from paper: small letters, spaces and hyphens are fine.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let signs = signs_of(text);
        let known = signs.bytes().all(|sign| Self::SIGNS.contains(&sign));
        (known && signs.len() == Self::LENGTH).then_some(Self(signs))
    }

    /// In three parts, to be written down.
    pub(super) fn written(&self) -> String {
        self.0.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
    }

    /// What is stored of it.
    pub(super) fn hash(&self, account: AccountId) -> Vec<u8> {
        Sha256::digest(format!("recovery {account} {}", self.0)).to_vec()
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

/// What was typed as the second step.
#[derive(Debug)]
pub(super) enum Typed {
    /// From an app.
    Code(String),
    /// From paper.
    Recovery(RecoveryCode),
}

impl Typed {
    /// Six digits, or a code from paper.
    pub(super) fn read(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').collect();
        if plain.len() == usize::from(DIGITS) && plain.bytes().all(|one| one.is_ascii_digit()) {
            return Some(Self::Code(plain));
        }
        RecoveryCode::from_text(text).map(Self::Recovery)
    }
}

/// A passkey as its person sees it.
#[derive(Debug, Clone)]
pub(in super::super) struct PasskeyShown {
    pub(in super::super) id: uuid::Uuid,
    pub(in super::super) name: String,
    pub(in super::super) made_at: DateTime<Utc>,
    pub(in super::super) last_used_at: Option<DateTime<Utc>>,
}

/// What an account signs in with besides its password.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Factors {
    /// Since when codes from an app are asked for.
    pub(in super::super) codes_since: Option<DateTime<Utc>>,
    pub(in super::super) passkeys: Vec<PasskeyShown>,
    /// Codes on paper that are left.
    pub(in super::super) recovery_left: i64,
}

impl Factors {
    /// Whether a password alone is not enough.
    pub(in super::super) fn any(&self) -> bool {
        self.codes_since.is_some() || !self.passkeys.is_empty()
    }

    /// Whether all of it was there already at a moment: what was set up later is not what was lost then.
    pub(in super::super) fn was_all_there(&self, at: DateTime<Utc>) -> bool {
        self.any() && self.codes_since.is_none_or(|since| since < at) && self.passkeys.iter().all(|passkey| passkey.made_at < at)
    }

    /// Whether it is the only one.
    pub(in super::super) fn is_last(&self) -> bool {
        usize::from(self.codes_since.is_some()) + self.passkeys.len() == 1
    }
}

/// For how long what one person said of a lost second step waits for a second person.
pub const LOST_ASKED: Duration = Duration::days(7);
/// How long what two people said of a lost second step waits, for the person and for other places in which they serve: longer than a weekend.
pub const LOST_WAITS: Duration = Duration::days(3);
/// For how long afterwards it holds.
pub const LOST_HOLDS: Duration = Duration::days(7);

/// What was asked, in one place, for somebody whose second step is said to be lost.
#[derive(Debug, Clone)]
pub(in super::super) struct LostAsked {
    pub(in super::super) id: uuid::Uuid,
    pub(in super::super) agency: AgencyId,
    pub(in super::super) agency_name: String,
    pub(in super::super) slug: String,
    pub(in super::super) membership: MembershipId,
    pub(in super::super) body: Option<PartnerId>,
    pub(in super::super) asked_at: DateTime<Utc>,
    pub(in super::super) confirmed_at: Option<DateTime<Utc>>,
}

impl LostAsked {
    /// When the password alone is enough, where it was confirmed.
    pub(in super::super) fn from(&self) -> Option<DateTime<Utc>> {
        self.confirmed_at.map(|at| at + LOST_WAITS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard_and_stand_for_a_step_before_and_after() {
        // RFC 6238, appendix B, for SHA-1: the last six of the eight digits at 59 seconds.
        let seed = Seed::of(b"12345678901234567890".to_vec());
        for (now, step) in [(59, Some(1)), (30, Some(1)), (89, Some(1)), (0, Some(1)), (90, None), (300, None)] {
            assert_eq!(seed.step_of("287082", at(now)), step, "{now}");
        }
        assert_eq!(seed.step_of("287083", at(59)), None);
        for odd in ["", "28708", "2870821", "+28708", "２８７０８２"] {
            assert_eq!(seed.step_of(odd, at(59)), None, "{odd}");
        }
    }

    #[test]
    fn a_seed_is_scanned_or_typed() {
        let seed = Seed::of(b"12345678901234567890".to_vec());
        assert_eq!(seed.written(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert!(seed.picture("wren@agency.example").unwrap().contains("<svg"));
        assert_eq!(Seed::fresh().bytes().len(), 20);
    }

    #[test]
    fn a_code_from_paper_is_read_as_somebody_types_it() {
        let account = AccountId::fresh();
        let code = RecoveryCode::fresh();
        for typed in [code.written(), code.written().to_lowercase(), format!(" {} ", code.written().replace('-', " "))] {
            let Some(Typed::Recovery(read)) = Typed::read(&typed) else { panic!("{typed}") };
            assert_eq!(read.hash(account), code.hash(account));
        }
        assert!(matches!(Typed::read(" 123 456"), Some(Typed::Code(code)) if code == "123456"));
        assert!(Typed::read("12345").is_none() && Typed::read("").is_none());
    }
}
