//! Who hears that a meeting is planned, was moved, was called off, or has its agenda: whoever sits in its group, and of a forum those who
//! decide for the body that hosts it. A draft of the agency is told to nobody, and what a meeting is about stands in no notice.

use super::super::{model::Meeting, paths};
use crate::{
    notices::{self, Notice},
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, PartnerId},
        subject::Audience,
    },
};

/// What there is to hear.
#[derive(Debug, Clone, Copy)]
pub(super) enum News {
    Planned,
    PlannedAgain,
    Moved,
    CalledOff,
    Published,
}

impl News {
    fn said(self, is_forum: bool) -> String {
        let (one, many) = if is_forum {
            ("A forum that you host with the agency", "Forums that you host with the agency")
        } else {
            ("A meeting of a group in which you sit", "Meetings of a group in which you sit")
        };
        match self {
            Self::Planned => format!("{one} is planned"),
            Self::PlannedAgain => format!("{many} are planned"),
            Self::Moved => format!("{one} has another time or place"),
            Self::CalledOff => format!("{one} is called off"),
            Self::Published => format!("The agenda is published: {}", one.to_lowercase()),
        }
    }
}

/// Tells those whom it concerns, but for whoever does it.
pub(super) async fn tell(tx: &mut AgencyTx, slug: &str, of: &Meeting, news: News) -> Result<(), Error> {
    if of.audience == Audience::Agency {
        return Ok(());
    }
    let notice = Notice { kind: "meeting", said: news.said(of.group_id.is_none()), path: paths::meeting(slug, of.id) };
    let (people, mut bodies) = sitters(tx, of).await?;
    notices::tell(tx, &people, &notice).await?;
    if of.group_id.is_none() {
        bodies.extend(of.cohost_id);
    }
    for body in bodies {
        notices::tell_stewards(tx, body, &notice).await?;
    }
    Ok(())
}

/// Who sits in its group on its day, and the bodies that have a seat in which nobody of theirs sits by now.
async fn sitters(tx: &mut AgencyTx, of: &Meeting) -> Result<(Vec<MembershipId>, Vec<PartnerId>), Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select distinct m.id as "member?: MembershipId", t.partner_id as "body: PartnerId"
           from seat_term t
           left join membership m on m.agency_id = t.agency_id and m.id = t.membership_id and m.state = 'active'
           where t.agency_id = $1 and t.group_id = $2 and t.ended_on is null and (t.until_on is null or t.until_on >= $3)"#,
        agency.0,
        of.group_id.map(|id| id.0),
        of.day(),
    )
    .fetch_all(tx.conn())
    .await?;
    let people = rows.iter().filter_map(|row| row.member).collect();
    Ok((people, rows.iter().filter(|row| row.member.is_none()).filter_map(|row| row.body).collect()))
}
