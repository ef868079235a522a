//! A speaker takes words back face to face, by telephone, on paper or through the person they named: entered by those on duty, who need not
//! be able to read the words any more.

use super::links::spoken_in;
use crate::{
    consent::How,
    listening::{
        sessions::{self, Brief},
        speakers::{self, Speaker, paths},
        statements::{
            forms::{WithdrawalForm, entered_hows},
            store::spoken,
        },
    },
    platform::{policy::WriteStatements, prelude::*, words},
};
use askama::Template;

#[derive(Template)]
#[template(path = "listening/statements/entered_withdrawal.html")]
pub(super) struct Asking {
    here: Here,
    session: Brief,
    speaker: Speaker,
    /// Those that the person on duty may read.
    readable: Vec<Choice>,
    hows: Vec<Choice>,
    form: WithdrawalForm,
    problems: Problems,
}

async fn asking(
    can: &Can<WriteStatements>,
    at: &paths::SpeakerWithdrawal,
    form: WithdrawalForm,
    problems: Problems,
) -> Result<Asking, Error> {
    let ((session, speaker), all) =
        can.read(async |tx| Ok((spoken_in(tx, at.session, at.speaker).await?, spoken::of_speaker(tx, at.speaker).await?))).await?;
    let choice = |id: String, said: &str| Choice::new(id, format!("Only: “{}”", words::beginning(said, 80)));
    let readable = all.iter().filter_map(|one| Some(choice(one.id.to_string(), one.words.as_deref()?))).collect();
    let hows = entered_hows(&[How::InPerson, How::Telephone, How::Paper, How::Through], speaker.named_somebody());
    Ok(Asking { here: can.here(), session, speaker, readable, hows, form, problems })
}

pub(super) async fn ask(can: Can<WriteStatements>, at: paths::SpeakerWithdrawal) -> Result<Page<Asking>, Error> {
    Ok(Page(asking(&can, &at, WithdrawalForm::default(), Problems::default()).await?))
}

pub(super) async fn create(
    can: Can<WriteStatements>,
    at: paths::SpeakerWithdrawal,
    Form(form): Form<WithdrawalForm>,
) -> Result<Response, Error> {
    let (_, speaker) = can.read(async |tx| spoken_in(tx, at.session, at.speaker).await).await?;
    let written = match form.parse(speaker.named_somebody()) {
        Ok((one, how)) => {
            let take = async |tx: &mut AgencyTx| {
                let duty = sessions::on_duty(tx, at.session).await?;
                spoken::take_back(tx, &duty, (speaker.id, one), how).await?;
                Ok(Done::at(speakers::paths::speaker(can.slug(), at.session, at.speaker), "The words are gone from here"))
            };
            can.write(take).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    match written {
        Err(Error::Refused(problems)) => Ok(Again(asking(&can, &at, form, problems).await?).into_response()),
        other => other,
    }
}
