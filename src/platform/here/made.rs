//! How it is found where a visitor is: inside an agency, at its door, or outside any.

use super::{
    super::{
        app::App,
        drafts, flash, nav,
        policy::Hat,
        session::{Agency, Member, Person},
        settings::OPERATOR_CONTACT,
        submission::Submission,
    },
    AgencyFace, Here, Inner,
};
use chrono::DateTime;
use http::request::Parts;
use std::sync::{Arc, OnceLock};

impl Here {
    /// Inside an agency.
    pub(in crate::platform) fn inside(parts: &Parts, app: &App, agency: &Agency, person: &Person, member: &Member, hat: Hat) -> Self {
        let slug = parts.uri.path().split('/').nth(1).unwrap_or_default().to_owned();
        let hat_words = match (&member.body_name, hat) {
            (Some(body), Hat::Steward) => format!("steward of {body}"),
            (Some(body), _) => body.clone(),
            (None, Hat::Partner) => "community member".to_owned(),
            (None, hat) => hat.to_string(),
        };
        let (nav, subnav) = nav::of(&slug, parts.uri.path(), hat, member.landscape);
        Self(Arc::new(Inner {
            agency: Some(face(slug, agency)),
            zone: agency.zone,
            now: app.now(),
            person: Some(if member.lived_experience { person.name.clone() } else { member.name.clone() }),
            hat_words,
            hat: Some(hat),
            membership: Some(member.id),
            unread: member.unread,
            other_hats: person.hats > 1,
            of_a_tribe: member.body_is_tribe,
            acting: member.acting.clone(),
            nav,
            subnav,
            flash: flash::carried(&parts.headers),
            demo: agency.is_demo,
            letters: app.settings.mail.is_some(),
            backup_days: app.settings.backup_days,
            address: format!("{}{}", app.settings.public_url.trim_end_matches('/'), parts.uri.path()),
            operator: app.settings.operator_contact.as_str().into(),
            begun: Submission::of(parts).version(),
            draft_page: drafts::page_of(parts),
            draft_waits: OnceLock::new(),
        }))
    }

    /// At an agency's door, with nothing of inside, its logo neither: where nobody is signed in, or somebody whose sign-in is not enough for it.
    pub(in crate::platform) fn at_the_door(parts: &Parts, app: &App, agency: &Agency, person: Option<&Person>) -> Self {
        let mut inner = Inner::at_the_door(parts, app, agency);
        inner.person = person.map(|person| person.name.clone());
        inner.other_hats = person.is_some_and(|person| person.hats > 1);
        Self(Arc::new(inner))
    }

    /// There by a link, without a sign-in. Its bearer is handed the logo below `link`, the address of what the link opens.
    pub(in crate::platform) fn by_link(parts: &Parts, app: &App, agency: &Agency, link: &str) -> Self {
        let mut inner = Inner::at_the_door(parts, app, agency);
        if let Some(face) = &mut inner.agency {
            face.logo = agency.logo.map(|file| format!("{link}/logo/{file}"));
        }
        Self(Arc::new(inner))
    }

    /// Outside any agency. Where the demonstration is, these pages say so too.
    pub(in crate::platform) fn outside(parts: &Parts, app: &App, person: Option<&Person>) -> Self {
        let mut inner = Inner::plain(flash::carried(&parts.headers), &app.settings.operator_contact);
        inner.demo = app.holds_demo();
        inner.person = person.map(|person| person.name.clone());
        inner.other_hats = person.is_some_and(|person| person.hats > 1);
        Self(Arc::new(inner))
    }

    pub(super) fn nowhere(app: &App) -> Self {
        let mut inner = Inner::plain(None, &app.settings.operator_contact);
        inner.demo = app.holds_demo();
        Self(Arc::new(inner))
    }

    /// Nowhere in particular: for error pages, before the outermost layer puts them where they belong.
    #[must_use]
    pub fn bare() -> Self {
        Self(Arc::new(Inner::plain(None, OPERATOR_CONTACT)))
    }
}

impl Inner {
    fn at_the_door(parts: &Parts, app: &App, agency: &Agency) -> Self {
        let slug = parts.uri.path().split('/').nth(1).unwrap_or_default().to_owned();
        Self {
            begun: Submission::of(parts).version(),
            agency: Some(AgencyFace { logo: None, ..face(slug, agency) }),
            zone: agency.zone,
            now: app.now(),
            backup_days: app.settings.backup_days,
            demo: agency.is_demo,
            ..Self::plain(flash::carried(&parts.headers), &app.settings.operator_contact)
        }
    }

    fn plain(flash: Option<String>, operator: &str) -> Self {
        Self {
            agency: None,
            zone: chrono_tz::Tz::UTC,
            now: DateTime::UNIX_EPOCH,
            person: None,
            hat_words: String::new(),
            hat: None,
            membership: None,
            unread: 0,
            other_hats: false,
            of_a_tribe: false,
            acting: None,
            nav: Vec::new(),
            subnav: Vec::new(),
            flash,
            demo: false,
            letters: false,
            backup_days: 0,
            address: String::new(),
            operator: operator.into(),
            begun: None,
            draft_page: String::new(),
            draft_waits: OnceLock::new(),
        }
    }
}

fn face(slug: String, agency: &Agency) -> AgencyFace {
    AgencyFace {
        name: agency.name.clone(),
        home: format!("/{slug}"),
        contact: agency.contact.clone(),
        hotline: agency.hotline.clone(),
        public_records: agency.public_records.clone(),
        accent_sheet: agency.accent.as_ref().map(|accent| format!("/{slug}/accent/{}.css", accent.trim_start_matches('#'))),
        logo: agency.logo.map(|file| format!("/{slug}/logo/{file}")),
        slug,
    }
}
