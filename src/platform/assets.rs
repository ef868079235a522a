//! Static files, inside the program: named by their content, cached for ever, compressed once.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};
use std::{collections::HashMap, io::Write as _, sync::LazyLock};

#[derive(RustEmbed)]
#[folder = "static/"]
#[exclude = "css/src/*"]
struct Files;

struct Asset {
    mime: &'static str,
    bytes: Vec<u8>,
    gzip: Option<Vec<u8>>,
}

struct Assets {
    by_path: HashMap<String, Asset>,
    path_of: HashMap<String, String>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let mut all = Assets { by_path: HashMap::new(), path_of: HashMap::new() };
    for name in Files::iter() {
        let Some(file) = Files::get(&name) else { continue };
        let bytes = file.data.into_owned();
        let hash: String = Sha256::digest(&bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let extension = name.rsplit('.').next().unwrap_or_default();
        // A font is named by the style sheet, which knows no hash.
        let path = if extension == "woff2" {
            name.to_string()
        } else {
            name.replacen(&format!(".{extension}"), &format!("-{hash}.{extension}"), 1)
        };
        let gzip = matches!(extension, "css" | "js" | "svg").then(|| compress(&bytes)).flatten();
        all.path_of.insert(name.to_string(), format!("/static/{path}"));
        all.by_path.insert(path, Asset { mime: mime(extension), bytes, gzip });
    }
    all
});

fn compress(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).ok()?;
    writer.finish().ok()
}

fn mime(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The address of a file below `static/`.
#[must_use]
pub fn path(name: &str) -> String {
    ASSETS.path_of.get(name).cloned().unwrap_or_else(|| format!("/static/{name}"))
}

/// The file at an address below `/static/`.
pub fn serve(path: &str, headers: &HeaderMap) -> Response {
    let Some(asset) = ASSETS.by_path.get(path) else { return super::error::Error::NotFound.into_response() };
    let takes_gzip = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("gzip"));
    let mut response = match asset.gzip.as_ref().filter(|_| takes_gzip) {
        Some(gzip) => (StatusCode::OK, [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))], gzip.clone()).into_response(),
        None => asset.bytes.clone().into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.mime));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}
