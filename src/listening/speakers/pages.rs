//! The consent cards of a session: for those on duty there, and each speaker's own.

mod own;

use super::{
    forms::CardForm,
    letters::{self, Text},
    model::{Card, CardHow, Reach, Speaker, SpeakerId},
    paths, store,
};
use crate::{
    consent::{self, Attribution, Uses, Wording, WordingId},
    listening::{
        back,
        sessions::{self, Brief},
        statements,
    },
    mail::Language,
    partners,
    platform::{
        ids::SubjectId,
        paging::with_filters,
        policy::{AnswerStatements, KeepRoom, ViewSessions, WriteCards},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// To speakers themselves.
const YOU_NAMED: &str = "Through a person you named";

/// The routes of speakers.
#[must_use]
pub fn routes() -> Routes {
    const CARD: &str = "label=an+aunt,+Cedar+Valley&card=without_name&card_how=aloud";
    const KEPT: &str = "label=an+aunt,+Cedar+Valley&card=without_name&card_how=aloud&version=1";
    let at = "session=@session_7&speaker=@speaker_7_2";
    let example = |who, path, form| Example { who, path, form };
    Routes::new()
        .get(paths::Speakers::PATH, index)
        .post(paths::Speakers::PATH, create, example("staff", "session=@session_7", CARD))
        .get(paths::NewSpeaker::PATH, new)
        .get(paths::PrintedCard::PATH, printed)
        .join(own::routes())
        .get(paths::SpeakerPage::PATH, show)
        .post(paths::SpeakerPage::PATH, update, example("staff", at, KEPT))
        .get(paths::EditSpeaker::PATH, edit)
        .post(
            paths::SpeakerReach::PATH,
            keep_reach,
            example("partner", "session=@session_7&speaker=@speaker_7_1", "reach_how=email&reach_at=joanna@kinship.example&version=1"),
        )
}

#[derive(Template)]
#[template(path = "listening/speakers/index.html")]
struct Index {
    here: Here,
    session: Brief,
    speakers: Vec<Speaker>,
}

async fn index(can: Can<KeepRoom>, at: paths::Speakers) -> Result<Page<Index>, Error> {
    let (session, speakers) = can
        .read(async |tx| {
            sessions::on_duty(tx, at.session).await?;
            let session = sessions::brief(tx, at.session).await?.ok_or(Error::NotFound)?;
            Ok((session, store::of_session(tx, at.session).await?))
        })
        .await?;
    Ok(Page(Index { here: can.here(), session, speakers }))
}

/// What the card's form offers, and the agency's rule for people under 18.
#[derive(Debug)]
struct Offers {
    session: Brief,
    answers: Vec<Choice>,
    partners: Vec<Choice>,
    members: Vec<Choice>,
    minors_rule: Option<String>,
    /// What is read aloud or stands on the card, the newest in each language; and the one that stood on this card.
    wordings: Vec<Wording>,
}

impl Offers {
    /// The wording in a language; where there is none in it, the first that there is.
    fn wording_in(&self, language: &str) -> Option<&Wording> {
        self.wordings.iter().find(|one| one.language == language).or_else(|| self.wordings.first())
    }
}

/// `shown`: the wording of the card that is changed.
async fn offers(tx: &mut AgencyTx, session: SubjectId, shown: Option<WordingId>) -> Result<Offers, Error> {
    sessions::on_duty(tx, session).await?;
    let mut wordings = consent::wordings(tx).await?;
    if let Some(id) = shown.filter(|id| wordings.iter().all(|one| one.id != *id)) {
        wordings.extend(consent::wording(tx, id).await?);
    }
    Ok(Offers {
        wordings,
        session: sessions::brief(tx, session).await?.ok_or(Error::NotFound)?,
        answers: store::answers(tx).await?,
        partners: partners::choices(tx).await?,
        members: store::members(tx, session).await?,
        minors_rule: store::minors_rule(tx).await?,
    })
}

#[derive(Template)]
#[template(path = "listening/speakers/card.html")]
struct Filling {
    here: Here,
    offers: Offers,
    /// The card that is changed; none for a new one.
    changed: Option<Speaker>,
    form: CardForm,
    problems: Problems,
}

impl Filling {
    fn reach_question(&self) -> &'static str {
        "How may the speaker be reached?"
    }

    fn reaches(&self) -> Vec<Choice> {
        Reach::choices()
    }

    fn named_hint(&self) -> &'static str {
        "Somebody they named and trust."
    }

    /// Whom the card may be joined to: the member it is joined to now, and until the speaker has given their word anybody it offers.
    fn members(&self) -> Vec<Choice> {
        let joined = self.changed.as_ref().and_then(|card| card.membership).map(|id| id.to_string());
        let known = |id: &str| self.offers.members.iter().find(|one| one.value == id).cloned();
        // Also one whom the person who fills it in may not know by name: an edit never loses whose card it is.
        let own = joined.as_deref().map(|id| known(id).unwrap_or_else(|| Choice::new(id.to_owned(), "The member whose card it is")));
        if self.changed.as_ref().is_some_and(|card| card.word_given) {
            return own.into_iter().collect();
        }
        let others = self.offers.members.iter().filter(|one| joined.as_deref() != Some(&*one.value));
        own.iter().chain(others).cloned().collect()
    }

    fn members_hint(&self) -> &'static str {
        if self.changed.as_ref().is_some_and(|card| card.word_given) {
            "They have given their word, and their words go to nobody else’s sign-in."
        } else {
            "Then their words come to them when they sign in."
        }
    }

    /// A member says themselves how they may be reached.
    fn is_members_own(&self) -> bool {
        self.changed.as_ref().is_some_and(|card| card.membership.is_some())
    }

    /// In which ways those on duty take in a card; that its speaker filled it in is nothing for them to say.
    fn hows(&self) -> Vec<Choice> {
        let is_own = self.changed.as_ref().is_some_and(|card| card.card_how == CardHow::Own);
        CardHow::choices().into_iter().filter(|one| is_own || one.value != CardHow::Own.as_str()).collect()
    }

    fn wordings(&self) -> Vec<Choice> {
        self.offers.wordings.iter().map(|one| Choice::new(one.id.to_string(), one.name())).collect()
    }

    fn address(&self) -> String {
        let (slug, session) = (self.here.slug(), self.offers.session.id);
        self.changed.as_ref().map_or_else(|| paths::speakers(slug, session), |card| paths::speaker(slug, session, card.id))
    }
}

