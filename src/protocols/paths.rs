//! Addresses of protocols, labels and notices.

use super::model::{ProtocolId, RequestId};
use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use std::borrow::Borrow;
use uuid::Uuid;

macro_rules! at {
    ($(#[$meta:meta] $name:ident $address:literal $way:ident ($($id:ident: $kind:ty),*) ($($item:ident),*);)+) => {
        $(
            #[$meta]
            #[derive(Debug, Clone, TypedPath, Deserialize)]
            #[typed_path($address, rejection(Error))]
            pub struct $name {
                /// The agency.
                pub agency: String,
                $(#[doc = "Which."] pub $id: $kind,)*
                $(#[doc = "Which."] pub $item: Uuid,)*
            }

            #[$meta]
            #[must_use]
            pub fn $way(agency: &str, $($id: impl Into<$kind>,)* $($item: impl Borrow<Uuid>,)*) -> String {
                $name { agency: agency.to_owned(), $($id: $id.into(),)* $($item: *$item.borrow(),)* }.to_string()
            }
        )+
    };
}

at! {
    /// A body's protocols, its requests and its labels; a POST makes a protocol.
    Protocols "/{agency}/protocols" protocols () ();
    /// The form that makes a protocol.
    NewProtocol "/{agency}/protocols/new" new () ();
    /// One protocol; a POST changes what it says.
    ProtocolPage "/{agency}/protocols/{protocol}" protocol (protocol: ProtocolId) ();
    /// The form that changes what it says.
    Edit "/{agency}/protocols/{protocol}/edit" edit (protocol: ProtocolId) ();
    /// The form that lets readers in; a POST does, or asks for it.
    Readers "/{agency}/protocols/{protocol}/readers" readers (protocol: ProtocolId) ();
    /// A POST takes one reader out.
    ReaderGone "/{agency}/protocols/{protocol}/readers/{reader}/delete" reader_gone (protocol: ProtocolId) (reader);
    /// Asks, and ends a protocol.
    Ending "/{agency}/protocols/{protocol}/ending" ending (protocol: ProtocolId) ();
    /// What waits for a second steward; a POST gives the word.
    RequestPage "/{agency}/protocols/requests/{request}" request (request: RequestId) ();
    /// The protocols and labels of one record or comment; a POST changes its protocols.
    Protected "/{agency}/protected/{item}" protected () (item);
    /// A POST sets a label.
    Labels "/{agency}/labels" labels () ();
    /// The form for a label on everything.
    NewLabel "/{agency}/labels/new" new_label () ();
    /// A POST takes a label off.
    LabelGone "/{agency}/labels/{label}/delete" label_gone () (label);
    /// A POST puts a notice of the agency.
    Notices "/{agency}/label-notices" notices () ();
    /// The form for a notice of the agency on one item, or on a body’s entry.
    NewNotice "/{agency}/protected/{item}/notice" new_notice () (item);
    /// A POST takes a notice away.
    NoticeGone "/{agency}/label-notices/{notice}/delete" notice_gone () (notice);
}

/// The form for a label on one item.
#[must_use]
pub fn new_label_on(agency: &str, item: impl Borrow<Uuid>) -> String {
    format!("{}?item={}", new_label(agency), item.borrow())
}
