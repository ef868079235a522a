//! Entering for somebody who has no device today, or cannot come to the site: a time agreed with them, in which whoever they tell it to
//! enters questions and comments for them. It opens nothing to anybody. What was entered is marked for good, and its own person says
//! whether it is what they said. The database holds the same (0350_entered_for_somebody.sql).

use super::{
    db::{AgencyTx, Standing},
    error::Error,
    form::Problems,
    ids::{MembershipId, PartnerId, SubjectId},
    labels::Label as _,
    policy::Hat,
    words,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

crate::id!(
    /// One time in which somebody enters for somebody.
    ActingId
);

crate::labels! {
    /// How it was told to whoever entered it.
    pub enum ToldHow {
        Telephone = "telephone", "by telephone";
        InPerson = "in_person", "in person";
        Paper = "paper", "on paper";
    }
}

/// For whom the wearer of a hat enters just now, as every page of theirs shows it.
#[derive(Debug, Clone)]
pub struct Acting {
    /// The time.
    pub id: ActingId,
    /// For whom; a person with lived experience is not named on every page.
    pub name: String,
    /// That person's body.
    pub body: Option<String>,
    /// How they tell it.
    pub how: ToldHow,
    /// When it ends by itself.
    pub until: DateTime<Utc>,
}

impl Acting {
    /// When it ends, in words.
    #[must_use]
    pub fn until_words(&self, zone: chrono_tz::Tz) -> String {
        words::stamp(self.until, zone)
    }
}

/// The page of one such time.
#[must_use]
pub fn page_path(agency: &str, id: impl Into<ActingId>) -> String {
    format!("/{agency}/acting/{}", id.into())
}

/// Where a comment on a record goes that is entered for somebody.
#[must_use]
pub fn comment_path(agency: &str, id: impl Into<ActingId>, record: impl Into<SubjectId>) -> String {
    format!("{}/comments/{}", page_path(agency, id), record.into())
}

/// Such a time, for whoever enters in it: for whom, and whether it still runs.
#[derive(Debug, Clone)]
pub struct Period {
    /// Its id.
    pub id: ActingId,
    /// For whom.
    pub member: MembershipId,
    /// Their name, as far as whoever enters may know it.
    pub name: String,
    /// Their body.
    pub body: Option<PartnerId>,
    /// Its name.
    pub body_name: Option<String>,
    /// How they tell it.
    pub how: ToldHow,
    /// It has not ended, and they have not forbidden it.
    runs: bool,
}

impl Period {
    /// Something may be entered now.
    ///
    /// # Errors
    /// A problem of the form, so that nothing that was typed is lost.
    pub fn running(&self) -> Result<(), Error> {
        if self.runs { Ok(()) } else { Err(Error::refused("", OVER)) }
    }

    /// As whom the member reads, of the agency that `own` is of: under the least of their hats.
    #[must_use]
    pub fn standing(&self, own: &Standing) -> Standing {
        Standing { account: None, membership: Some(self.member), hat: Hat::Partner, body: self.body, landscape: false, link: None, ..*own }
    }
}

const OVER: &str =
    "Your time to enter for them is over, and this was not entered. Copy it, begin anew from the page of that member, and enter it then";

/// The asker's own time with this id, whether or not it still runs.
///
/// # Errors
/// Not found for anybody else's.
pub async fn period(tx: &mut AgencyTx, id: ActingId) -> Result<Period, Error> {
    let (agency, me, now) = (tx.agency(), tx.standing().membership.map(|id| id.0), tx.now());
    let row = sqlx::query!(
        r#"select t.member_id as "member: MembershipId", t.told_how as "how: ToldHow", coalesce(i.name, m.name) as "name!",
                  m.partner_id as "body: PartnerId", p.name as "body_name?",
                  t.ended_at is null and t.until > $4 and may_act_for(t.member_id) as "runs!"
           from acting t
           join membership m on m.agency_id = t.agency_id and m.id = t.member_id
           left join member_identity i on i.agency_id = t.agency_id and i.membership_id = t.member_id
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where t.agency_id = $1 and t.id = $2 and t.helper_id = $3"#,
        agency.0,
        id.0,
        me,
        now,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    Ok(Period { id, member: row.member, name: row.name, body: row.body, body_name: row.body_name, how: row.how, runs: row.runs })
}

/// The mark of what was entered for somebody, as all its readers see it.
#[derive(Debug, Clone)]
pub struct Entered {
    /// Who entered it.
    pub by: String,
    /// How it was told to them.
    pub how: ToldHow,
    /// When its own person said that it is what they said.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When they said that it is not.
    pub struck_at: Option<DateTime<Utc>>,
}

impl Entered {
    /// Of a row's own columns; none for what somebody wrote themselves.
    #[must_use]
    pub fn of(
        by: Option<String>,
        how: Option<ToldHow>,
        (confirmed_at, struck_at): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    ) -> Option<Self> {
        Some(Self { by: by?, how: how?, confirmed_at, struck_at })
    }

    /// Its own person has not said whether it is what they said.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.confirmed_at.is_none() && self.struck_at.is_none()
    }

    /// "entered for them by Elena Morris, told by telephone".
    #[must_use]
    pub fn words(&self) -> String {
        format!("entered for them by {}, told {}", self.by, self.how.label())
    }

    /// What its own person said to it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match (self.confirmed_at, self.struck_at) {
            (Some(_), _) => "confirmed by them",
            (None, Some(_)) => "struck by them: not what they said",
            (None, None) => "not confirmed by them yet",
        }
    }
}

crate::labels! {
    /// What somebody says to what was entered for them.
    pub enum Word {
        Right = "right", "Yes, this is what I said";
        Wrong = "wrong", "No, this is not what I said: strike it";
    }
}

/// Their word, as typed.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WordForm {
    /// One of the two.
    pub word: String,
}

impl WordForm {
    /// Whether it is what they said.
    ///
    /// # Errors
    /// When neither was chosen.
    pub fn parse(&self) -> Result<Word, Problems> {
        let mut p = Problems::default();
        let word = p.one_of("word", &self.word, "Choose one of the two");
        p.or(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_entered_says_by_whom_how_and_what_its_own_person_says() {
        let entered =
            |confirmed, struck| Entered::of(Some("Elena Morris".to_owned()), Some(ToldHow::Telephone), (confirmed, struck)).unwrap();
        let now = Some(DateTime::<Utc>::UNIX_EPOCH);
        assert_eq!(entered(None, None).words(), "entered for them by Elena Morris, told by telephone");
        assert!(entered(None, None).waits() && !entered(now, None).waits() && !entered(None, now).waits());
        let said = [entered(None, None).word(), entered(now, None).word(), entered(None, now).word()];
        assert_eq!(said, ["not confirmed by them yet", "confirmed by them", "struck by them: not what they said"]);
        assert!(Entered::of(None, None, (None, None)).is_none());
    }
}
