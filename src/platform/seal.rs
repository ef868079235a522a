//! Secrets that the site has to know again (an agency's password at its provider, for one) are sealed at rest with a key that
//! is not in the database: whoever has only the tables, or a backup of them, reads nothing.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    Key, KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use rand::Rng as _;
use sha2::{Digest as _, Sha256};
use std::{
    fs, io,
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::Path,
};

/// The first byte of everything sealed: how it is put together.
const FORM: u8 = 1;
/// How many bytes tell which key sealed it.
const MARK: usize = 4;
const NONCE: usize = 24;

/// The site's keys, the newest first: it seals, and every one of them opens.
#[derive(Clone)]
pub struct Keys(Vec<[u8; 32]>);

impl Keys {
    /// One key from the operating system's source of chance.
    #[must_use]
    pub fn fresh() -> Self {
        let mut key = [0; 32];
        rand::rng().fill_bytes(&mut key);
        Self(vec![key])
    }

    /// From text: 32 bytes each as URL-safe base64, the newest first, commas between them.
    ///
    /// # Errors
    /// What is wrong with them; never the key itself.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        let keys: Option<Vec<[u8; 32]>> =
            text.split(',').map(|one| URL_SAFE_NO_PAD.decode(one.trim().trim_end_matches('=')).ok()?.try_into().ok()).collect();
        keys.map(Self).ok_or("each key is 32 random bytes in URL-safe base64, such as `openssl rand -base64 32 | tr +/ -_` prints")
    }

    /// The keys that lie in a folder; where there are none yet, a first one is made, for this account's eyes only.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds something else.
    pub fn kept_in(folder: &Path) -> io::Result<Self> {
        let file = folder.join("site-key");
        match fs::read_to_string(&file) {
            Ok(text) => Self::read(text.trim()).map_err(io::Error::other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let keys = Self::fresh();
                fs::create_dir_all(folder)?;
                let mut made = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file)?;
                io::Write::write_all(&mut made, keys.0.iter().map(|key| URL_SAFE_NO_PAD.encode(key)).collect::<String>().as_bytes())?;
                Ok(keys)
            }
            Err(error) => Err(error),
        }
    }

    /// The same with a new key before them, which seals from now on.
    #[must_use]
    pub fn with_fresh(&self) -> Self {
        Self(Self::fresh().0.into_iter().chain(self.0.iter().copied()).collect())
    }

    /// The newest alone.
    #[must_use]
    pub fn newest(&self) -> Self {
        Self(self.0.iter().take(1).copied().collect())
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Puts them into a file, in place of what is in it: whole or not at all. Its owner and its rights stay; a new one is for this
    /// account's eyes only.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_in(&self, file: &Path) -> io::Result<()> {
        let text: Vec<String> = self.0.iter().map(|key| URL_SAFE_NO_PAD.encode(key)).collect();
        let (part, before) = (file.with_extension("part"), fs::metadata(file).ok());
        match fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut made = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
        io::Write::write_all(&mut made, text.join(",\n").as_bytes())?;
        made.sync_all()?;
        if let Some(before) = before {
            std::os::unix::fs::chown(&part, Some(before.uid()), Some(before.gid()))?;
            fs::set_permissions(&part, before.permissions())?;
        }
        fs::rename(&part, file)
    }

    /// Seals a text for one purpose: under another one it does not open.
    #[must_use]
    pub fn seal(&self, purpose: &str, text: &[u8]) -> Option<Vec<u8>> {
        let key = self.0.first()?;
        let mut nonce = [0; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let sealed = cipher(key).encrypt(&XNonce::from(nonce), Payload { msg: text, aad: purpose.as_bytes() }).ok()?;
        Some([&[FORM], &mark(key)[..], &nonce, &sealed].concat())
    }

    /// Opens what was sealed for this purpose; nothing when it was changed, or none of the keys sealed it.
    #[must_use]
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let rest = sealed.strip_prefix(&[FORM])?;
        let (marked, rest) = rest.split_at_checked(MARK)?;
        let (nonce, text) = rest.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let keys = self.0.iter().filter(|key| mark(key) == *marked);
        keys.map(|key| cipher(key).decrypt(&XNonce::from(nonce), Payload { msg: text, aad: purpose.as_bytes() })).find_map(Result::ok)
    }

    /// Whether the newest key sealed it; what an older one sealed is to be sealed anew before that key goes.
    #[must_use]
    pub fn is_newest(&self, sealed: &[u8]) -> bool {
        self.0.first().is_some_and(|key| sealed.get(1..=MARK) == Some(&mark(key)[..]))
    }
}

/// Without the keys.
impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({})", self.0.len())
    }
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key))
}

fn mark(key: &[u8; 32]) -> [u8; MARK] {
    let hash: [u8; 32] = Sha256::digest([b"mark of a key ", &key[..]].concat()).into();
    [hash[0], hash[1], hash[2], hash[3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_key_and_the_purpose_open_it() {
        let keys = Keys::fresh();
        let sealed = keys.seal("a provider", b"secret").unwrap();
        assert_eq!(keys.open("a provider", &sealed).as_deref(), Some(&b"secret"[..]));
        assert_eq!(keys.open("another provider", &sealed), None);
        assert_eq!(Keys::fresh().open("a provider", &sealed), None);
        assert_ne!(keys.seal("a provider", b"secret"), Some(sealed.clone()));
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert_eq!(keys.open("a provider", &changed), None, "byte {place}");
        }
        assert_eq!(keys.open("a provider", &[]), None);
    }

    #[test]
    fn an_older_key_still_opens_and_no_longer_seals() {
        let (old, new) = (Keys::fresh(), Keys::fresh());
        let sealed = old.seal("x", b"text").unwrap();
        let both = Keys([new.0, old.0].concat());
        assert_eq!(both.open("x", &sealed).as_deref(), Some(&b"text"[..]));
        assert!(!both.is_newest(&sealed) && both.is_newest(&both.seal("x", b"text").unwrap()));
    }

    #[test]
    fn keys_in_a_file_change_places_and_the_file_stays_closed() {
        let folder = tempfile::tempdir().unwrap();
        let (file, first) = (folder.path().join("site-key"), Keys::kept_in(folder.path()).unwrap());
        let sealed = first.seal("x", b"text").unwrap();
        first.with_fresh().keep_in(&file).unwrap();
        let both = Keys::kept_in(folder.path()).unwrap();
        assert_eq!((both.count(), both.open("x", &sealed).as_deref()), (2, Some(&b"text"[..])));
        assert!(!both.is_newest(&sealed));
        both.newest().keep_in(&file).unwrap();
        let newest = Keys::kept_in(folder.path()).unwrap();
        assert_eq!((newest.count(), newest.open("x", &sealed)), (1, None));
        assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o600, "closed to everybody else");
    }

    #[test]
    fn a_key_is_read_as_it_was_kept_and_stands_in_no_log() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::kept_in(folder.path()).unwrap();
        let sealed = keys.seal("x", b"text").unwrap();
        assert!(Keys::kept_in(folder.path()).unwrap().open("x", &sealed).is_some());
        let text = fs::read_to_string(folder.path().join("site-key")).unwrap();
        assert!(Keys::read(&text).unwrap().open("x", &sealed).is_some() && Keys::read(&format!("{text}=")).is_ok());
        assert_eq!(format!("{keys:?}"), "Keys(1)");
        for wrong in ["", "short", "a,b", &text[1..]] {
            assert!(Keys::read(wrong).is_err(), "{wrong}");
        }
    }
}
