//! The pages of statements, by who comes to them.

mod answer;
mod bearer;
mod choose;
mod discard;
mod entered_withdrawal;
mod letter;
mod letter_again;
mod links;
mod list;
mod notes_key;
mod renewals;
mod session;
mod show;
mod withdrawal;

use super::{
    forms::{self, AnswerForm},
    model::Statement,
    paths,
};
use crate::{
    listening::speakers::paths::{SpeakerLink, SpeakerWithdrawal},
    platform::{prelude::*, subject::Audience},
};
use axum_extra::routing::TypedPath as _;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    let words = "word=confirm&uses=quoted&attribution=role&audience=agency&how=telephone&version=@waiting_version";
    let of_speaker = "session=@open_session&speaker=@open_speaker";
    let choices = "uses=quoted&attribution=role&audience=body&version=@chosen_version";
    Routes::new()
        .get(paths::Statements::PATH, list::index)
        .limited(&limits::SEARCHES)
        .get(paths::SessionStatements::PATH, session::index)
        .post(
            paths::SessionStatements::PATH,
            session::create,
            example("facilitator", "session=@open_session", "speaker=@open_speaker&words=Nobody+told+us+which+room&wanted=agency"),
        )
        .get_such_as(paths::NotesKey::PATH, notes_key::show, "session=@open_session")
        .get(paths::StatementPage::PATH, show::show)
        .post(
            paths::StatementPage::PATH,
            session::mend,
            example(
                "facilitator",
                "statement=@waiting_statement",
                "speaker=@open_speaker&words=Nobody+told+us+which+floor&version=@waiting_version",
            ),
        )
        .get_such_as(paths::MendPage::PATH, session::mending, "statement=@waiting_statement")
        .post(
            paths::AnswerPage::PATH,
            answer::create,
            example(
                "parent",
                "statement=@asked_statement",
                "word=confirm&uses=quoted&attribution=role&audience=agency&version=@asked_version",
            ),
        )
        .get(paths::EnteredAnswer::PATH, answer::entered)
        .post(paths::EnteredAnswer::PATH, answer::enter, example("facilitator", "statement=@waiting_statement", words))
        .get(paths::ConsentPage::PATH, choose::edit)
        .post(paths::ConsentPage::PATH, choose::update, example("partner", "statement=@chosen_statement", choices))
        .post(
            paths::NextStepPage::PATH,
            choose::next_step,
            example("staff", "statement=@next_statement", "next_step=Ask+the+court+about+evening+hours&version=@next_version"),
        )
        .get(paths::WithdrawalPage::PATH, withdrawal::ask)
        .post(paths::WithdrawalPage::PATH, withdrawal::create, example("partner", "statement=@chosen_statement", ""))
        .get(paths::DiscardPage::PATH, discard::ask)
        .post(paths::DiscardPage::PATH, discard::create, example("facilitator", "statement=@waiting_statement", "version=@waiting_version"))
        .get(paths::Renewals::PATH, renewals::index)
        .get(paths::RenewalPage::PATH, renewals::show)
        .post(paths::RenewalPage::PATH, renewals::enter, example("facilitator", "renewal=@renewal", "answer=again&how=telephone&version=1"))
        .get(SpeakerLink::PATH, links::show)
        .post(SpeakerLink::PATH, links::create, example("facilitator", of_speaker, ""))
        .get(SpeakerWithdrawal::PATH, entered_withdrawal::ask)
        .post(SpeakerWithdrawal::PATH, entered_withdrawal::create, example("facilitator", of_speaker, "how=telephone"))
        .join(letter::routes())
        .join(letter_again::routes())
        .get(paths::ReturnToken::PATH, bearer::swap)
        .get(paths::Return::PATH, bearer::show)
        .post(
            paths::Return::PATH,
            bearer::answer,
            example("@return_token", "", "word=confirm&uses=quoted&attribution=role&audience=agency&version=@return_version"),
        )
        .limited(&limits::ANSWERS)
        .get(paths::ReturnConsent::PATH, bearer::choices)
        .post(
            paths::ReturnConsent::PATH,
            bearer::choose,
            example("@later_token", "", "uses=quoted&attribution=role&audience=agency&sure=agency&version=2"),
        )
        .limited(&limits::ANSWERS)
        .get(paths::ReturnWithdrawal::PATH, bearer::ask)
        .post(paths::ReturnWithdrawal::PATH, bearer::withdraw, example("@later_token", "", ""))
        .limited(&limits::ANSWERS)
}

/// The questions put to a speaker, with what was answered so far.
struct Questions {
    form: AnswerForm,
    attributions: Vec<Choice>,
    uses: Vec<Choice>,
    audiences: Vec<Choice>,
}

impl Questions {
    fn of(statement: &Statement) -> Self {
        Self::again(statement, AnswerForm::of(statement))
    }

    /// The same, for a speaker who has decided about other words of theirs: no more readers are proposed than they chose there.
    fn after(statement: &Statement, chosen_last: Option<Audience>) -> Self {
        Self::again(statement, AnswerForm::after(statement, chosen_last))
    }

    fn again(statement: &Statement, form: AnswerForm) -> Self {
        Self {
            form,
            attributions: forms::attribution_choices(statement),
            uses: forms::use_choices(statement),
            audiences: forms::audience_choices(statement),
        }
    }
}