async fn new(can: Can<KeepRoom>, at: paths::NewSpeaker) -> Result<Page<Filling>, Error> {
    let offers = can.read(async |tx| offers(tx, at.session, None).await).await?;
    let wording = offers.wording_in("en").map(|one| one.id.to_string()).unwrap_or_default();
    let form = CardForm { community: offers.session.community.clone(), wording, ..CardForm::default() };
    Ok(Page(Filling { here: can.here(), offers, changed: None, form, problems: Problems::default() }))
}

async fn create(can: Can<WriteCards>, at: paths::Speakers, Form(form): Form<CardForm>) -> Result<Response, Error> {
    let offers = can.read(async |tx| offers(tx, at.session, None).await).await?;
    let written = match form.parse(offers.minors_rule.as_deref()) {
        Ok(card) => {
            let add = async |tx: &mut AgencyTx| {
                let duty = sessions::on_duty(tx, at.session).await?;
                let id = store::add(tx, &can, &duty, &card).await?;
                Ok(Done::at(paths::speaker(can.slug(), at.session, id), "Card taken in"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Filling { here: can.here(), offers, changed: None, form, problems })
}

#[derive(Template)]
#[template(path = "listening/speakers/show.html")]
struct Show {
    here: Here,
    session: Brief,
    speaker: Speaker,
    form: CardForm,
    problems: Problems,
    /// What stood on the card or was read aloud.
    wording: Option<Wording>,
    /// The reader is on duty in the session.
    on_duty: bool,
    /// The reader is the speaker.
    own: bool,
}

/// An empty card, to be printed and filled in by hand.
#[derive(Template)]
#[template(path = "listening/speakers/printed_card.html")]
struct Printed {
    here: Here,
    at: String,
    offers: Offers,
    notice: String,
    text: Text,
    /// The language that was asked for: there may be a wording in it, and yet no file.
    language: String,
}

impl Printed {
    /// What stands on it.
    fn wording(&self) -> Option<&Wording> {
        self.offers.wording_in(&self.language)
    }

    /// The same card in each other language, by its name.
    fn others(&self) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> =
            self.offers.wordings.iter().map(|one| (one.language.clone(), one.language_name().to_owned())).collect();
        for book in Language::choices().into_iter().filter(|book| !self.offers.wordings.iter().any(|one| one.language == book.value)) {
            all.push((book.value.into_owned(), book.label.into_owned()));
        }
        all.retain(|(code, _)| *code != self.language);
        all.into_iter().map(|(code, name)| (name, with_filters(&self.at, &[("language", &code)]))).collect()
    }
}

/// In which language the card is printed.
#[derive(Debug, Deserialize)]
#[serde(default)]
struct Spoken {
    language: String,
}

impl Default for Spoken {
    fn default() -> Self {
        Self { language: "en".to_owned() }
    }
}

async fn printed(can: Can<KeepRoom>, at: paths::PrintedCard, Query(spoken): Query<Spoken>) -> Result<Page<Printed>, Error> {
    let of = async |tx: &mut AgencyTx| Ok((offers(tx, at.session, None).await?, sessions::notice(tx).await?, store::table(tx).await?));
    let (offers, notice, table) = can.read(of).await?;
    let text = letters::text(Language::parse(&spoken.language).unwrap_or_default(), &table)?;
    Ok(Page(Printed { here: can.here(), at: at.to_string(), offers, notice, text, language: spoken.language }))
}

impl Show {
    /// What stands beside the words, exactly as readers see it, before the speaker says otherwise.
    fn beside_the_words(&self) -> String {
        self.speaker.shown_as(self.speaker.attribution())
    }

    /// The card says that the name may be shown, and yet the name is not.
    fn name_is_missing(&self) -> bool {
        self.speaker.card == Card::WithName && self.speaker.attribution() != Attribution::Named
    }

    /// What the card allowed on the day it was taken in.
    fn allows(&self) -> String {
        store::allows(Uses::of(&self.speaker.uses))
    }

    fn reach_question(&self) -> &'static str {
        "How may you be reached?"
    }

    fn reaches(&self) -> Vec<Choice> {
        own_reaches()
    }

    fn named_hint(&self) -> &'static str {
        "Somebody you named and trust."
    }

    /// As their reader is spoken to.
    fn reach_words(&self) -> String {
        let words = self.speaker.reach_words();
        if self.own { words.replace(Reach::Through.label(), YOU_NAMED) } else { words }
    }
}

/// How a speaker themselves may say that they can be reached.
fn own_reaches() -> Vec<Choice> {
    let own = |one: Choice| if one.value == Reach::Through.as_str() { Choice::new(Reach::Through.as_str(), YOU_NAMED) } else { one };
    Reach::choices().into_iter().map(own).collect()
}

async fn of_session(tx: &mut AgencyTx, session: SubjectId, id: SpeakerId) -> Result<Speaker, Error> {
    store::find(tx, id).await?.filter(|one| one.session == session).ok_or(Error::NotFound)
}

async fn look_up(can: &Asker, session: SubjectId, id: SpeakerId) -> Result<((Brief, Speaker, Option<Wording>), bool), Error> {
    can.read(async |tx| {
        let speaker = of_session(tx, session, id).await?;
        let on_duty = sessions::is_mine(tx, session).await?;
        let wording = match speaker.wording {
            Some(id) => consent::wording(tx, id).await?,
            None => None,
        };
        Ok(((sessions::brief(tx, session).await?.ok_or(Error::NotFound)?, speaker, wording), on_duty))
    })
    .await
}

async fn show(can: Can<ViewSessions>, at: paths::SpeakerPage) -> Result<Page<Show>, Error> {
    let ((session, speaker, wording), on_duty) = look_up(&can, at.session, at.speaker).await?;
    let (form, own) = (CardForm::of(&speaker), speaker.membership == Some(can.me()));
    Ok(Page(Show { here: can.here(), session, speaker, form, problems: Problems::default(), wording, on_duty, own }))
}

async fn changing(can: &Asker, session: SubjectId, id: SpeakerId) -> Result<(Speaker, Offers), Error> {
    can.read(async |tx| {
        let speaker = of_session(tx, session, id).await?;
        let offers = offers(tx, session, speaker.wording).await?;
        Ok((speaker, offers))
    })
    .await
}

async fn edit(can: Can<KeepRoom>, at: paths::EditSpeaker) -> Result<Page<Filling>, Error> {
    let (speaker, offers) = changing(&can, at.session, at.speaker).await?;
    let form = CardForm::of(&speaker);
    Ok(Page(Filling { here: can.here(), offers, changed: Some(speaker), form, problems: Problems::default() }))
}

async fn update(can: Can<WriteCards>, at: paths::SpeakerPage, Form(form): Form<CardForm>) -> Result<Response, Error> {
    let (before, offers) = changing(&can, at.session, at.speaker).await?;
    let written = match form.parse(offers.minors_rule.as_deref()) {
        Ok(card) => {
            let keep = async |tx: &mut AgencyTx| {
                let duty = sessions::on_duty(tx, at.session).await?;
                store::keep(tx, &can, &duty, (at.speaker, &card)).await?;
                let now = store::find(tx, at.speaker).await?.ok_or(Error::NotFound)?;
                statements::follow_card(tx, &duty, &before, &now).await?;
                let stays = now.card == Card::DoNotWrite && statements::keeps_words(tx, &now).await?;
                let told = if stays { "Card saved. What they confirmed before stays until they take it back" } else { "Card saved" };
                Ok(Done::at(paths::speaker(can.slug(), at.session, at.speaker), told))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), before.version).with_theirs(&CardForm::of(&before), &form);
        Filling { here: can.here(), offers, changed: Some(before), form, problems }
    })
}

async fn keep_reach(can: Can<AnswerStatements>, at: paths::SpeakerReach, Form(form): Form<CardForm>) -> Result<Response, Error> {
    let ((session, speaker, wording), on_duty) = look_up(&can, at.session, at.speaker).await?;
    let mine = speaker.own(can.me()).ok_or(Error::NotFound)?;
    let written = match form.parse_reach() {
        Ok(reach) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep_reach(tx, &can, mine, &reach).await?;
                Ok(Done::at(paths::speaker(can.slug(), at.session, at.speaker), "How you may be reached is saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Show { here: can.here(), session, speaker, form, problems, wording, on_duty, own: true })
}
